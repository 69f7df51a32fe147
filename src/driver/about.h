/* SPDX-License-Identifier: MIT */
/* What the documentation of macros says about text that they gave. */
#ifndef STAGEPP_DRIVER_ABOUT_H
#define STAGEPP_DRIVER_ABOUT_H

#include "driver/session.h"

/* The first sentence of the documentation of the macro that text at `at` stands
 * in, or else of the one that called it, and so on; ptr NULL if none has any.
 */
struct str about_text(stagepp_session *s, struct span at,
                      const struct trace *chain);

#endif
