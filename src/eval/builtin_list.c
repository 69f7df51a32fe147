/* SPDX-License-Identifier: MIT */
/* Builtins on lists and maps. Each item that is looked at is a step. */
#include "eval/builtin.h"

#include "eval/value_json.h"
#include "eval/version.h"

#include <string.h>

static bool give(struct value *result, struct value v)
{
    *result = v;
    return true;
}

/* A copy of items [from, to). */
static struct value part(struct builtin_call *c, struct value l, uint32_t from,
                         uint32_t to)
{
    struct value out = value_list_new(c->arena, to - from);
    context_steps(c->cx, to - from);
    for (uint32_t i = from; i < to; i++)
        out = value_list_add(c->arena, out, value_item(l, i));
    return out;
}

bool builtin_join(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    struct buf *work = &c->cx->work;
    size_t mark = work->len;
    uint64_t least = l.len ? (uint64_t)c->args[1].len * (l.len - 1) : 0;
    context_steps(c->cx, l.len);
    for (uint32_t i = 0; i < l.len; i++)
        if (value_item(l, i).type == VALUE_STR)
            least += value_item(l, i).len;
    builtin_foresee(c, least);
    for (uint32_t i = 0; i < l.len; i++) {
        if (i)
            buf_add(work, value_text(c->args[1]));
        if (!value_print(work, value_item(l, i))) {
            buf_truncate(work, mark);
            return builtin_fail(c, DIAG_NOT_PRINTABLE,
                                "item %u is %s, which cannot be printed", i,
                                value_type_a(value_item(l, i).type));
        }
    }
    return give(result, builtin_taken(c, mark));
}

/* --- sorting --- */

static int compare(struct value x, struct value y)
{
    if (x.type == VALUE_INT)
        return (x.u.i > y.u.i) - (x.u.i < y.u.i);
    if (x.type == VALUE_VERSION)
        return version_cmp(value_text(x), value_text(y));
    return str_cmp(value_text(x), value_text(y));
}

/* Merges [0, half) and [half, n) of `at` through `spare`. */
static void merge(struct value *at, struct value *spare, uint32_t half,
                  uint32_t n)
{
    uint32_t i = 0, j = half, k = 0;
    memcpy(spare, at, half * sizeof *at);
    while (i < half && j < n)
        at[k++] = compare(spare[i], at[j]) <= 0 ? spare[i++] : at[j++];
    memcpy(at + k, spare + i, (half - i) * sizeof *at);
}

static void merge_sort(struct value *at, struct value *spare, uint32_t n)
{
    if (n < 2)
        return;
    uint32_t half = n / 2;
    merge_sort(at, spare, half);
    merge_sort(at + half, spare, n - half);
    if (compare(at[half - 1], at[half]) > 0)
        merge(at, spare, half, n);
}

static struct value sorted(struct builtin_call *c, struct value l)
{
    struct value out = part(c, l, 0, l.len);
    struct value *spare = arena_array(c->arena, l.len + 1u, sizeof *spare);
    context_steps(c->cx, l.len);
    merge_sort(out.u.list->at, spare, out.len);
    return out;
}

static bool sort_map(struct builtin_call *c, struct value m,
                     struct value *result)
{
    struct value keys = value_list_new(c->arena, m.len);
    for (uint32_t i = 0; i < m.len; i++)
        keys = value_list_add(c->arena, keys, value_str(value_map_key(m, i)));
    keys = sorted(c, keys);
    *result = value_map_new(c->arena);
    for (uint32_t i = 0; i < m.len; i++) {
        struct str key = value_text(value_item(keys, i));
        value_map_set(result, key, *value_map_get(m, key));
    }
    return true;
}

bool builtin_sort(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    if (l.type == VALUE_MAP)
        return sort_map(c, l, result);
    for (uint32_t i = 0; i < l.len; i++) {
        uint8_t type = value_item(l, i).type;
        if (type != value_item(l, 0).type ||
            (type != VALUE_INT && type != VALUE_STR && type != VALUE_VERSION))
            return builtin_fail(c, DIAG_TYPE,
                                "item %u is %s; sort takes only ints, only "
                                "versions or only strings",
                                i, value_type_a(type));
    }
    return give(result, sorted(c, l));
}

/* --- choosing --- */

/* A key that is equal for equal values: their JSON with the type before it. */
static struct str identity(struct builtin_call *c, struct value v)
{
    struct buf *work = &c->cx->work;
    size_t mark = work->len;
    buf_add_char(work, (char)('0' + v.type));
    if (v.type == VALUE_STR)
        buf_add(work, value_text(v));
    else
        value_json(work, v);
    struct str s = arena_str(c->arena, buf_from(work, mark));
    buf_truncate(work, mark);
    return s;
}

/* Values that can be the same without the same bytes. */
static bool is_deep(struct value v)
{
    return v.type == VALUE_LIST || v.type == VALUE_MAP ||
           v.type == VALUE_VERSION;
}

/* Those are compared one by one, all else through its identity. */
static bool seen_before(struct builtin_call *c, struct map *seen,
                        struct value done, struct value v)
{
    bool added;
    if (is_deep(v)) {
        context_steps(c->cx, done.len);
        for (uint32_t i = 0; i < done.len; i++)
            if (value_same(c->arena, value_item(done, i), v))
                return true;
        return false;
    }
    map_put(seen, c->arena, identity(c, v), &added);
    return !added;
}

bool builtin_unique(struct builtin_call *c, struct value *result)
{
    struct map seen = {0};
    struct value l = c->args[0];
    *result = value_list_new(c->arena, 0);
    context_steps(c->cx, l.len);
    for (uint32_t i = 0; i < l.len; i++)
        if (!seen_before(c, &seen, *result, value_item(l, i)))
            *result = value_list_add(c->arena, *result, value_item(l, i));
    return true;
}

bool builtin_reverse(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    *result = value_list_new(c->arena, l.len);
    context_steps(c->cx, l.len);
    for (uint32_t i = l.len; i-- > 0;)
        *result = value_list_add(c->arena, *result, value_item(l, i));
    return true;
}

bool builtin_first(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    return give(result, l.len ? value_item(l, 0) : value_null());
}

bool builtin_last(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    return give(result, l.len ? value_item(l, l.len - 1) : value_null());
}

/* An index of a slice, within [0, len]. */
static uint32_t clamp(int64_t i, uint32_t len)
{
    if (i < 0)
        i = i < -(int64_t)len ? 0 : i + (int64_t)len;
    return i > (int64_t)len ? len : (uint32_t)i;
}

bool builtin_slice(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    uint32_t from = clamp(c->args[1].u.i, l.len);
    uint32_t to =
        c->args[2].type == VALUE_NULL ? l.len : clamp(c->args[2].u.i, l.len);
    return give(result, part(c, l, from, to < from ? from : to));
}

bool builtin_chunk(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    int64_t n = c->args[1].u.i;
    if (n < 1)
        return builtin_fail(c, DIAG_VALUE, "'n' is less than 1");
    *result = value_list_new(c->arena, 0);
    for (uint64_t at = 0; at < l.len; at += (uint64_t)n) {
        uint64_t end = (uint64_t)n < l.len - at ? at + (uint64_t)n : l.len;
        *result = value_list_add(c->arena, *result,
                                 part(c, l, (uint32_t)at, (uint32_t)end));
    }
    return true;
}

bool builtin_range(struct builtin_call *c, struct value *result)
{
    int64_t a = c->args[0].u.i, b = c->args[1].u.i;
    uint64_t n = a < b ? (uint64_t)b - (uint64_t)a : 0;
    context_steps(c->cx, n);
    *result = value_list_range(c->arena, a, n);
    return true;
}

bool builtin_flatten(struct builtin_call *c, struct value *result)
{
    struct value l = c->args[0];
    *result = value_list_new(c->arena, l.len);
    for (uint32_t i = 0; i < l.len; i++) {
        struct value v = value_item(l, i);
        context_steps(c->cx, v.type == VALUE_LIST ? v.len + 1u : 1u);
        *result = v.type == VALUE_LIST ? value_list_join(c->arena, *result, v)
                                       : value_list_add(c->arena, *result, v);
    }
    return true;
}

bool builtin_minus(struct builtin_call *c, struct value *result)
{
    struct map seen = {0};
    struct value l = c->args[0], m = c->args[1];
    *result = value_list_new(c->arena, 0);
    context_steps(c->cx, (uint64_t)l.len + m.len);
    for (uint32_t i = 0; i < m.len; i++)
        seen_before(c, &seen, m, value_item(m, i));
    for (uint32_t i = 0; i < l.len; i++) {
        struct value v = value_item(l, i);
        bool found = is_deep(v) ? seen_before(c, &seen, m, v)
                                : map_find(&seen, identity(c, v)) != MAP_NONE;
        if (!found)
            *result = value_list_add(c->arena, *result, v);
    }
    return true;
}

/* --- maps --- */

bool builtin_keys(struct builtin_call *c, struct value *result)
{
    struct value m = c->args[0];
    *result = value_list_new(c->arena, m.len);
    context_steps(c->cx, m.len);
    for (uint32_t i = 0; i < m.len; i++)
        *result =
            value_list_add(c->arena, *result, value_str(value_map_key(m, i)));
    return true;
}

bool builtin_values(struct builtin_call *c, struct value *result)
{
    struct value m = c->args[0];
    *result = value_list_new(c->arena, m.len);
    context_steps(c->cx, m.len);
    for (uint32_t i = 0; i < m.len; i++)
        *result = value_list_add(c->arena, *result, value_map_at(m, i));
    return true;
}

bool builtin_has(struct builtin_call *c, struct value *result)
{
    return give(result,
                value_bool(value_map_get(c->args[0], value_text(c->args[1]))));
}

bool builtin_get(struct builtin_call *c, struct value *result)
{
    const struct value *v = value_map_get(c->args[0], value_text(c->args[1]));
    return give(result, v ? *v : c->args[2]);
}

static void add_all(struct builtin_call *c, struct value *to, struct value from)
{
    context_steps(c->cx, from.len);
    for (uint32_t i = 0; i < from.len; i++)
        value_map_set(to, value_map_key(from, i), value_map_at(from, i));
}

bool builtin_merge(struct builtin_call *c, struct value *result)
{
    *result = value_map_new(c->arena);
    add_all(c, result, c->args[0]);
    add_all(c, result, c->args[1]);
    return true;
}

bool builtin_omit(struct builtin_call *c, struct value *result)
{
    struct value m = c->args[0], keys = c->args[1];
    struct map gone = {0};
    for (uint32_t i = 0; i < keys.len; i++) {
        if (value_item(keys, i).type != VALUE_STR)
            return builtin_fail(c, DIAG_TYPE, "'keys' has %s in it",
                                value_type_a(value_item(keys, i).type));
        map_put(&gone, c->arena, value_text(value_item(keys, i)), NULL);
    }
    *result = value_map_new(c->arena);
    context_steps(c->cx, (uint64_t)m.len + keys.len);
    for (uint32_t i = 0; i < m.len; i++)
        if (map_find(&gone, value_map_key(m, i)) == MAP_NONE)
            value_map_set(result, value_map_key(m, i), value_map_at(m, i));
    return true;
}
