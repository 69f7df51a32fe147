/* SPDX-License-Identifier: MIT */
/* What lang/rules needs to judge a name in the run: what the scopes bind, and
 * where else the program binds it. All of these report and return false; what
 * failed to be bound was reported already, and is passed over in silence. */
#ifndef STAGEPP_EVAL_SIGHT_H
#define STAGEPP_EVAL_SIGHT_H

#include "eval/eval.h"

/* name, at loc, is no variable. */
bool sight_refuse_value(struct eval *ev, name_id name, struct loc loc);
/* What call calls is no macro or builtin, and no library's macro. */
bool sight_refuse_call(struct eval *ev, const struct expr_call *call);
/* library.name, at loc, is not bound as what is wanted; b: its binding, or
 * NULL. */
bool sight_refuse_member(struct eval *ev, name_id library, name_id name,
                         struct loc loc, unsigned wanted,
                         const struct binding *b);
/* `loop` is no value; its key does not exist. */
bool sight_refuse_loop(struct eval *ev, struct loc loc, bool in_loop);
bool sight_refuse_loop_key(struct eval *ev, struct loc loc);
/* Adds to the report that name is unknown where else it is bound. */
void sight_note(struct eval *ev, struct diag *d, name_id name, bool macro);

#endif
