/* SPDX-License-Identifier: MIT */
/* The events of the document and its value are walked side by side, which gives
 * a list of all strings, lists and maps, in the order of the document. A value
 * is found in it by its identity, which is the address of its bytes or of its
 * store. */
#include "eval/place.h"

#include "base/json.h"

struct entry {
    struct value value;
    uint32_t off, end;
    uint32_t parent; /* 1 + the index of the list or map it is in; 0: none */
    uint32_t index;  /* in that, of the item or member */
};

/* A list or map that is open. */
struct level {
    struct value value; /* BAD: not to be told from the document */
    uint32_t entry;     /* as a parent */
    uint32_t next;      /* index of what comes next */
    bool merging;       /* what comes next goes elsewhere */
};

struct places {
    struct arena *arena;
    struct str text;
    VEC(struct entry) entries;
    VEC(struct level) open; /* while they are collected */
    struct value root;
};

/* --- collecting --- */

static struct level *innermost(struct places *p)
{
    return p->open.n ? &p->open.at[p->open.n - 1] : NULL;
}

/* The value of what comes next. */
static struct value take_next(struct places *p)
{
    struct level *l = innermost(p);
    if (!l)
        return p->root;
    uint32_t i = l->next;
    bool merging = l->merging;
    l->merging = false;
    if (l->value.type == VALUE_LIST)
        return l->next++ < l->value.len ? value_item(l->value, i) : value_bad();
    return merging || l->value.type != VALUE_MAP || i >= l->value.len
               ? value_bad()
               : value_map_at(l->value, i);
}

/* Enters v, the member or item i of the innermost list or map. */
static void enter(struct places *p, struct value v, uint32_t i,
                  const struct data_event *e)
{
    struct entry entry = {.value = v,
                          .off = (uint32_t)e->off,
                          .end = (uint32_t)e->end,
                          .index = i};
    if (p->open.n)
        entry.parent = innermost(p)->entry;
    vec_push(p->arena, &p->entries, entry);
}

static void take_key(struct places *p, const struct data_event *e)
{
    struct level *l = innermost(p);
    l->merging = false;
    if (l->value.type != VALUE_MAP)
        return;
    l->next = map_find(&l->value.u.map->keys, e->text);
    if (l->next < l->value.len)
        enter(p, value_str(value_map_key(l->value, l->next)), l->next, e);
}

/* A string, list or map, if `type` is what the value is. */
static void take_value(struct places *p, enum value_type type,
                       const struct data_event *e)
{
    const struct level *l = innermost(p);
    uint32_t i = l ? l->next : 0;
    struct value v = take_next(p);
    struct level begun = {.value = value_bad()};
    if (v.type == type) {
        enter(p, v, i, e);
        begun = (struct level){.value = v, .entry = p->entries.n};
    }
    if (type != VALUE_STR)
        vec_push(p->arena, &p->open, begun);
}

static bool on_event(void *ctx, const struct data_event *e)
{
    struct places *p = ctx;
    switch (e->kind) {
    case DATA_KEY:
        take_key(p, e);
        break;
    case DATA_MERGE:
        innermost(p)->merging = true;
        break;
    case DATA_NUMBER:
    case DATA_STRING:
        take_value(p, VALUE_STR, e);
        break;
    case DATA_LIST:
        take_value(p, VALUE_LIST, e);
        break;
    case DATA_MAP:
        take_value(p, VALUE_MAP, e);
        break;
    case DATA_END:
        if (innermost(p)->entry)
            p->entries.at[innermost(p)->entry - 1].end = (uint32_t)e->end;
        p->open.n--;
        break;
    case DATA_ANCHOR:
        break;
    default:
        take_next(p);
    }
    return true;
}

struct places *places_new(struct arena *a, enum data_format format,
                          struct str text, struct value value)
{
    struct places *p = arena_new(a, struct places);
    struct data_error ignored;
    p->arena = a;
    p->text = text;
    p->root = value;
    value_data_events(a, format, text, on_event, p, &ignored);
    return p;
}

/* --- finding --- */

/* Whether the bytes of v are some of those of text. */
static bool is_part(struct value v, struct str text)
{
    uintptr_t at = (uintptr_t)v.u.s, from = (uintptr_t)text.ptr;
    return at >= from && at - from <= text.len &&
           v.len <= text.len - (at - from);
}

static bool matches(const struct entry *e, struct value v)
{
    if (value_nests(v))
        return e->value.type == v.type && e->value.len == v.len &&
               (v.type == VALUE_LIST ? e->value.u.list == v.u.list
                                     : e->value.u.map == v.u.map);
    return e->value.type == VALUE_STR && (v.len || e->value.len == 0) &&
           is_part(v, value_text(e->value));
}

/* The key or index of an entry in its parent. */
static void add_step(struct buf *b, const struct entry *e,
                     const struct entry *parent)
{
    bool is_list = parent->value.type == VALUE_LIST;
    struct str key = is_list ? STR("") : value_map_key(parent->value, e->index);
    bool is_name = key.len && ascii_is_name_start(key.ptr[0]) &&
                   str_span(key, 0, ASCII_NAME_START | ASCII_DIGIT) == key.len;
    buf_add_cstr(b, is_name || !parent->parent ? "." : "");
    buf_add_cstr(b, is_name ? "" : "[");
    if (is_list)
        buf_add_int(b, e->index);
    else if (is_name)
        buf_add(b, key);
    else
        json_quote(b, key);
    buf_add_cstr(b, is_name ? "" : "]");
}

static void add_path(struct buf *b, const struct places *p,
                     const struct entry *e)
{
    if (!e->parent)
        return;
    const struct entry *parent = &p->entries.at[e->parent - 1];
    add_path(b, p, parent);
    add_step(b, e, parent);
}

static struct str path_of(const struct places *p, const struct entry *e,
                          struct buf *work)
{
    size_t mark = work->len;
    if (!e->parent)
        buf_add_cstr(work, ".");
    add_path(work, p, e);
    struct str path = arena_str(p->arena, buf_from(work, mark));
    buf_truncate(work, mark);
    return path;
}

bool places_find(const struct places *p, struct value v, struct buf *work,
                 struct value_place *out)
{
    bool is_text = v.type == VALUE_STR || v.type == VALUE_VERSION;
    if (!is_text && v.type != VALUE_LIST && v.type != VALUE_MAP)
        return false;
    uint32_t i = 0;
    while (i < p->entries.n && !matches(&p->entries.at[i], v))
        i++;
    if (i == p->entries.n)
        return false;
    const struct entry *e = &p->entries.at[i];
    *out = (struct value_place){e->off, e->end, path_of(p, e, work)};
    if (is_text && v.len < e->value.len && is_part(v, p->text)) {
        out->off = (size_t)(v.u.s - p->text.ptr);
        out->end = out->off + v.len;
    }
    return true;
}
