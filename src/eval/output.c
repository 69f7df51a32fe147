/* SPDX-License-Identifier: MIT */
#include "eval/output.h"

void outputs_init(struct outputs *o, struct arena *a, struct fault *fault)
{
    memset(o, 0, sizeof *o);
    o->arena = a;
    o->fault = fault;
    outputs_add(o, STR(""), source_nowhere, NULL);
}

struct output *outputs_add(struct outputs *o, struct str path, struct span span,
                           struct output **first)
{
    bool added;
    uint32_t i = map_put(&o->paths, o->arena, path, &added);
    if (!added) {
        *first = o->list.at[i];
        return NULL;
    }
    struct output *out = arena_new(o->arena, struct output);
    out->path = path;
    out->span = span;
    out->mode = -1;
    pad_init(&out->pad, o->arena, o->fault, LIMIT_OUTPUT);
    vec_push(o->arena, &o->list, out);
    return out;
}

void outputs_free(struct outputs *o)
{
    for (uint32_t i = 0; i < o->list.n; i++)
        pad_free(&o->list.at[i]->pad);
    o->list.n = 0;
}
