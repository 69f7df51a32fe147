/* SPDX-License-Identifier: MIT */
/* In: what templates and libraries offer. Out: the same for programs, as JSON,
 * with the place of each definition. */
#include "driver/describe.h"

#include "base/json.h"

/* --- pieces --- */

static void add_place(struct json_writer *w, struct span at)
{
    uint32_t line, column;
    source_locate(at.source, at.off, &line, &column);
    json_str(w, "file", at.source->name);
    json_int(w, "line", line);
    json_int(w, "column", column);
}

static void add_items(struct json_writer *w, struct value items)
{
    if (items.type != VALUE_LIST) {
        json_null(w, "values");
        return;
    }
    json_open(w, "values", "[");
    for (uint32_t i = 0; i < items.len; i++) {
        struct value v = value_item(items, i);
        if (v.type == VALUE_INT)
            json_int(w, NULL, v.u.i);
        else if (v.type == VALUE_BOOL)
            json_bool(w, NULL, v.u.b);
        else if (v.type == VALUE_NULL)
            json_null(w, NULL);
        else
            json_str(w, NULL, value_text(v));
    }
    json_close(w, "]");
}

/* --- parameters --- */

static void add_param(struct json_writer *w, const struct described_param *p,
                      bool of_macro)
{
    json_open(w, NULL, "{");
    json_str(w, "name", p->name);
    json_str_or_null(w, "type", p->type);
    json_str_or_null(w, "meaning", p->words);
    json_bool(w, "required", p->required);
    json_str_or_null(w, "default", p->value);
    if (of_macro)
        json_str_or_null(w, "rest",
                         p->rest == REST_LIST  ? STR("list")
                         : p->rest == REST_MAP ? STR("map")
                                               : STR_ABSENT);
    else
        json_str_or_null(w, "choices", p->choices);
    add_items(w, p->items);
    json_str(w, "documentation", p->doc);
    add_place(w, p->at);
    json_close(w, "}");
}

void describe_json_params(struct buf *out, const described_params *params)
{
    struct json_writer w = {.out = out};
    json_open(&w, NULL, "[");
    for (uint32_t i = 0; i < params->n; i++) {
        json_line(&w, 2);
        add_param(&w, &params->at[i], false);
    }
    json_line(&w, 0);
    json_close(&w, "]\n");
}

/* --- libraries --- */

static void add_block(struct json_writer *w, const struct described_param *p)
{
    json_open(w, NULL, "{");
    json_str(w, "name", p->name);
    json_bool(w, "required", p->required);
    json_str_or_null(w, "default", p->value);
    json_str(w, "documentation", p->doc);
    add_place(w, p->at);
    json_close(w, "}");
}

static void add_macro(struct json_writer *w, const struct described_macro *m)
{
    json_open(w, NULL, "{");
    json_str(w, "name", m->name);
    json_str(w, "kind", m->is_function ? STR("function") : STR("macro"));
    json_str(w, "signature", m->signature);
    json_str_or_null(w, "deprecated", m->deprecated);
    json_str(w, "documentation", m->doc);
    add_place(w, m->at);
    json_open(w, "parameters", "[");
    for (uint32_t i = 0; i < m->params.n; i++) {
        json_line(w, 8);
        add_param(w, &m->params.at[i], true);
    }
    json_close(w, "]");
    json_open(w, "blocks", "[");
    for (uint32_t i = 0; i < m->blocks.n; i++) {
        json_line(w, 8);
        add_block(w, &m->blocks.at[i]);
    }
    json_close(w, "]}");
}

static void add_type(struct json_writer *w, const struct described_type *t)
{
    json_open(w, NULL, "{");
    json_str(w, "name", t->name);
    json_str(w, "type", t->type);
    json_str(w, "documentation", t->doc);
    add_place(w, t->at);
    json_close(w, "}");
}

static void add_variable(struct json_writer *w,
                         const struct described_variable *v)
{
    json_open(w, NULL, "{");
    json_str(w, "name", v->name);
    json_str_or_null(w, "type", v->type);
    json_str(w, "value", v->value);
    json_str(w, "documentation", v->doc);
    add_place(w, v->at);
    json_close(w, "}");
}

static void add_library(struct json_writer *w,
                        const struct described_library *l)
{
    json_open(w, NULL, "{");
    json_str(w, "path", l->path);
    json_str(w, "file", l->source->name);
    json_str_or_null(w, "name", l->name);
    json_str_or_null(w, "version", l->version);
    json_str(w, "documentation", l->doc);
    json_line(w, 4);
    json_open(w, "types", "[");
    for (uint32_t i = 0; i < l->types.n; i++) {
        json_line(w, 6);
        add_type(w, &l->types.at[i]);
    }
    json_close(w, "]");
    json_line(w, 4);
    json_open(w, "variables", "[");
    for (uint32_t i = 0; i < l->variables.n; i++) {
        json_line(w, 6);
        add_variable(w, &l->variables.at[i]);
    }
    json_close(w, "]");
    json_line(w, 4);
    json_open(w, "macros", "[");
    for (uint32_t i = 0; i < l->macros.n; i++) {
        json_line(w, 6);
        add_macro(w, &l->macros.at[i]);
    }
    json_close(w, "]}");
}

void describe_json_libraries(struct buf *out, const described_libraries *list)
{
    struct json_writer w = {.out = out};
    json_open(&w, NULL, "[");
    for (uint32_t i = 0; i < list->n; i++) {
        json_line(&w, 2);
        add_library(&w, &list->at[i]);
    }
    json_line(&w, 0);
    json_close(&w, "]\n");
}
