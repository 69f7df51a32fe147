/* SPDX-License-Identifier: MIT */
/* base/json is told what a value holds. */
#include "eval/value_json.h"

#include "base/json.h"
#include "base/utf8.h"

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
    bool nests = value_nests(v);
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
