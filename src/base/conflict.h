/* SPDX-License-Identifier: MIT */
/* Merge conflicts that nobody has resolved. */
#ifndef STAGEPP_BASE_CONFLICT_H
#define STAGEPP_BASE_CONFLICT_H

#include "base/str.h"

/* The first line of the first conflict in a text; ptr NULL if there is none.
 * The heredocs and @raw blocks of a template may hold anything. */
struct str conflict_find(struct str text, bool is_template);

#endif
