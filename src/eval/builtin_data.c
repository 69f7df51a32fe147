/* SPDX-License-Identifier: MIT */
/* Builtins that read files, and JSON into values. */
#include "eval/builtin_data.h"

#include "eval/eval.h"

/* A value being built; the containers that are open form a stack. */
struct level {
    struct level *up;
    struct value value;
    struct str key; /* of the next member */
};

struct builder {
    struct arena *arena;
    struct level *open;
    struct level *spare; /* levels that were closed */
    struct map keys;     /* the same ones come again and again */
    struct value result;
};

static void add(struct builder *b, struct value v)
{
    struct level *l = b->open;
    if (!l)
        b->result = v;
    else if (l->value.type == VALUE_MAP)
        value_map_set(&l->value, l->key, v);
    else
        l->value = value_list_add(b->arena, l->value, v);
}

static void on_null(void *ctx)
{
    add(ctx, value_null());
}

static void on_bool(void *ctx, bool value)
{
    add(ctx, value_bool(value));
}

static void on_int(void *ctx, int64_t value)
{
    add(ctx, value_int(value));
}

static void on_str(void *ctx, struct str value)
{
    struct builder *b = ctx;
    add(b, value_str(arena_str(b->arena, value)));
}

static void on_begin(void *ctx, bool is_map, size_t n)
{
    struct builder *b = ctx;
    struct level *l = b->spare;
    if (l)
        b->spare = l->up;
    else
        l = arena_new(b->arena, struct level);
    l->up = b->open;
    l->value = is_map ? value_map_new_for(b->arena, (uint32_t)n)
                      : value_list_new(b->arena, (uint32_t)n);
    b->open = l;
}

static void on_key(void *ctx, struct str key)
{
    struct builder *b = ctx;
    uint32_t i = map_find(&b->keys, key);
    if (i == MAP_NONE)
        i = map_put(&b->keys, b->arena, arena_str(b->arena, key), NULL);
    b->open->key = b->keys.keys[i];
}

static void on_end(void *ctx, bool is_map)
{
    struct builder *b = ctx;
    struct level *l = b->open;
    (void)is_map;
    b->open = l->up;
    l->up = b->spare;
    b->spare = l;
    add(b, l->value);
}

bool data_from_json(struct arena *a, struct str text, struct value *out,
                    struct json_error *err)
{
    static const struct json_events events = {on_null,  on_bool, on_int, on_str,
                                              on_begin, on_key,  on_end};
    struct builder b = {.arena = a};
    if (!json_parse(a, text, &events, &b, err))
        return false;
    *out = b.result;
    return true;
}

/* --- files --- */

/* The source of the file that argument 0 names; NULL after an error. */
static struct source *open_file(struct builtin_call *c)
{
    struct eval *ev = c->ev;
    struct source *found;
    struct resolve_request q = {
        .from = ev->source,
        .path = value_text(c->args[0]),
        .at = eval_span(ev, c->call->e.loc),
        .chain = ev->chain,
    };
    if (resolve_read(ev->program->loader->resolver, &q, &found) !=
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
    struct eval *ev = c->ev;
    struct json_error err;
    struct source *s = open_file(c);
    if (!s)
        return false;
    for (uint32_t i = 0; i < ev->data.n; i++)
        if (ev->data.at[i].source == s) {
            *result = ev->data.at[i].value;
            return true;
        }
    if (!data_from_json(ev->run, s->text, result, &err)) {
        struct span at = {s, (uint32_t)err.offset, 1};
        struct diag *d =
            diag_report(ev->diags, DIAG_JSON, at, ev->chain, "%s", err.message);
        diag_note(ev->diags, d, eval_span(ev, c->call->e.loc),
                  "the file is read here");
        return false;
    }
    struct data_file known = {s, *result};
    vec_push(ev->run, &ev->data, known);
    return true;
}
