/* SPDX-License-Identifier: MIT */
/* base/json is told what a value holds. */
#include "eval/value_json.h"

#include "base/json.h"
#include "base/utf8.h"

/* One value being written. */
struct writer {
    struct json_writer json;
    size_t end; /* offset in the buffer; what comes after it may be missing */
};

static bool is_full(const struct writer *w)
{
    return w->json.out->len > w->end;
}

static bool json_deep(struct writer *w, struct value v, int depth);

static bool json_items(struct writer *w, struct value v, int depth)
{
    bool is_map = v.type == VALUE_MAP, good = true;
    json_open(&w->json, NULL, is_map ? "{" : "[");
    for (uint32_t i = 0; i < v.len && good && !is_full(w); i++) {
        struct value item = is_map ? value_map_at(v, i) : value_item(v, i);
        if (is_map)
            json_key(&w->json, value_map_key(v, i));
        good = (!is_map || utf8_valid(value_map_key(v, i))) &&
               json_deep(w, item, depth + 1);
    }
    json_close(&w->json, is_map ? "}" : "]");
    return good;
}

static bool json_text(struct writer *w, struct str text)
{
    struct buf *out = w->json.out;
    /* With its quotes, and the rest of a character, it goes past the end. */
    if (!is_full(w) && text.len > w->end - out->len)
        text = utf8_cut(text, w->end - out->len + 3);
    fault_bytes(out->fault, text.len);
    json_str(&w->json, NULL, text);
    return utf8_valid(text);
}

static bool json_deep(struct writer *w, struct value v, int depth)
{
    if (w->end == SIZE_MAX) /* so deep that json_read takes it */
        value_descend(w->json.out->fault, depth + value_nests(v));
    switch (v.type) {
    case VALUE_BOOL:
        json_bool(&w->json, NULL, v.u.b);
        return true;
    case VALUE_INT:
        json_int(&w->json, NULL, v.u.i);
        return true;
    case VALUE_STR:
    case VALUE_VERSION:
        return json_text(w, value_text(v));
    case VALUE_LIST:
    case VALUE_MAP:
        return json_items(w, v, depth);
    default:
        json_null(&w->json, NULL);
        return true;
    }
}

static bool write(struct buf *b, struct value v, size_t end)
{
    size_t mark = b->len;
    struct writer w = {.json = {.out = b}, .end = end};
    if (json_deep(&w, v, 0))
        return true;
    buf_truncate(b, mark);
    return false;
}

bool value_json(struct buf *b, struct value v)
{
    return write(b, v, SIZE_MAX);
}

bool value_json_start(struct buf *b, struct value v, size_t most, bool *all)
{
    size_t mark = b->len;
    if (!write(b, v, mark + most))
        return false;
    *all = b->len <= mark + most;
    if (!*all)
        buf_truncate(b, mark + utf8_cut(buf_from(b, mark), most).len);
    return true;
}
