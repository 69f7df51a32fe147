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

/* The index of the *rest or **rest parameter; sig->n: there is none. */
static inline uint32_t signature_rest(const struct signature *sig,
                                      enum rest kind)
{
    for (uint32_t i = sig->n > 1 ? sig->n - 2 : 0; i < sig->n; i++)
        if (sig->params[i].rest == kind)
            return i;
    return sig->n;
}

/* True if a is a *list or **map, which holds arguments. */
static inline bool signature_is_several(const struct arg *a)
{
    return a->name == NAME_SPLICE || a->name == NAME_MAP;
}

/* What was given by a, with its stars. */
static inline struct loc signature_given(const struct arg *a)
{
    struct loc loc = a->expr->loc;
    if (!signature_is_several(a))
        return loc;
    return (struct loc){a->off, loc.off + loc.len - a->off};
}

/* Of an argument that is the *rest or **rest of the macro around the call,
 * without its stars: "; " and how it is passed on. Else "". */
struct str signature_starless(struct arena *a, const struct names *names,
                              const struct arg *arg);

/* The parameter that gets argument i of call, as far as that is known before
 * the run; NULL: it is not, or there is none. */
const struct param *signature_param(const struct signature *sig,
                                    const struct expr_call *call, bool blocks,
                                    uint32_t i);
/* The argument of that name; or the **map that may have it; or NULL. */
const struct arg *signature_named(const struct expr_call *call, name_id name);
/* The argument of call that param of sig gets (item `item` of a *rest), or the
 * list after '*' that has it; NULL: there is none, or it is not known
 * which. */
const struct arg *signature_argument(const struct signature *sig,
                                     const struct expr_call *call, bool blocks,
                                     const struct param *param, uint32_t item);
/* True for a parameter that an @block or the text of @call may give. In @call,
 * positions pass over them (above: `blocks`). */
bool signature_is_block(const struct param *p);
/* Whether p may be offered to who wrote `name`: not what a library keeps to
 * itself. */
bool signature_offers(const struct param *p, const struct names *names,
                      struct str name);
/* Checks a call's arguments: unknown, doubled, surplus and missing ones are
 * reported with the signature (diags NULL: not reported); false if there is
 * one. `blocks`: the @call that the call is of, or NULL. `spliced`: how
 * many items the lists after '*' have together; SPLICE_ANY fits. `library`:
 * whose macro it is, if the call names one; or NULL. */
bool signature_check(const struct signature *sig, const struct names *names,
                     struct diags *diags, struct source *source,
                     const struct trace *chain, const struct expr_call *call,
                     const struct node_insert *blocks, int64_t spliced,
                     const struct file *library);

#endif
