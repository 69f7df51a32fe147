/* SPDX-License-Identifier: MIT */
/* matrix(): every combination of some axes, with the exclude and include of
 * GitHub Actions (docs.github.com, "Running variations of jobs"). */
#include "eval/builtin.h"
#include "eval/value_json.h"

/* *n is how many combinations there are, as far as they can be counted. */
static bool check_axes(struct builtin_call *c, struct value axes, uint64_t *n)
{
    uint64_t cost;
    *n = axes.len > 0;
    for (uint32_t i = 0; i < axes.len; i++) {
        struct value axis = value_map_at(axes, i);
        struct str name = value_map_key(axes, i);
        c->about = axis;
        c->within = axes;
        if (axis.type != VALUE_LIST) {
            builtin_fail(c, DIAG_TYPE, "the axis '%.*s' is %s, not a list",
                         STR_ARG(name), value_type_a(axis.type));
            return false;
        }
        if (__builtin_mul_overflow(*n, axis.len, n))
            *n = UINT64_MAX;
    }
    if (__builtin_mul_overflow(*n, axes.len, &cost))
        cost = UINT64_MAX;
    context_steps(c->cx, cost);
    return true;
}

static bool check_maps(struct builtin_call *c, const char *what,
                       struct value list)
{
    c->within = list;
    for (uint32_t i = 0; i < list.len; i++) {
        c->about = value_item(list, i);
        if (c->about.type == VALUE_MAP)
            continue;
        builtin_fail(c, DIAG_TYPE, "item %u of '%s' is %s, not a map", i, what,
                     value_type_a((enum value_type)c->about.type));
        return false;
    }
    return true;
}

/* Combination i of all: the first axis changes last. */
static struct value combination(struct arena *a, struct value axes, uint64_t i,
                                uint64_t n)
{
    struct value m = value_map_new(a);
    for (uint32_t k = 0; k < axes.len; k++) {
        struct value axis = value_map_at(axes, k);
        n /= axis.len;
        value_map_set(&m, value_map_key(axes, k),
                      value_item(axis, (uint32_t)(i / n)));
        i %= n;
    }
    return m;
}

static struct value product(struct arena *a, struct value axes, uint64_t n)
{
    struct value combos = value_list_new(a, n);
    for (uint64_t i = 0; i < n; i++)
        combos = value_list_add(a, combos, combination(a, axes, i, n));
    return combos;
}

/* True if m has each of the pairs. */
static bool has_pairs(struct builtin_call *c, struct value m,
                      struct value pairs)
{
    for (uint32_t i = 0; i < pairs.len; i++) {
        const struct value *v = value_map_get(m, value_map_key(pairs, i));
        if (!v || !value_same(c->arena, *v, value_map_at(pairs, i)))
            return false;
    }
    return true;
}

/* True if one of the excludes has only pairs of m; notes which of them. */
static bool excluded(struct builtin_call *c, struct value m, struct value out,
                     bool *used)
{
    bool hit = false;
    context_steps(c->cx, out.len);
    for (uint32_t i = 0; i < out.len; i++)
        if (has_pairs(c, m, value_item(out, i)))
            hit = used[i] = true;
    return hit;
}

static bool exclude(struct builtin_call *c, struct value out,
                    struct value *combos)
{
    struct value left = value_list_new(c->arena, combos->len);
    bool *used = arena_zalloc(c->arena, out.len);
    for (uint32_t i = 0; i < combos->len; i++)
        if (!excluded(c, value_item(*combos, i), out, used))
            left = value_list_add(c->arena, left, value_item(*combos, i));
    for (uint32_t i = 0; i < out.len; i++) {
        if (used[i])
            continue;
        value_json(&c->cx->work, value_item(out, i));
        struct str text = buf_from(&c->cx->work, c->mark);
        c->about = value_item(out, i);
        builtin_fail(c, DIAG_EMPTY_EXCLUDE,
                     "%.*s of 'exclude' matches no combination", STR_ARG(text));
        return false;
    }
    *combos = left;
    return true;
}

/* True if pairs changes none of the axes of m, a combination of them. */
static bool keeps_axes(struct builtin_call *c, struct value m,
                       struct value axes, struct value pairs)
{
    for (uint32_t i = 0; i < pairs.len; i++) {
        struct str key = value_map_key(pairs, i);
        const struct value *now = value_map_get(m, key);
        if (value_map_get(axes, key) && now &&
            !value_same(c->arena, *now, value_map_at(pairs, i)))
            return false;
    }
    return true;
}

/* Adds pairs to the first `originals` combinations whose axes it keeps; if
 * there are none it becomes a combination itself. */
static void include(struct builtin_call *c, struct value axes,
                    struct value pairs, uint32_t originals,
                    struct value *combos)
{
    bool used = false;
    context_steps(c->cx, originals * (uint64_t)(pairs.len + 1));
    for (uint32_t i = 0; i < originals; i++) {
        struct value *m = &combos->u.list->at[i];
        if (!keeps_axes(c, *m, axes, pairs))
            continue;
        used = true;
        value_map_set_all(m, pairs);
    }
    if (!used)
        *combos = value_list_add(c->arena, *combos, pairs);
}

struct value builtin_matrix(struct builtin_call *c)
{
    struct value axes = c->args[0], out = c->args[1], in = c->args[2];
    uint64_t n;
    if (!check_axes(c, axes, &n) || !check_maps(c, "exclude", out) ||
        !check_maps(c, "include", in))
        return value_bad();
    struct value combos = product(c->arena, axes, n);
    if (out.len && !exclude(c, out, &combos))
        return value_bad();
    uint32_t originals = combos.len;
    for (uint32_t i = 0; i < in.len; i++)
        include(c, axes, value_item(in, i), originals, &combos);
    return combos;
}
