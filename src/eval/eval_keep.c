/* SPDX-License-Identifier: MIT */
/* A value that is bound in an older scope outlives the piece of working memory
 * that it was made in, so what of it lies there is copied to where it may stay.
 * Nothing is copied twice: lists and maps remember their copies, and a list how
 * many of its items need no look any more, so that one that grows by an item an
 * iteration costs one item an iteration. What was copied has nothing in working
 * memory, however deep. */
#include "eval/eval.h"

#include <string.h>

struct keeper {
    struct eval *ev;
    struct arena_mark mark; /* what was made since is too young */
    int depth;
};

static bool too_young(const struct keeper *k, const void *p)
{
    return arena_newer(k->ev->cx.scratch, k->mark, p);
}

/* In a copy all working memory is too young. */
static const struct arena_mark everything = {NULL, NULL};

static struct value keep(struct keeper k, struct value v);

static struct value keep_str(const struct keeper *k, struct value v)
{
    struct arena *to = k->ev->cx.run;
    if (v.len == 0 || !too_young(k, v.u.s))
        return v;
    if (!v.grown) {
        v.u.s = arena_str(to, value_text(v)).ptr;
        return v;
    }
    /* The newest may grow on in the room behind it. */
    const struct value_bytes *b = value_bytes_of(v);
    uint32_t cap = b->used == v.len ? b->cap : v.len;
    struct value_bytes *copy = arena_alloc(to, sizeof *b + cap);
    copy->cap = cap;
    copy->used = v.len;
    v.u.s = memcpy(copy->at, v.u.s, v.len);
    return v;
}

static struct value_list *copy_list(const struct keeper *k, struct value v)
{
    struct value_list *l = v.u.list, *copy;
    if (l->copy && l->copied == v.len)
        return l->copy;
    uint32_t cap = l->used == v.len ? l->cap : v.len;
    copy = value_list_new(k->ev->cx.run, cap).u.list;
    copy->first = l->first;
    if (cap)
        memcpy(copy->at, l->at, v.len * sizeof *l->at);
    copy->used = cap ? v.len : 0;
    l->copy = copy;
    l->copied = v.len;
    return copy;
}

static struct value keep_list(struct keeper k, struct value v)
{
    if (too_young(&k, v.u.list))
        v.u.list = copy_list(&k, v);
    k.mark = everything;
    for (struct value_list *l = v.u.list; l->at && l->kept < v.len; l->kept++)
        l->at[l->kept] = keep(k, l->at[l->kept]);
    return v;
}

/* A map that stays where it is has nothing younger in it: see join_maps. */
static struct value keep_map(struct keeper k, struct value v)
{
    struct value_map *m = v.u.map;
    if (!too_young(&k, m))
        return v;
    if (!m->copy || m->copied != v.len) {
        struct value copy = value_map_new(k.ev->cx.run);
        k.mark = everything;
        for (uint32_t i = 0; i < v.len; i++) {
            struct value key = keep_str(&k, value_str(value_map_key(v, i)));
            value_map_set(&copy, value_text(key), keep(k, value_map_at(v, i)));
        }
        m->copy = copy.u.map;
        m->copied = v.len;
    }
    v.u.map = m->copy;
    return v;
}

static struct value keep(struct keeper k, struct value v)
{
    value_descend(k.ev->cx.fault, k.depth++);
    switch (v.type) {
    case VALUE_STR:
    case VALUE_VERSION:
        return keep_str(&k, v);
    case VALUE_LIST:
        return keep_list(k, v);
    case VALUE_MAP:
        return keep_map(k, v);
    default:
        return v;
    }
}

struct value eval_keep(struct eval *ev, const struct scope *scope,
                       struct value v)
{
    const struct region *r = ev->region;
    if (v.type < VALUE_STR || !r || r->id <= scope->region)
        return v;
    while (r->up && r->up->id > scope->region)
        r = r->up;
    return keep((struct keeper){ev, r->mark, 0}, v);
}

struct value eval_copy(struct eval *ev, struct value v)
{
    return keep((struct keeper){ev, everything, 0}, v);
}
