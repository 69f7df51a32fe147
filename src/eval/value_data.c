/* SPDX-License-Identifier: MIT */
/* A stack of the lists and maps that are open takes the events of a reader. An
 * alias costs a step and shares the value; what is merged is copied, each key
 * for a step. Nothing notes where a value stood: after a mistake, the document
 * is read once more to see. */
#include "eval/value_data.h"

#include "base/json.h"
#include "base/utf8.h"
#include "base/yaml.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    LONGEST_NAME = 80 /* bytes of a key or anchor in a message */
};

/* A value that has a name: YAML's anchors. */
struct anchor {
    struct value value;
    uint32_t height; /* as of a level */
    bool open;       /* the list or map has not ended */
};

/* Looks for the first of two equal keys. */
struct first_key {
    uint32_t before; /* lists and maps that begin before the map */
    uint32_t depth;  /* of where we are in it; 0: not in it yet */
    enum data_kind kind;
    struct str key;
    size_t off;
};

/* A list or map being built. */
struct level {
    struct value value;
    struct str key; /* of the next member */
    size_t off;     /* of that key, or of "<<" */
    uint32_t number;
    uint32_t height;       /* of the highest value in it; a scalar's is 0 */
    uint32_t anchor;       /* 1 + its index; 0: none */
    bool merging;          /* the next value is merged */
    bool merged;           /* one was: */
    uint32_t first, after; /* the keys that it brought */
    bool *own;             /* which of them the map has itself */
};

struct builder {
    struct arena *arena;
    enum data_format format;
    struct str text;
    VEC(struct level) open; /* the innermost comes last */
    uint32_t begun;         /* lists and maps so far */
    struct map names;       /* of anchors */
    VEC(uint32_t) latest;   /* beside names: 1 + the index of the anchor */
    VEC(struct anchor) anchors;
    uint32_t anchor; /* of what comes next, as in a level */
    struct value result;
    struct first_key *twice; /* a key stood in its map before; NULL: none */
    struct data_error *err;
};

bool value_data_events(struct arena *a, enum data_format format,
                       struct str text, data_sink *sink, void *ctx,
                       struct data_error *err)
{
    return format == DATA_YAML
               ? yaml_read(a, text, sink, ctx, err)
               : json_read(a, text, JSON_STRICT, sink, ctx, err);
}

/* --- mistakes --- */

__attribute__((format(printf, 3, 4))) static bool
mistake(struct builder *b, size_t offset, const char *fmt, ...)
{
    va_list ap;
    b->err->offset = offset;
    b->err->note[0] = '\0';
    va_start(ap, fmt);
    vsnprintf(b->err->message, sizeof b->err->message, fmt, ap);
    va_end(ap);
    return false;
}

static bool on_first_key(void *ctx, const struct data_event *e)
{
    struct first_key *f = ctx;
    bool begins = e->kind == DATA_LIST || e->kind == DATA_MAP;
    if (begins && f->depth == 0 && f->before) {
        f->before--;
        return true;
    }
    f->depth += begins;
    f->depth -= f->depth && e->kind == DATA_END;
    f->off = e->off;
    return f->depth != 1 || e->kind != f->kind || !str_eq(e->text, f->key);
}

/* The key of the level has stood in its map before. */
static bool doubled(struct builder *b, const struct level *l,
                    enum data_kind kind)
{
    b->twice = arena_new(b->arena, struct first_key);
    b->twice->before = l->number;
    b->twice->kind = kind;
    b->twice->key = l->key;
    if (kind == DATA_MERGE)
        return mistake(b, l->off,
                       "'<<' occurs twice in this map; it takes a list of "
                       "maps, too");
    struct str key = utf8_cut(l->key, LONGEST_NAME);
    return mistake(b, l->off, "the key '%.*s' occurs twice in this map",
                   STR_ARG(key));
}

static void note_first(struct builder *b)
{
    struct data_error ignored;
    value_data_events(b->arena, b->format, b->text, on_first_key, b->twice,
                      &ignored);
    snprintf(b->err->note, sizeof b->err->note, "it is here first");
    b->err->note_offset = b->twice->off;
}

/* --- maps --- */

static bool set_member(struct builder *b, struct level *l, struct value v)
{
    uint32_t before = l->value.len;
    if (l->merged) {
        uint32_t i = map_find(&l->value.u.map->keys, l->key);
        bool brought = i >= l->first && i < l->after && !l->own[i - l->first];
        if (brought)
            l->own[i - l->first] = true;
        before -= brought;
    }
    value_map_set(&l->value, l->key, v);
    return l->value.len > before || doubled(b, l, DATA_KEY);
}

static void merge_map(struct builder *b, struct level *l, struct value from)
{
    fault_steps(b->arena->fault, from.len);
    for (uint32_t i = 0; i < from.len; i++) {
        struct str key = value_map_key(from, i);
        if (!value_map_get(l->value, key))
            value_map_set(&l->value, key, value_map_at(from, i));
    }
}

/* The keys of a map, or of a list of maps, whose first ones win; all as if they
 * stood where "<<" does, but for those that the map has itself. */
static bool merge(struct builder *b, struct level *l, struct value v)
{
    bool is_list = v.type == VALUE_LIST;
    l->first = l->value.len;
    for (uint32_t i = 0; i < (is_list ? v.len : 1); i++) {
        struct value from = is_list ? value_item(v, i) : v;
        if (from.type != VALUE_MAP)
            return mistake(b, l->off,
                           "'<<' takes a map or a list of maps, and "
                           "this is %s%s",
                           is_list ? "a list with " : "",
                           value_type_a((enum value_type)from.type));
        merge_map(b, l, from);
    }
    l->merging = false;
    l->merged = true;
    l->after = l->value.len;
    l->own = arena_zalloc(b->arena, l->after - l->first + 1);
    return true;
}

/* --- values --- */

/* v, which is so high, is complete. */
static bool add(struct builder *b, struct value v, uint32_t height)
{
    struct level *l = b->open.n ? &b->open.at[b->open.n - 1] : NULL;
    if (!l) {
        b->result = v;
        return true;
    }
    if (l->height < height)
        l->height = height;
    if (l->merging)
        return merge(b, l, v);
    if (l->value.type == VALUE_MAP)
        return set_member(b, l, v);
    l->value = value_list_add(b->arena, l->value, v);
    return true;
}

/* A scalar, which may have a name. */
static bool add_scalar(struct builder *b, struct value v)
{
    if (b->anchor)
        b->anchors.at[b->anchor - 1].value = v;
    b->anchor = 0;
    return add(b, v, 0);
}

static void begin(struct builder *b, struct value empty)
{
    struct level l = {
        .value = empty, .number = b->begun++, .anchor = b->anchor};
    if (b->anchor)
        b->anchors.at[b->anchor - 1].open = true;
    b->anchor = 0;
    vec_push(b->arena, &b->open, l);
}

static bool end(struct builder *b)
{
    struct level *l = &b->open.at[--b->open.n];
    struct anchor done = {.value = l->value, .height = l->height + 1};
    if (l->anchor)
        b->anchors.at[l->anchor - 1] = done;
    return add(b, done.value, done.height);
}

/* A number beyond 64 bits, or with a fraction, stays as it is written. */
static struct value number(struct str text)
{
    int64_t n;
    return str_to_int(text, &n) ? value_int(n) : value_str(text);
}

/* --- anchors --- */

/* A name may be given again: then it is that of the newest. */
static void name_next(struct builder *b, struct str name)
{
    bool added = map_find(&b->names, name) == MAP_NONE;
    struct anchor a = {.value = value_null()};
    if (added) {
        map_put(&b->names, b->arena, arena_str(b->arena, name), NULL);
        vec_push(b->arena, &b->latest, 0);
    }
    vec_push(b->arena, &b->anchors, a);
    b->anchor = b->anchors.n;
    b->latest.at[map_find(&b->names, name)] = b->anchor;
}

static bool add_alias(struct builder *b, const struct data_event *e)
{
    uint32_t i = map_find(&b->names, e->text);
    struct str name = utf8_cut(e->text, LONGEST_NAME);
    uint64_t most = b->arena->fault->limits.max[LIMIT_JSON];
    if (i == MAP_NONE)
        return mistake(b, e->off,
                       "nothing before this is called '&%.*s'; text that "
                       "begins with '*' goes in quotes",
                       STR_ARG(name));
    struct anchor a = b->anchors.at[b->latest.at[i] - 1];
    if (a.open)
        return mistake(b, e->off, "this is inside of '&%.*s' itself",
                       STR_ARG(name));
    if (b->open.n + a.height > most)
        return mistake(b, e->off,
                       "nested deeper than the limit 'json' of %u (--limit "
                       "json=N changes it)",
                       (unsigned)most);
    fault_steps(b->arena->fault, 1);
    return add(b, a.value, a.height);
}

/* --- events --- */

/* A key, or "<<", for what comes next. */
static bool take_key(struct builder *b, const struct data_event *e)
{
    struct level *l = &b->open.at[b->open.n - 1];
    l->key = e->text;
    l->off = e->off;
    l->merging = e->kind == DATA_MERGE;
    if (b->anchor)
        b->anchors.at[b->anchor - 1].value = value_str(e->text);
    b->anchor = 0;
    return !l->merging || !l->merged || doubled(b, l, DATA_MERGE);
}

static bool on_event(void *ctx, const struct data_event *e)
{
    struct builder *b = ctx;
    switch (e->kind) {
    case DATA_NULL:
        return add_scalar(b, value_null());
    case DATA_FALSE:
    case DATA_TRUE:
        return add_scalar(b, value_bool(e->kind == DATA_TRUE));
    case DATA_NUMBER:
        return add_scalar(b, number(e->text));
    case DATA_STRING:
        return add_scalar(b, value_str(e->text));
    case DATA_LIST:
        begin(b, value_list_new(b->arena, 0));
        return true;
    case DATA_MAP:
        begin(b, value_map_new(b->arena));
        return true;
    case DATA_KEY:
    case DATA_MERGE:
        return take_key(b, e);
    case DATA_END:
        return end(b);
    case DATA_ANCHOR:
        name_next(b, e->text);
        return true;
    case DATA_ALIAS:
        break;
    }
    return add_alias(b, e);
}

bool value_data_read(struct arena *a, enum data_format format, struct str text,
                     struct value *out, struct data_error *err)
{
    struct builder b = {.arena = a, .format = format, .text = text, .err = err};
    bool good = value_data_events(a, format, text, on_event, &b, err);
    if (b.twice)
        note_first(&b);
    *out = b.result;
    return good;
}
