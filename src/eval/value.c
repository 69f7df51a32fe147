/* SPDX-License-Identifier: MIT */
/* Making, comparing and printing values. */
#include "eval/value.h"

#include "base/version.h"

#include <stddef.h>
#include <string.h>

/* Values nest as deep as a loop likes to nest them; recursion does not. A list
 * may hold another many times over, so that each item counts as a step. */
void value_descend(struct fault *f, int depth)
{
    if ((uint64_t)depth > f->limits.max[LIMIT_JSON])
        fault_raise(f, LIMIT_JSON);
    fault_steps(f, 1);
}

/* --- strings --- */

/* The bytes of a string that `+` has made, with room after them. */
struct bytes {
    uint32_t used, cap;
    char at[];
};

static struct bytes *bytes_of(struct value v)
{
    return (struct bytes *)(v.u.s - offsetof(struct bytes, at));
}

static struct value grown(struct bytes *b)
{
    struct value v = value_str((struct str){b->at, b->used});
    v.grown = true;
    return v;
}

static struct bytes *bytes_new(struct arena *a, struct str s, size_t cap)
{
    struct bytes *b = arena_alloc(a, sizeof *b + cap);
    b->cap = cap < UINT32_MAX ? (uint32_t)cap : UINT32_MAX;
    b->used = (uint32_t)s.len;
    memcpy(b->at, s.ptr, s.len);
    return b;
}

struct value value_str_join(struct arena *a, struct value x, struct value y)
{
    struct bytes *b = x.grown ? bytes_of(x) : NULL;
    if (x.len == 0 || y.len == 0)
        return x.len ? x : y;
    /* Only what has grown once is likely to grow again. */
    if (!b || b->used != x.len || b->cap - b->used < y.len)
        b = bytes_new(a, value_text(x), ((size_t)x.len + y.len) * (b ? 2 : 1));
    memcpy(b->at + b->used, y.u.s, y.len);
    b->used += y.len;
    return grown(b);
}

struct value value_str_copy(struct arena *a, struct value v)
{
    if (v.grown && bytes_of(v)->used == v.len)
        return grown(bytes_new(a, value_text(v), bytes_of(v)->cap));
    v.u.s = arena_str(a, value_text(v)).ptr;
    v.grown = false;
    return v;
}

/* --- lists --- */

struct value value_list_new(struct arena *a, uint64_t cap)
{
    struct value_list *l = arena_new(a, struct value_list);
    if (cap > UINT32_MAX / 4)
        fault_raise(a->fault, LIMIT_MEMORY);
    l->cap = (uint32_t)cap;
    if (cap)
        l->at = arena_array(a, cap, sizeof *l->at);
    return (struct value){.type = VALUE_LIST, .u.list = l};
}

struct value value_list_range(struct arena *a, int64_t first, uint64_t n)
{
    struct value list = value_list_new(a, 0);
    if (n > UINT32_MAX / 4)
        fault_raise(a->fault, LIMIT_MEMORY);
    list.len = (uint32_t)n;
    list.u.list->first = first;
    return list;
}

/* Appends the items of y to x, which has room for them. */
static struct value append(struct value x, struct value y)
{
    for (uint32_t i = 0; i < y.len; i++)
        x.u.list->at[x.len++] = value_item(y, i);
    x.u.list->used = x.len;
    return x;
}

/* list with room for n more items that nobody else uses. */
static struct value with_room(struct arena *a, struct value list, uint32_t n)
{
    const struct value_list *l = list.u.list;
    uint64_t cap = ((uint64_t)list.len + n) * 2;
    if (l->used == list.len && l->cap - l->used >= n)
        return list;
    return append(value_list_new(a, cap < 4 ? 4 : cap), list);
}

struct value value_list_add(struct arena *a, struct value list,
                            struct value item)
{
    list = with_room(a, list, 1);
    list.u.list->at[list.len++] = item;
    list.u.list->used = list.len;
    return list;
}

struct value value_list_join(struct arena *a, struct value x, struct value y)
{
    return y.len ? append(with_room(a, x, y.len), y) : x;
}

struct value value_list_copy(struct arena *a, struct value list)
{
    const struct value_list *l = list.u.list;
    bool may_grow = l->used == list.len;
    return append(value_list_new(a, may_grow ? l->cap : list.len), list);
}

/* --- maps --- */

struct value value_map_new(struct arena *a)
{
    struct value_map *m = arena_new(a, struct value_map);
    m->arena = a;
    return (struct value){.type = VALUE_MAP, .u.map = m};
}

void value_map_set(struct value *map, struct str key, struct value item)
{
    struct value_map *m = map->u.map;
    uint32_t i = map_put(&m->keys, m->arena, key, NULL);
    if (i == m->cap)
        m->at = vec_grow(m->arena, m->at, &m->cap, sizeof *m->at);
    m->at[i] = item;
    map->len = m->keys.n;
}

bool value_map_appends(struct value x, struct value y)
{
    if (x.len == 0 || x.u.map->keys.n != x.len)
        return false;
    for (uint32_t i = 0; i < y.len; i++)
        if (map_find(&x.u.map->keys, value_map_key(y, i)) != MAP_NONE)
            return false;
    return true;
}

void value_map_set_all(struct value *map, struct value from)
{
    for (uint32_t i = 0; i < from.len; i++)
        value_map_set(map, value_map_key(from, i), value_map_at(from, i));
}

struct value value_map_join(struct arena *a, struct value x, struct value y)
{
    struct value to = x;
    if (y.len == 0)
        return x;
    if (!value_map_appends(x, y)) {
        to = value_map_new(a);
        value_map_set_all(&to, x);
    }
    value_map_set_all(&to, y);
    return to;
}

const struct value *value_map_get(struct value map, struct str key)
{
    uint32_t i = map_find(&map.u.map->keys, key);
    return i < map.len ? &map.u.map->at[i] : NULL;
}

struct str value_map_key(struct value map, uint32_t i)
{
    return map.u.map->keys.keys[i];
}

struct value value_map_at(struct value map, uint32_t i)
{
    return map.u.map->at[i];
}

/* --- comparing --- */

const char *value_type_name(enum value_type type)
{
    static const char *const names[] = {"null",    "bool", "int", "string",
                                        "version", "list", "map", "bad value"};
    return names[type];
}

const char *value_type_a(enum value_type type)
{
    static const char *const names[] = {"null",     "a bool",     "an int",
                                        "a string", "a version",  "a list",
                                        "a map",    "a bad value"};
    return names[type];
}

static bool same_deep(const struct arena *a, struct value x, struct value y,
                      int depth);

static bool same_list(const struct arena *a, struct value x, struct value y,
                      int depth)
{
    for (uint32_t i = 0; i < x.len; i++)
        if (!same_deep(a, value_item(x, i), value_item(y, i), depth))
            return false;
    return true;
}

/* The order of keys does not count. */
static bool same_map(const struct arena *a, struct value x, struct value y,
                     int depth)
{
    for (uint32_t i = 0; i < x.len; i++) {
        const struct value *other = value_map_get(y, value_map_key(x, i));
        if (!other || !same_deep(a, value_map_at(x, i), *other, depth))
            return false;
    }
    return true;
}

static bool same_deep(const struct arena *a, struct value x, struct value y,
                      int depth)
{
    value_descend(a->fault, depth);
    if (x.type != y.type)
        return false;
    if (x.type == VALUE_STR || x.type == VALUE_VERSION)
        fault_bytes(a->fault, x.len);
    switch (x.type) {
    case VALUE_BOOL:
        return x.u.b == y.u.b;
    case VALUE_INT:
        return x.u.i == y.u.i;
    case VALUE_STR:
        return str_eq(value_text(x), value_text(y));
    case VALUE_VERSION:
        return version_cmp(value_text(x), value_text(y)) == 0;
    case VALUE_LIST:
        return x.len == y.len && same_list(a, x, y, depth + 1);
    case VALUE_MAP:
        return x.len == y.len && same_map(a, x, y, depth + 1);
    default:
        return true;
    }
}

bool value_same(const struct arena *a, struct value x, struct value y)
{
    return same_deep(a, x, y, 0);
}

bool value_contains(const struct arena *a, struct value in, struct value x)
{
    if (in.type == VALUE_MAP)
        return value_map_get(in, value_text(x)) != NULL;
    if (in.type == VALUE_STR)
        return str_find(value_text(in), value_text(x), 0) != STR_NONE;
    uint32_t i = 0;
    while (i < in.len && !value_same(a, x, value_item(in, i)))
        i++;
    fault_steps(a->fault, i); /* as many as were looked at */
    return i < in.len;
}

/* --- printing --- */

bool value_print(struct buf *b, struct value v)
{
    switch (v.type) {
    case VALUE_STR:
    case VALUE_VERSION:
        buf_add(b, value_text(v));
        return true;
    case VALUE_INT:
        buf_add_int(b, v.u.i);
        return true;
    case VALUE_BOOL:
        buf_add_cstr(b, v.u.b ? "true" : "false");
        return true;
    default:
        return false;
    }
}
