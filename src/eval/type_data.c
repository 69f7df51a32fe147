/* SPDX-License-Identifier: MIT */
/* In: a value of a data file, and the type that is wanted. Out: the value with
 * versions for strings where the type has a version. Of a list or map that has
 * none of them nothing is copied, so that it knows its place in the file. */
#include "base/version.h"
#include "eval/type_describe.h"

/* A conversion under way. */
struct data {
    struct eval *ev;
    type_originals *originals;
    /* What became of lists and maps as one of several types. */
    struct map known;
    VEC(struct value) results;
};

static struct value convert(struct data *d, struct type_member m,
                            struct value v);

/* True if v is a list or map as the leaf is; strict: and has its keys. */
static bool is_like(const struct type *leaf, struct value v, bool strict)
{
    if (leaf->kind == TYPE_LIST || v.type == VALUE_LIST)
        return leaf->kind == TYPE_LIST && v.type == VALUE_LIST;
    if (leaf->kind != TYPE_RECORD || !strict)
        return leaf->kind == TYPE_MAP || leaf->kind == TYPE_RECORD;
    uint32_t known = 0;
    const struct field *f = ((const struct type_record *)leaf)->fields;
    for (; f; f = f->next) {
        bool has = value_map_get(v, f->key) != NULL;
        if (!has && !f->optional)
            return false;
        known += has;
    }
    return known == v.len;
}

/* Number *n of those that m is made of, conditions aside, and that v is like;
 * false: there are fewer, by which *n is then less. */
static bool find_leaf(struct data *d, struct type_member m, struct value v,
                      bool strict, uint32_t *n, struct type_member *leaf)
{
    const struct type_name *name = (const struct type_name *)m.t;
    const struct type *member;
    bool found = false;
    eval_enter(d->ev);
    eval_steps(d->ev, 1);
    if (m.t->kind == TYPE_UNION) {
        member = ((const struct type_union *)m.t)->members;
        for (; member && !found; member = member->next) {
            struct type_member one = {m.file, member};
            found = find_leaf(d, one, v, strict, n, leaf);
        }
    } else if (m.t->kind == TYPE_NAME) {
        m.file = name->target ? type_scope(d->ev, m.file, name) : NULL;
        if (m.file) {
            m.t = name->target->type;
            found = find_leaf(d, m, v, strict, n, leaf);
        }
    } else if (m.t->kind == TYPE_WHERE || m.t->kind == TYPE_IN) {
        m.t = m.t->kind == TYPE_IN ? ((const struct type_in *)m.t)->of
                                   : ((const struct type_where *)m.t)->of;
        found = find_leaf(d, m, v, strict, n, leaf);
    } else if (is_like(m.t, v, strict)) {
        *leaf = m;
        found = (*n)-- == 0;
    }
    eval_leave(d->ev);
    return found;
}

/* What is a part of both was not converted. */
static bool is_same(struct value x, struct value y)
{
    return x.type == y.type && (!value_nests(x) || x.u.list == y.u.list);
}

static struct value convert_list(struct data *d, struct type_member m,
                                 struct value v)
{
    struct value out = v;
    m.t = ((const struct type_of *)m.t)->item;
    for (uint32_t i = 0; m.t && i < v.len; i++) {
        struct value item = convert(d, m, value_item(v, i));
        if (is_same(item, value_item(v, i)))
            continue;
        if (out.u.list == v.u.list)
            out = value_list_copy(d->ev->cx.run, v);
        out.u.list->at[i] = item;
    }
    return out;
}

static const struct type *type_of_entry(const struct type *t, struct str key)
{
    if (t->kind == TYPE_MAP)
        return ((const struct type_of *)t)->item;
    const struct field *f = ((const struct type_record *)t)->fields;
    while (f && !str_eq(f->key, key))
        f = f->next;
    return f ? f->type : NULL;
}

static struct value convert_map(struct data *d, struct type_member m,
                                struct value v)
{
    struct value out = v;
    for (uint32_t i = 0; i < v.len; i++) {
        struct str key = value_map_key(v, i);
        struct type_member of = {m.file, type_of_entry(m.t, key)};
        struct value item = value_map_at(v, i);
        if (of.t)
            item = convert(d, of, item);
        if (is_same(item, value_map_at(v, i)))
            continue;
        if (out.u.map == v.u.map) {
            out = value_map_new(d->ev->cx.run);
            value_map_set_all(&out, v);
        }
        value_map_set(&out, key, item);
    }
    return out;
}

static struct value convert_like(struct data *d, struct type_member leaf,
                                 struct value v)
{
    struct value out = v.type == VALUE_LIST ? convert_list(d, leaf, v)
                                            : convert_map(d, leaf, v);
    if (!is_same(out, v))
        vec_push(d->ev->cx.run, d->originals, ((struct type_original){out, v}));
    return out;
}

/* The same, remembered: types may contain themselves in several ways. */
static struct value convert_once(struct data *d, struct type_member leaf,
                                 struct value v)
{
    const void *pair[] = {leaf.t, v.u.list};
    struct arena *a = d->ev->cx.run;
    struct str key = {(const char *)pair, sizeof pair};
    uint32_t i = map_find(&d->known, key);
    if (i != MAP_NONE)
        return d->results.at[i];
    struct value out = convert_like(d, leaf, v);
    map_put(&d->known, a, arena_str(a, key), NULL);
    vec_push(a, &d->results, out);
    return out;
}

/* Of several types that it may be, the first that then takes it. */
static struct value convert_nested(struct data *d, struct type_member m,
                                   struct value v)
{
    struct type_member leaf, other;
    uint32_t n = 0;
    if (!find_leaf(d, m, v, false, &n, &leaf))
        return v;
    n = 1;
    if (!find_leaf(d, m, v, false, &n, &other))
        return convert_like(d, leaf, v);
    for (uint32_t i = 0; n = i, find_leaf(d, m, v, true, &n, &leaf); i++) {
        struct value out = convert_once(d, leaf, v);
        if (type_fits(d->ev, leaf.file, leaf.t, out) == FIT_YES)
            return out;
    }
    return v;
}

static struct value convert(struct data *d, struct type_member m,
                            struct value v)
{
    size_t rest;
    eval_enter(d->ev);
    eval_steps(d->ev, 1);
    if (value_nests(v))
        v = convert_nested(d, m, v);
    else if (v.type == VALUE_STR && type_takes(m.t, VALUE_VERSION) &&
             version_valid(value_text(v), &rest) &&
             type_fits(d->ev, m.file, m.t, v) == FIT_NO)
        v = value_version(value_text(v));
    eval_leave(d->ev);
    return v;
}

struct value type_from_data(struct eval *ev, struct scope *file,
                            const struct type *t, struct value v,
                            type_originals *originals)
{
    struct data d = {.ev = ev, .originals = originals};
    return convert(&d, (struct type_member){file, t}, v);
}

struct value type_original(const type_originals *originals, struct value v)
{
    if (v.type == VALUE_VERSION)
        return value_str(value_text(v));
    for (uint32_t i = 0; value_nests(v) && i < originals->n; i++)
        if (is_same(originals->at[i].made, v))
            return originals->at[i].read;
    return v;
}
