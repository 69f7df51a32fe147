/* SPDX-License-Identifier: MIT */
/* Bindings of one scope are searched in a row while they are few; beyond that
 * through open addressing over the interned names, which are small numbers of
 * our own choosing and need no seed. */
#include "eval/scope.h"

#include <string.h>

enum {
    FEW = 16
};

struct scope *scope_new(struct arena *a, struct scope *up,
                        struct source *source, const struct region *region)
{
    return scope_new_for(a, up, source, region, 0);
}

static uint32_t slot_of(const struct scope *s, name_id name)
{
    return (name * 2654435761u) & (s->nslots - 1);
}

static void index_add(struct scope *s, uint32_t i)
{
    uint32_t slot = slot_of(s, s->at[i].name);
    while (s->slots[slot])
        slot = (slot + 1) & (s->nslots - 1);
    s->slots[slot] = i + 1;
}

static void index_build(struct arena *a, struct scope *s)
{
    s->nslots = FEW * 4;
    while (s->nslots < s->cap * 4)
        s->nslots *= 2;
    s->slots = arena_zalloc(a, s->nslots * sizeof *s->slots);
    for (uint32_t i = 0; i < s->n; i++)
        index_add(s, i);
}

struct scope *scope_new_for(struct arena *a, struct scope *up,
                            struct source *source, const struct region *region,
                            uint32_t n)
{
    struct scope *s = arena_alloc(a, sizeof *s + n * sizeof *s->at);
    *s = (struct scope){
        .up = up,
        .source = source,
        .at = (struct binding *)(s + 1),
        .cap = n,
        .region = region ? region->id : 0,
    };
    if (n > FEW)
        index_build(a, s);
    return s;
}

struct binding *scope_own_indexed(const struct scope *s, name_id name)
{
    uint32_t slot = slot_of(s, name);
    for (; s->slots[slot]; slot = (slot + 1) & (s->nslots - 1))
        if (s->at[s->slots[slot] - 1].name == name)
            return &s->at[s->slots[slot] - 1];
    return NULL;
}

struct binding *scope_find(struct scope *s, name_id name, struct scope **where)
{
    for (; s; s = s->up) {
        struct binding *b = scope_own(s, name);
        if (b) {
            if (where)
                *where = s;
            return b;
        }
    }
    return NULL;
}

/* The nearest binding of name of that kind. */
static inline struct binding *nearest(const struct scope *s, name_id name,
                                      enum binding_kind kind)
{
    for (; s; s = s->up) {
        struct binding *b = scope_own(s, name);
        if (b && b->kind == kind)
            return b;
    }
    return NULL;
}

struct macro *scope_macro(const struct scope *s, name_id name)
{
    struct binding *b = nearest(s, name, BINDING_MACRO);
    return b ? b->u.macro : NULL;
}

struct module *scope_module(const struct scope *s, name_id name)
{
    struct binding *b = nearest(s, name, BINDING_MODULE);
    return b ? b->u.module : NULL;
}

void scope_grow(struct arena *a, struct scope *s)
{
    uint32_t cap = s->cap < 4 ? 4 : s->cap * 2;
    struct binding *at = arena_array(a, cap, sizeof *at);
    if (s->n)
        memcpy(at, s->at, s->n * sizeof *at);
    s->at = at;
    s->cap = cap;
    if (s->n >= FEW)
        index_build(a, s);
}

void scope_index_last(struct scope *s)
{
    index_add(s, s->n - 1);
}
