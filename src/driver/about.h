/* SPDX-License-Identifier: MIT */
/* What the documentation of macros says about text that they gave. */
#ifndef STAGEPP_DRIVER_ABOUT_H
#define STAGEPP_DRIVER_ABOUT_H

#include "driver/session.h"

/* The first sentence of the documentation of the macro that holds the text at
 * `at`, else of its caller, and so on; ptr NULL if no macro of the chain has
 * documentation. */
struct str about_text(stagepp_session *s, struct span at,
                      const struct trace *chain);

#endif
