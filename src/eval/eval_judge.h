/* SPDX-License-Identifier: MIT */
/* What lang/judge asks about values, before there is a run. */
#ifndef STAGEPP_EVAL_EVAL_JUDGE_H
#define STAGEPP_EVAL_EVAL_JUDGE_H

#include "eval/eval.h"
#include "lang/judge.h"

/* A value of which is known what the literals in e say. What is not known is
 * VALUE_BAD, or a string with type_unknown_text. */
struct value eval_judge_literal(struct eval *ev, const struct expr *e);
/* A list that is literal, or a @let of the file whose value is, or what a
 * builtin makes of such; else VALUE_BAD. */
struct value eval_judge_list(struct eval *ev, struct scope *file,
                             const struct expr *e);
/* True if the condition e asks only `it`, its own variables, literals and
 * builtins that read nothing. */
bool eval_judge_pure(struct eval *ev, const struct scope *file,
                     const struct expr *e);
/* For struct judge: ctx is a struct eval that is ready to run, with `judging`
 * set. */
bool eval_judge_fits(void *ctx, const struct judge_binding *b, bool report);

#endif
