/* SPDX-License-Identifier: MIT */
/* Lexical scopes: a short array of bindings and the scope above. More than
 * sixteen bindings get an index, so a file with thousands of names stays fast.
 */
#ifndef STAGEPP_EVAL_SCOPE_H
#define STAGEPP_EVAL_SCOPE_H

#include "eval/value.h"
#include "lang/rules.h"

/* A macro, bound in the file scope of its definition. */
struct macro {
    const struct node_define *define;
    struct source *source;
    struct scope *scope; /* what its body sees above its own names */
};

/* A library that was imported: its file scope. */
struct module {
    const struct file *file;
    struct scope *scope;
    bool failed; /* its @let lines did not all succeed */
};

struct binding {
    name_id name;
    uint8_t kind; /* enum bound */
    bool changed; /* by @set, to another value */
    bool saved;   /* the open island will put its value back */
    bool twice;   /* bound again, as something else: reported */
    struct loc loc;
    union {
        struct {
            uint32_t watch; /* whoever gave it wants to know: see watch.h */
            uint32_t lost;  /* a value set in an island was undone: see
                               eval_island */
        };
        uint64_t heed; /* both; 0: reading it takes nothing but its value */
    };
    union {
        struct value value;
        struct macro *macro;
        struct module *module;
    } u;
};

/* Where an iteration of @for stands. */
struct loop {
    uint32_t index; /* from 1 */
    uint32_t length;
};

struct scope {
    struct scope *up;
    struct source *source; /* of the bindings' positions */
    struct binding *at;
    uint32_t n, cap;
    uint32_t *slots; /* NULL while there are few bindings */
    uint32_t nslots;
    uint64_t heed;    /* of what is bound in it: see struct binding */
    uint64_t region;  /* id of the region it was made in */
    struct loop loop; /* of an iteration; length 0: it is not one */
};

/* A piece of working memory that is given back at its end, unless something
 * made in it is bound in an older scope or waits in a @defer. Of an @file block
 * nothing is left, so its memory is always given back. */
struct region {
    struct region *up;
    uint64_t id; /* grows with each region: newer ones are larger */
    struct arena_mark mark;
    bool escaped;
};

/* An empty scope with room for n bindings; more take more memory. */
struct scope *scope_new(struct arena *a, struct scope *up,
                        struct source *source, const struct region *region,
                        uint32_t n);
/* scope_own where there are many bindings. */
struct binding *scope_own_indexed(const struct scope *s, name_id name);

/* The binding of name in this scope alone; NULL when absent. */
static inline struct binding *scope_own(const struct scope *s, name_id name)
{
    if (s->slots)
        return scope_own_indexed(s, name);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->at[i].name == name)
            return &s->at[i];
    return NULL;
}

#define SCOPE_ANY (BOUND_VALUE | BOUND_MACRO | BOUND_IMPORT)

/* Calls look only for macros, variables only for the rest, so that a variable
 * may have the name of a function: @let keys = keys(m). */
/* The nearest binding of name as one of `kinds` (enum bound, or-ed); NULL when
 * absent. */
static inline struct binding *scope_find(const struct scope *s, name_id name,
                                         unsigned kinds)
{
    for (; s; s = s->up) {
        struct binding *b = scope_own(s, name);
        if (b && b->kind & kinds)
            return b;
    }
    return NULL;
}

/* Adds a binding; the caller has made sure that name is not bound here. */
struct binding *scope_bind(struct arena *a, struct scope *s, name_id name,
                           enum bound kind, struct loc loc);
void scope_bind_value(struct arena *a, struct scope *s, name_id name,
                      struct value value, struct loc loc);

#endif
