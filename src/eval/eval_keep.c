/* SPDX-License-Identifier: MIT */
/* Values that live longer than the region they were made in: what @set binds in
 * an outer scope, and what `+` appends in place to an older value. They are
 * copied from working memory to that of the run or, in an @file block, to
 * memory that is given back with it. One rule keeps this cheap: nothing that
 * outlives a region holds anything that does not. So what may stay where it is
 * needs no look inside, and a list that grows by one item in each iteration
 * costs one item in each iteration. */
#include "eval/eval.h"

/* A copy under way. */
struct copier {
    struct eval *ev;
    struct arena_mark mark; /* what was made since will go */
};

/* Where the oldest of the open regions that are newer than region `id` begins;
 * false if there is none. */
static bool mark_after(const struct eval *ev, uint64_t id,
                       struct arena_mark *mark)
{
    const struct region *r = ev->region;
    uint64_t last = eval_lasting_id(ev);
    id = id > last ? id : last;
    if (!r || r->id <= id)
        return false;
    while (r->up && r->up->id > id)
        r = r->up;
    *mark = r->mark;
    return true;
}

/* Where v begins; NULL for one that has no memory. */
static const void *place_of(struct value v)
{
    switch (v.type) {
    case VALUE_STR:
    case VALUE_VERSION:
        return v.u.s;
    case VALUE_LIST:
        return v.u.list;
    case VALUE_MAP:
        return v.u.map;
    default:
        return NULL;
    }
}

/* True if v lies in working memory that was given out since the mark. */
static bool is_newer(const struct eval *ev, struct arena_mark mark,
                     struct value v)
{
    const void *place = place_of(v);
    return place && arena_newer(ev->cx.scratch, mark, place);
}

static struct value copy(struct copier c, struct value v, int depth);

static struct value copy_list(struct copier c, struct value v, int depth)
{
    struct value to = value_list_copy(eval_lasting(c.ev), v);
    for (uint32_t i = 0; i < v.len; i++)
        to.u.list->at[i] = copy(c, value_item(v, i), depth);
    return to;
}

static struct value copy_map(struct copier c, struct value v, int depth)
{
    struct value to = value_map_new(eval_lasting(c.ev));
    for (uint32_t i = 0; i < v.len; i++) {
        struct value key = copy(c, value_str(value_map_key(v, i)), depth);
        value_map_set(&to, value_text(key), copy(c, value_map_at(v, i), depth));
    }
    return to;
}

static struct value copy(struct copier c, struct value v, int depth)
{
    value_descend(c.ev->cx.fault, depth);
    if (!is_newer(c.ev, c.mark, v))
        return v;
    if (v.type == VALUE_LIST)
        return copy_list(c, v, depth + 1);
    if (v.type == VALUE_MAP)
        return copy_map(c, v, depth + 1);
    return value_str_copy(eval_lasting(c.ev), v);
}

struct value eval_copy(struct eval *ev, struct value v)
{
    struct copier c = {.ev = ev};
    return mark_after(ev, 0, &c.mark) ? copy(c, v, 0) : v;
}

struct value eval_keep(struct eval *ev, const struct scope *scope,
                       struct value v)
{
    struct arena_mark mark;
    bool goes = mark_after(ev, scope->region, &mark) && is_newer(ev, mark, v);
    return goes ? eval_copy(ev, v) : v;
}

bool eval_outlived(const struct eval *ev, struct value v)
{
    return ev->region && !is_newer(ev, ev->region->mark, v);
}

bool eval_sealed(const struct eval *ev, struct value v)
{
    const struct arena_mark all = {NULL, NULL};
    return ev->island && !is_newer(ev, ev->island->region.mark, v) &&
           !arena_newer(&ev->undone, all, place_of(v));
}
