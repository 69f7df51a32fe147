/* SPDX-License-Identifier: MIT */
/* Which argument of a call goes to which parameter: one answer for macros and
 * builtins, before expansion (the names pass) and during it (eval/call). */
#ifndef STAGEPP_LANG_SIGNATURE_H
#define STAGEPP_LANG_SIGNATURE_H

#include "lang/ast.h"
#include "source/diag.h"

/* Parameters of one macro: bounds what a check of a call needs to remember. */
enum {
    MOST_PARAMS = 256
};

/* How many items a call's spliced lists have, as long as nobody knows. */
enum {
    SPLICE_ANY = -1
};

/* "name(a, b=\"x\", *rest)", for messages. */
struct str signature_text(struct arena *a, const struct signature *sig);

/* What is known of a function before it is called. NULL: no builtin has that
 * name. */
typedef const struct signature *(*signature_lookup)(void *ctx, name_id name);

/* Checks a call's arguments: unknown, doubled, surplus and missing ones are
 * reported with the signature (diags NULL: not reported); false if there is
 * one. `body`: a block is passed as the argument "body" besides. `spliced`: how
 * many items the lists after '*' have together; SPLICE_ANY fits. */
bool signature_check(const struct signature *sig, const struct names *names,
                     struct diags *diags, struct source *source,
                     const struct trace *chain, const struct expr_call *call,
                     bool body, int64_t spliced);

#endif
