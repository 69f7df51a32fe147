/* SPDX-License-Identifier: MIT */
/* The builtin functions. builtin_list.h is the single definition of each:
 * name, typed parameters, one-line documentation, function. The types are
 * checked here, before the function is called, so a function sees only what
 * its signature promises. */
#ifndef STAGEPP_EVAL_BUILTIN_H
#define STAGEPP_EVAL_BUILTIN_H

#include "base/rx.h"
#include "eval/value.h"
#include "lang/signature.h"

struct eval;

/* A call under way. args has one value a parameter, in the order of the
 * signature; a left-out optional one is VALUE_NULL. */
struct builtin_call {
    struct eval *ev;
    struct arena *arena; /* for the result */
    const struct value *args;
    const struct expr_call *call;
    const struct builtin *builtin;
};

typedef bool builtin_fn(struct builtin_call *c, struct value *result);

struct builtin {
    const char *name;
    const char *params; /* "s: string, sep: string = \" \"" */
    const char *group;  /* chapter of the reference: "strings" */
    const char *doc;    /* one line; errors included */
    builtin_fn *fn;
};

/* The table, for the reference and the names pass. */
extern const struct builtin builtin_table[];
extern const uint32_t builtin_count;

/* The builtins of a session, found by interned name. */
struct builtins;
struct builtins *builtin_new(struct arena *a, struct names *names);
/* NULL when there is none. */
const struct builtin *builtin_find(const struct builtins *b, name_id name);
/* A signature_lookup over struct builtins. */
const struct signature *builtin_signature(void *builtins, name_id name);
/* Calls b with evaluated arguments, already bound to parameters (missing
 * optional ones VALUE_NULL): checks types, then runs it. False after an error
 * (reported). */
bool builtin_run(struct eval *ev, const struct builtin *b,
                 const struct expr_call *call, const struct value *args,
                 struct value *result);
/* Reports at parameter `param` of the call (-1: the whole call); false, so
 * that a builtin can end with `return builtin_fail(…)`. */
bool builtin_fail(const struct builtin_call *c, int param, enum diag_id id,
                  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The reference of all builtins as Markdown. */
void builtin_reference(struct buf *out);

#endif
