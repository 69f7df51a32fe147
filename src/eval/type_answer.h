/* SPDX-License-Identifier: MIT */
/* What the conditions of types said of small values. Arguments are mostly the
 * same few (a default, a literal in a loop), and to ask `it >= 1` takes as long
 * as the rest of a call. Only conditions that ask nothing but `it` are kept. */
#ifndef STAGEPP_EVAL_TYPE_ANSWER_H
#define STAGEPP_EVAL_TYPE_ANSWER_H

#include "eval/eval.h"
#include "lang/type.h"

/* True, and *yes set, if t's condition was asked of v, and the answer kept. */
bool type_answer_known(const struct eval *ev, const struct type_where *t,
                       struct value v, bool *yes);
void type_answer_keep(struct eval *ev, const struct scope *file,
                      const struct type_where *t, struct value v, bool yes);

#endif
