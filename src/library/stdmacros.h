/* SPDX-License-Identifier: MIT */
/* The standard library as it was compiled in: files by the path that an
 * @import gives, "std/python.spp". */
#ifndef STAGEPP_LIBRARY_STDMACROS_H
#define STAGEPP_LIBRARY_STDMACROS_H

#include "base/str.h"

#include <stdint.h>

uint32_t stdmacros_count(void);
/* Name and text of file i, below stdmacros_count(). */
struct str stdmacros_name(uint32_t i);
struct str stdmacros_text(uint32_t i);

#endif
