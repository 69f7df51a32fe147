/* SPDX-License-Identifier: MIT */
/* Bindings of one scope are searched in a row while they are few; beyond that
 * through open addressing over the interned names, which are small numbers that
 * we choose, so that they need no seed. */
#include "eval/scope.h"

enum {
    FEW = 16
};

struct scope *scope_new(struct arena *a, struct scope *up,
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
    return s;
}

/* The slot that name has, or would get. */
static uint32_t *slot_of(const struct scope *s, name_id name)
{
    uint32_t i = (name * 2654435761u) & (s->nslots - 1);
    while (s->slots[i] && s->at[s->slots[i] - 1].name != name)
        i = (i + 1) & (s->nslots - 1);
    return &s->slots[i];
}

struct binding *scope_own_indexed(const struct scope *s, name_id name)
{
    uint32_t i = *slot_of(s, name);
    return i ? &s->at[i - 1] : NULL;
}

/* Makes the last binding known to the index. */
static void index_last(struct arena *a, struct scope *s)
{
    uint32_t first = s->n - 1;
    if (s->nslots < s->n * 2) {
        s->nslots = s->nslots ? s->nslots * 2 : FEW * 4;
        s->slots = arena_zalloc(a, s->nslots * sizeof *s->slots);
        first = 0;
    }
    for (uint32_t i = first; i < s->n; i++)
        *slot_of(s, s->at[i].name) = i + 1;
}

static void grow(struct arena *a, struct scope *s)
{
    uint32_t cap = s->cap < 4 ? 4 : s->cap * 2;
    struct binding *at = arena_array(a, cap, sizeof *at);
    if (s->n)
        memcpy(at, s->at, s->n * sizeof *at);
    s->at = at;
    s->cap = cap;
}

struct binding *scope_bind(struct arena *a, struct scope *s, name_id name,
                           enum bound kind, struct loc loc)
{
    if (s->n == s->cap)
        grow(a, s);
    struct binding *b = &s->at[s->n++];
    b->name = name;
    b->kind = (uint8_t)kind;
    b->changed = false;
    b->saved = false;
    b->twice = false;
    b->heed = s->heed;
    b->loc = loc;
    if (s->n > FEW)
        index_last(a, s);
    return b;
}

void scope_bind_value(struct arena *a, struct scope *s, name_id name,
                      struct value value, struct loc loc)
{
    scope_bind(a, s, name, BOUND_VALUE, loc)->u.value = value;
}
