/* SPDX-License-Identifier: MIT */
/* The reader makes values of what base/json tells it; the writer tells
 * base/json what a value holds. */
#include "eval/value_json.h"

#include "base/utf8.h"

/* --- reading --- */

/* A list or map being built. */
struct level {
    struct value value;
    struct str key; /* of the next member */
};

struct builder {
    struct arena *arena;
    VEC(struct level) open; /* the innermost comes last */
    struct value result;
};

static void add(struct builder *b, struct value v)
{
    struct level *l = b->open.n ? &b->open.at[b->open.n - 1] : NULL;
    if (!l)
        b->result = v;
    else if (l->value.type == VALUE_MAP)
        value_map_set(&l->value, l->key, v);
    else
        l->value = value_list_add(b->arena, l->value, v);
}

static void begin(struct builder *b, struct value empty)
{
    struct level l = {.value = empty};
    vec_push(b->arena, &b->open, l);
}

/* A number beyond 64 bits, or with a fraction, stays as it is written. */
static struct value number(struct str text)
{
    int64_t n;
    return str_to_int(text, &n) ? value_int(n) : value_str(text);
}

static void on_event(void *ctx, enum json_event event, struct str text)
{
    struct builder *b = ctx;
    switch (event) {
    case JSON_NULL:
        add(b, value_null());
        break;
    case JSON_FALSE:
    case JSON_TRUE:
        add(b, value_bool(event == JSON_TRUE));
        break;
    case JSON_NUMBER:
        add(b, number(text));
        break;
    case JSON_STRING:
        add(b, value_str(text));
        break;
    case JSON_KEY:
        b->open.at[b->open.n - 1].key = text;
        break;
    case JSON_ARRAY:
        begin(b, value_list_new(b->arena, 0));
        break;
    case JSON_OBJECT:
        begin(b, value_map_new(b->arena));
        break;
    case JSON_END:
        b->open.n--;
        add(b, b->open.at[b->open.n].value);
        break;
    }
}

bool value_json_read(struct arena *a, struct str text, struct value *out,
                     struct json_error *err)
{
    struct builder b = {.arena = a};
    if (!json_read(a, text, JSON_STRICT, on_event, &b, err))
        return false;
    *out = b.result;
    return true;
}

/* --- writing --- */

static bool json_deep(struct json_writer *w, struct value v, int depth);

static bool json_items(struct json_writer *w, struct value v, int depth)
{
    bool is_map = v.type == VALUE_MAP, good = true;
    json_open(w, NULL, is_map ? "{" : "[");
    for (uint32_t i = 0; i < v.len && good; i++) {
        struct value item = is_map ? value_map_at(v, i) : value_item(v, i);
        if (is_map)
            json_key(w, value_map_key(v, i));
        good = (!is_map || utf8_valid(value_map_key(v, i))) &&
               json_deep(w, item, depth + 1);
    }
    json_close(w, is_map ? "}" : "]");
    return good;
}

static bool json_deep(struct json_writer *w, struct value v, int depth)
{
    struct fault *f = w->out->fault;
    bool nests = v.type == VALUE_LIST || v.type == VALUE_MAP;
    value_descend(f, depth + nests); /* so deep that json_read takes it */
    switch (v.type) {
    case VALUE_BOOL:
        json_bool(w, NULL, v.u.b);
        return true;
    case VALUE_INT:
        json_int(w, NULL, v.u.i);
        return true;
    case VALUE_STR:
    case VALUE_VERSION:
        fault_bytes(f, v.len);
        json_str(w, NULL, value_text(v));
        return utf8_valid(value_text(v));
    case VALUE_LIST:
    case VALUE_MAP:
        return json_items(w, v, depth);
    default:
        json_null(w, NULL);
        return true;
    }
}

bool value_json(struct buf *b, struct value v)
{
    size_t mark = b->len;
    struct json_writer w = {.out = b};
    if (json_deep(&w, v, 0))
        return true;
    buf_truncate(b, mark);
    return false;
}
