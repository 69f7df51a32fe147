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

struct sig_param {
    name_id name;
    bool optional;
    bool rest;
};

struct signature {
    const struct sig_param *params;
    uint32_t n;
    uint32_t needed; /* so many arguments by position are always enough */
    /* What signature_text is made of: a definition, or a builtin's texts. */
    struct source *source;
    const struct node_define *define;
    struct str name, types;
};

/* "name(a, b=\"x\", *rest)", for messages. */
struct str signature_text(struct arena *a, const struct signature *sig);

/* What is known of a function before it is called. NULL: no builtin has that
 * name. */
typedef const struct signature *(*signature_lookup)(void *ctx, name_id name);

/* The signature of a macro, made once for its definition. */
struct signature *signature_of_define(struct arena *a, const struct names *n,
                                      struct source *source,
                                      const struct node_define *d);

/* Checks a call's arguments: unknown, doubled, surplus and missing ones are
 * reported with the signature (diags NULL: not reported); false if there is
 * one. `body`: a block is passed as the argument "body" besides. A call with a
 * splice is only checked for its named arguments. */
bool signature_check(const struct signature *sig, const struct names *names,
                     struct diags *diags, struct source *source,
                     const struct trace *chain, const struct expr_call *call,
                     bool body);

#endif
