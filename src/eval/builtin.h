/* SPDX-License-Identifier: MIT */
/* The builtin functions. builtin_list.h is the single definition of each:
 * name, typed parameters, one-line documentation, function. The types are
 * checked before the function is called, so a function sees only what its
 * signature promises. */
#ifndef STAGEPP_EVAL_BUILTIN_H
#define STAGEPP_EVAL_BUILTIN_H

#include "eval/context.h"
#include "lang/signature.h"

struct builtin;

/* A call under way. args has one value a parameter, in the order of the
 * signature; a left-out optional one is VALUE_NULL. */
struct builtin_call {
    struct context *cx;
    struct arena *arena; /* for the result */
    const struct value *args;
    const struct expr_call *call;
    const struct builtin *builtin;
    size_t mark; /* length of cx->work, where text is put together */
    /* What a mistake is about, and the list or map that holds it: it is said
     * where in a data file they were read. */
    struct value about, within;
};

/* The result; VALUE_BAD after an error (reported). */
typedef struct value builtin_fn(struct builtin_call *c);

#define X(name, group, params, doc) builtin_fn builtin_##name;
#include "eval/builtin_list.h"
#undef X

/* The builtins of a session, found by interned name. */
struct builtins;
struct builtins *builtin_new(struct arena *a, struct names *names,
                             struct diags *diags);
/* NULL when there is none. */
const struct builtin *builtin_find(const struct builtins *b, name_id name);
/* The text of all signatures, in which their types are written. */
struct source *builtin_source(const struct builtins *b);
/* True if f reads nothing but its arguments, and reports nothing. */
bool builtin_is_pure(const struct builtin *f);
/* A signature_lookup over struct builtins. */
const struct signature *builtin_signature(void *builtins, name_id name);
/* Calls b with evaluated arguments of the right types, already bound to
 * parameters (missing optional ones VALUE_NULL). False after an error
 * (reported). */
bool builtin_run(struct context *cx, const struct builtin *b,
                 const struct expr_call *call, const struct value *args,
                 struct value *result);
/* Warns of arguments in another order than fn, which has found nothing, takes
 * them, and of patterns where it takes plain text. */
void builtin_misread(struct builtin_call *c, builtin_fn *fn, struct str name,
                     struct value result);
/* Reports at the call; VALUE_BAD, so that a builtin can end with it. */
struct value builtin_fail(const struct builtin_call *c, enum diag_id id,
                          const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Jumps if a result of so many bytes would be too long: asked before any of it
 * is put together. */
void builtin_foresee(const struct builtin_call *c, uint64_t len);
/* len bytes to be filled for a string result; jumps over LIMIT_VALUE. Each KiB
 * counts as a step. */
char *builtin_bytes(struct builtin_call *c, uint64_t len);
/* The result that was put together in cx->work. */
struct value builtin_taken(struct builtin_call *c);
/* The reference of all builtins as Markdown. */
void builtin_reference(struct buf *out);

#endif
