/* SPDX-License-Identifier: MIT */
/* Conditions that do not ask what they seem to ask. */
#ifndef STAGEPP_LANG_JUDGE_LOGIC_H
#define STAGEPP_LANG_JUDGE_LOGIC_H

#include "lang/ast.h"
#include "source/diag.h"

/* Each is false after an error. */

/* "or", "and" and "a if c else b", whose parts are not looked at. */
bool judge_logic_expr(struct diags *diags, struct source *source,
                      const struct expr *e);
/* The conditions that n itself has. */
bool judge_logic_node(struct diags *diags, struct source *source,
                      const struct node *n);

#endif
