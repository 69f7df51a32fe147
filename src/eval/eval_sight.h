/* SPDX-License-Identifier: MIT */
/* Names that are not bound where they are used: what lang/rules says of them,
 * with the scopes in sight. What failed to be bound was reported already, and
 * is passed over in silence. */
#ifndef STAGEPP_EVAL_EVAL_SIGHT_H
#define STAGEPP_EVAL_EVAL_SIGHT_H

#include "eval/eval.h"

/* What can be seen from where the walk is. */
struct sight eval_sight(struct eval *ev);
/* The condition of the first of these arms has failed, so it is not known what
 * the @if binds: a use of such a name is no mistake of its own. */
void eval_doubt(struct eval *ev, const struct arm *arms);
/* True if what name is bound to, seen from scope, was reported already, or is
 * in doubt. */
bool eval_has_failed(const struct eval *ev, const struct scope *scope,
                     name_id name);
/* Reports that name, at loc, is not a variable; false. */
bool eval_refuse_value(struct eval *ev, name_id name, struct loc loc);
/* Reports that what call calls is not a macro, a builtin or in a library. */
bool eval_refuse_call(struct eval *ev, const struct expr_call *call);
/* What is bound at loc is bound in scope already, as first. advice: the end of
 * the message. */
bool eval_refuse_twice(struct eval *ev, const struct scope *scope,
                       struct binding *first, struct loc loc,
                       const char *advice);
/* Adds to the report that name is unknown where else it is bound. */
void eval_note_binding(struct eval *ev, struct diag *d, name_id name,
                       bool macro);

#endif
