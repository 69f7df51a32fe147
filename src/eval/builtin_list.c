/* SPDX-License-Identifier: MIT */
/* Builtins on lists and maps. Each item that is looked at is a step. */
#include "eval/builtin.h"
#include "eval/nearly.h"

#include "base/version.h"
#include "eval/value_json.h"

#include <string.h>

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

/* True if sep follows s in t, of which s is a slice. */
static bool goes_on(const struct traced_text *t, struct str s, struct str sep)
{
    struct str rest =
        str_from_off(t->text, (size_t)(s.ptr - t->text.ptr) + s.len);
    return str_starts(rest, sep);
}

/* If all items are slices of texts that know where they came from, then so does
 * the string of them. A separator is what followed the item in its text, or
 * else belongs to it. */
static void join_places(struct builtin_call *c, struct value l,
                        struct value *joined)
{
    struct traced *p = &c->cx->traced;
    struct traced_text *t = NULL;
    for (uint32_t i = 0; i < l.len; i++) {
        struct value item = value_item(l, i);
        const struct traced_text *from =
            item.type == VALUE_STR ? traced_find(p, value_text(item)) : NULL;
        if (item.type != VALUE_STR || (i == 0 && item.len == 0) ||
            (item.len && (!from || from->made_of.source)))
            return;
    }
    for (uint32_t i = 0; i < l.len; i++) {
        struct str text = value_text(value_item(l, i));
        const struct traced_text *from = traced_find(p, text);
        if (!t)
            t = traced_add(p, c->cx->run, from->chain);
        struct str sep = i + 1 < l.len ? value_text(c->args[1]) : STR("");
        bool further = from && goes_on(from, text, sep);
        text.len += further ? sep.len : 0;
        if (from)
            traced_copy(c->cx->run, &t->origins, from, text, t->chain);
        if (!further && sep.len)
            origins_more(&t->origins, sep.len);
    }
    if (!t)
        return;
    *joined = value_str(arena_str(c->cx->run, value_text(*joined)));
    if (joined->len)
        traced_set(p, c->cx->run, t, value_text(*joined));
}

struct value builtin_join(struct builtin_call *c)
{
    struct value l = c->args[0];
    struct buf *work = &c->cx->work;
    uint64_t least = l.len ? (uint64_t)c->args[1].len * (l.len - 1) : 0;
    context_steps(c->cx, l.len);
    for (uint32_t i = 0; i < l.len; i++)
        if (value_item(l, i).type == VALUE_STR)
            least += value_item(l, i).len;
    builtin_foresee(c, least);
    for (uint32_t i = 0; i < l.len; i++) {
        if (i)
            buf_add(work, value_text(c->args[1]));
        if (value_print(work, value_item(l, i)))
            continue;
        c->about = value_item(l, i);
        c->within = l;
        return builtin_fail(c, DIAG_NOT_PRINTABLE,
                            "item %u is %s, which cannot be printed", i,
                            value_type_a((enum value_type)c->about.type));
    }
    struct value joined = builtin_taken(c);
    if (c->cx->traced.on)
        join_places(c, l, &joined);
    return joined;
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
    struct value *spare = arena_array(c->arena, l.len, sizeof *spare);
    context_steps(c->cx, l.len);
    merge_sort(out.u.list->at, spare, out.len);
    return out;
}

static struct value sorted_map(struct builtin_call *c, struct value m)
{
    struct value keys = value_list_new(c->arena, m.len);
    struct value out = value_map_new(c->arena);
    for (uint32_t i = 0; i < m.len; i++)
        keys = value_list_add(c->arena, keys, value_str(value_map_key(m, i)));
    keys = sorted(c, keys);
    for (uint32_t i = 0; i < m.len; i++) {
        struct str key = value_text(value_item(keys, i));
        value_map_set(&out, key, *value_map_get(m, key));
    }
    return out;
}

struct value builtin_sort(struct builtin_call *c)
{
    struct value l = c->args[0];
    if (l.type == VALUE_MAP)
        return sorted_map(c, l);
    for (uint32_t i = 0; i < l.len; i++) {
        uint8_t type = value_item(l, i).type;
        c->about = value_item(l, i);
        c->within = l;
        if (type != value_item(l, 0).type ||
            (type != VALUE_INT && type != VALUE_STR && type != VALUE_VERSION))
            return builtin_fail(c, DIAG_TYPE,
                                "item %u is %s; sort takes only ints, only "
                                "versions or only strings",
                                i, value_type_a(type));
    }
    return sorted(c, l);
}

/* --- choosing --- */

/* A key that is equal for equal values: their JSON with the type before it. */
static struct str identity(struct builtin_call *c, struct value v)
{
    struct buf *work = &c->cx->work;
    buf_add_char(work, (char)('0' + v.type));
    if (v.type == VALUE_STR)
        buf_add(work, value_text(v));
    else
        value_json(work, v);
    struct str s = arena_str(c->arena, buf_from(work, c->mark));
    buf_truncate(work, c->mark);
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

struct value builtin_unique(struct builtin_call *c)
{
    struct map seen = {0};
    struct value l = c->args[0];
    struct value out = value_list_new(c->arena, 0);
    context_steps(c->cx, l.len);
    for (uint32_t i = 0; i < l.len; i++)
        if (!seen_before(c, &seen, out, value_item(l, i)))
            out = value_list_add(c->arena, out, value_item(l, i));
    return out;
}

struct value builtin_reverse(struct builtin_call *c)
{
    struct value l = c->args[0];
    struct value out = value_list_new(c->arena, l.len);
    context_steps(c->cx, l.len);
    for (uint32_t i = l.len; i-- > 0;)
        out = value_list_add(c->arena, out, value_item(l, i));
    return out;
}

struct value builtin_first(struct builtin_call *c)
{
    struct value l = c->args[0];
    return l.len ? value_item(l, 0) : value_null();
}

struct value builtin_last(struct builtin_call *c)
{
    struct value l = c->args[0];
    return l.len ? value_item(l, l.len - 1) : value_null();
}

/* Whether an item is `wanted`. */
static bool has_bool(const struct builtin_call *c, bool wanted)
{
    struct value l = c->args[0];
    context_steps(c->cx, l.len);
    for (uint32_t i = 0; i < l.len; i++)
        if (value_item(l, i).u.b == wanted)
            return true;
    return false;
}

struct value builtin_any(struct builtin_call *c)
{
    return value_bool(has_bool(c, true));
}

struct value builtin_all(struct builtin_call *c)
{
    return value_bool(!has_bool(c, false));
}

/* The first of the items that is less (sign -1) or greater (1) than all others.
 */
static struct value extreme(struct builtin_call *c, int sign)
{
    struct value l = c->args[0];
    c->about = l;
    if (l.len == 0)
        return builtin_fail(c, DIAG_VALUE, "the list is empty");
    context_steps(c->cx, l.len);
    struct value best = value_item(l, 0);
    for (uint32_t i = 1; i < l.len; i++)
        if (compare(value_item(l, i), best) * sign > 0)
            best = value_item(l, i);
    return best;
}

struct value builtin_min(struct builtin_call *c)
{
    return extreme(c, -1);
}

struct value builtin_max(struct builtin_call *c)
{
    return extreme(c, 1);
}

/* An index of a slice, within [0, len]. */
static uint32_t clamp(int64_t i, uint32_t len)
{
    if (i < 0)
        i = i < -(int64_t)len ? 0 : i + (int64_t)len;
    return i > (int64_t)len ? len : (uint32_t)i;
}

struct value builtin_slice(struct builtin_call *c)
{
    struct value l = c->args[0];
    uint32_t from = clamp(c->args[1].u.i, l.len);
    uint32_t to =
        c->args[2].type == VALUE_NULL ? l.len : clamp(c->args[2].u.i, l.len);
    return part(c, l, from, to < from ? from : to);
}

struct value builtin_chunk(struct builtin_call *c)
{
    struct value l = c->args[0];
    int64_t n = c->args[1].u.i;
    if (n < 1)
        return builtin_fail(c, DIAG_VALUE, "'n' is less than 1");
    struct value out = value_list_new(c->arena, 0);
    for (uint64_t at = 0; at < l.len; at += (uint64_t)n) {
        uint64_t end = (uint64_t)n < l.len - at ? at + (uint64_t)n : l.len;
        struct value chunk = part(c, l, (uint32_t)at, (uint32_t)end);
        out = value_list_add(c->arena, out, chunk);
    }
    return out;
}

struct value builtin_range(struct builtin_call *c)
{
    int64_t a = c->args[0].u.i, b = c->args[1].u.i;
    if (c->args[1].type == VALUE_NULL) {
        if (c->call->nargs > 1)
            return builtin_fail(c, DIAG_TYPE, "'b' is null, not an int");
        b = a;
        a = 0;
    }
    uint64_t n = a < b ? (uint64_t)b - (uint64_t)a : 0;
    context_steps(c->cx, n);
    return value_list_range(c->arena, a, n);
}

struct value builtin_flatten(struct builtin_call *c)
{
    struct value l = c->args[0];
    struct value out = value_list_new(c->arena, l.len);
    for (uint32_t i = 0; i < l.len; i++) {
        struct value v = value_item(l, i);
        context_steps(c->cx, v.type == VALUE_LIST ? v.len + 1u : 1u);
        out = v.type == VALUE_LIST ? value_list_join(c->arena, out, v)
                                   : value_list_add(c->arena, out, v);
    }
    return out;
}

struct value builtin_minus(struct builtin_call *c)
{
    struct map seen = {0};
    struct value l = c->args[0], m = c->args[1];
    struct value out = value_list_new(c->arena, 0);
    context_steps(c->cx, (uint64_t)l.len + m.len);
    for (uint32_t i = 0; i < m.len; i++)
        seen_before(c, &seen, m, value_item(m, i));
    for (uint32_t i = 0; i < l.len; i++) {
        struct value v = value_item(l, i);
        bool found = is_deep(v) ? seen_before(c, &seen, m, v)
                                : map_find(&seen, identity(c, v)) != MAP_NONE;
        if (!found)
            out = value_list_add(c->arena, out, v);
    }
    return out;
}

/* --- maps --- */

struct value builtin_keys(struct builtin_call *c)
{
    struct value m = c->args[0];
    struct value out = value_list_new(c->arena, m.len);
    context_steps(c->cx, m.len);
    for (uint32_t i = 0; i < m.len; i++)
        out = value_list_add(c->arena, out, value_str(value_map_key(m, i)));
    return out;
}

struct value builtin_values(struct builtin_call *c)
{
    struct value m = c->args[0];
    struct value out = value_list_new(c->arena, m.len);
    context_steps(c->cx, m.len);
    for (uint32_t i = 0; i < m.len; i++)
        out = value_list_add(c->arena, out, value_map_at(m, i));
    return out;
}

static const struct value *find_key(struct builtin_call *c)
{
    const struct value *v = value_map_get(c->args[0], value_text(c->args[1]));
    if (!v)
        nearly_held(c->cx, c->call->name_loc, c->args[1], c->args[0], false);
    return v;
}

struct value builtin_has(struct builtin_call *c)
{
    return value_bool(find_key(c) != NULL);
}

struct value builtin_get(struct builtin_call *c)
{
    const struct value *v = find_key(c);
    return v ? *v : c->args[2];
}

struct value builtin_merge(struct builtin_call *c)
{
    struct value out = value_map_new(c->arena);
    context_steps(c->cx, (uint64_t)c->args[0].len + c->args[1].len);
    value_map_set_all(&out, c->args[0]);
    value_map_set_all(&out, c->args[1]);
    return out;
}

struct value builtin_omit(struct builtin_call *c)
{
    struct value m = c->args[0], keys = c->args[1];
    struct map gone = {0};
    for (uint32_t i = 0; i < keys.len; i++) {
        c->about = value_item(keys, i);
        c->within = keys;
        if (c->about.type != VALUE_STR)
            return builtin_fail(c, DIAG_TYPE, "'keys' has %s in it",
                                value_type_a((enum value_type)c->about.type));
        map_put(&gone, c->arena, value_text(value_item(keys, i)), NULL);
    }
    struct value out = value_map_new(c->arena);
    context_steps(c->cx, (uint64_t)m.len + keys.len);
    for (uint32_t i = 0; i < m.len; i++)
        if (map_find(&gone, value_map_key(m, i)) == MAP_NONE)
            value_map_set(&out, value_map_key(m, i), value_map_at(m, i));
    return out;
}
