/* SPDX-License-Identifier: MIT */
/* Builtins that read files, and JSON into values. */
#include "eval/builtin_data.h"

#include "eval/builtin.h"

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
    case JSON_ARRAY:
        begin(b, value_list_new(b->arena, 0));
        break;
    case JSON_OBJECT:
        begin(b, value_map_new(b->arena));
        break;
    case JSON_KEY:
        b->open.at[b->open.n - 1].key = text;
        break;
    case JSON_END:
        b->open.n--;
        add(b, b->open.at[b->open.n].value);
        break;
    }
}

bool data_from_json(struct arena *a, struct str text, struct value *out,
                    struct json_error *err)
{
    struct builder b = {.arena = a};
    if (!json_read(a, text, JSON_STRICT, on_event, &b, err))
        return false;
    *out = b.result;
    return true;
}

/* --- files --- */

/* The source of the file that argument 0 names; NULL after an error. */
static struct source *open_file(struct builtin_call *c)
{
    struct context *cx = c->cx;
    struct source *found;
    struct resolve_request q = {
        .from = cx->source,
        .path = value_text(c->args[0]),
        .at = context_span(cx, c->call->e.loc),
        .chain = cx->chain,
    };
    if (resolve_read(cx->program->loader->resolver, &q, &found) !=
        RESOLVE_FOUND)
        return NULL;
    return found;
}

bool builtin_text(struct builtin_call *c, struct value *result)
{
    struct source *s = open_file(c);
    if (s)
        *result = value_str(s->text);
    return s != NULL;
}

bool builtin_data(struct builtin_call *c, struct value *result)
{
    struct context *cx = c->cx;
    struct json_error err;
    struct source *s = open_file(c);
    if (!s)
        return false;
    for (uint32_t i = 0; i < cx->data.n; i++)
        if (cx->data.at[i].source == s) {
            *result = cx->data.at[i].value;
            return true;
        }
    if (!data_from_json(cx->run, s->text, result, &err)) {
        struct span at = {s, (uint32_t)err.offset, 1};
        struct diag *d =
            diag_report(cx->diags, DIAG_JSON, at, cx->chain, "%s", err.message);
        diag_note(cx->diags, d, context_span(cx, c->call->e.loc),
                  "the file is read here");
        return false;
    }
    struct data_file known = {s, *result};
    vec_push(cx->run, &cx->data, known);
    return true;
}
