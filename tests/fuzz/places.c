/* SPDX-License-Identifier: MIT */
#include "places.h"

struct checker {
    struct world *w;
    struct places *places;
    enum data_format format;
    struct str text;
    struct buf path;
    bool all; /* everything has a place */
};

static void check_one(struct checker *c, struct value v)
{
    struct value_place at;
    struct value again;
    struct data_error err;
    bool found = places_find(c->places, v, &c->path, &at);
    promise(found || !c->all, "a value of the file is found in it");
    if (!found)
        return;
    promise(at.off <= at.end && at.end <= c->text.len &&
                str_starts(at.path, STR(".")),
            "where it is found is in the file");
    if (c->format != DATA_JSON)
        return;
    struct str slice = str_slice(c->text, at.off, at.end - at.off);
    promise(value_data_read(&c->w->arena, DATA_JSON, slice, &again, &err) &&
                value_same(&c->w->arena, v, again),
            "what stands there is the value");
}

static void check_all(struct checker *c, struct value v)
{
    bool is_map = v.type == VALUE_MAP, is_list = v.type == VALUE_LIST;
    fault_steps(&c->w->fault, 1);
    if (is_map || is_list || v.type == VALUE_STR)
        check_one(c, v);
    for (uint32_t i = 0; i < v.len && (is_map || is_list); i++) {
        if (is_map)
            check_one(c, value_str(value_map_key(v, i)));
        check_all(c, is_map ? value_map_at(v, i) : value_item(v, i));
    }
}

void places_check(struct world *w, enum data_format format, struct str text,
                  struct value v)
{
    char path[1 << 12];
    struct checker c = {.w = w, .format = format, .text = text};
    /* A jump frees nothing, and paths are short. */
    c.path = (struct buf){path, 0, sizeof path, &w->fault, LIMIT_COUNT};
    c.all = format == DATA_JSON || str_find(text, STR("<<"), 0) == STR_NONE;
    c.places = places_new(&w->arena, format, text, v);
    check_all(&c, v);
}
