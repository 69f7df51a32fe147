/* SPDX-License-Identifier: MIT */
/* Which macros of a library have a parameter, for a call that gave it to
 * another one. */
#ifndef STAGEPP_LANG_TAKERS_H
#define STAGEPP_LANG_TAKERS_H

#include "lang/ast.h"

/* "; lib.macro has a parameter 'name'" of the public macros of library that
 * have it or, if none has, the name that is nearest; "" if there is none. Only
 * blocks count if `block`. alias: how the library is called there. */
struct str takers_text(struct arena *a, const struct names *names,
                       const struct file *library, struct str alias,
                       struct str name, bool block);

#endif
