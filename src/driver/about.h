/* SPDX-License-Identifier: MIT */
/* The macros that text came from, and what their documentation says. */
#ifndef STAGEPP_DRIVER_ABOUT_H
#define STAGEPP_DRIVER_ABOUT_H

#include "driver/session.h"

/* The macro, called by that name, whose text holds the place; NULL when absent.
 */
const struct node_define *about_macro(const stagepp_session *s, struct span at,
                                      struct str called);
/* The first sentence of the documentation of the macro that holds the text at
 * `at`, else of its caller, and so on; ptr NULL if no macro of the chain has
 * documentation. */
struct str about_text(stagepp_session *s, struct span at,
                      const struct trace *chain);

#endif
