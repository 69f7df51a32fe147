/* SPDX-License-Identifier: MIT */
/* In: a comparison that failed. Out: a warning if only white space at an end or
 * the type of a value kept it from holding, which nobody sees in a message or
 * an output. The standard library is left out: it says itself what it wants. */
#ifndef STAGEPP_EVAL_NEARLY_H
#define STAGEPP_EVAL_NEARLY_H

#include "eval/context.h"

/* x == y, both strings, at the operator. `called`: one is the result of a call,
 * so that its line end is always there. */
void nearly_same(struct context *cx, struct loc loc, struct value x,
                 struct value y, bool called);
/* v, a line with its end, does not fit what would fit the line without it. */
void nearly_fits(struct context *cx, struct loc loc, struct value v);
/* x, perhaps the result of a call, is not in the list, map or string `in`. */
void nearly_held(struct context *cx, struct loc loc, struct value x,
                 struct value in, bool called);

#endif
