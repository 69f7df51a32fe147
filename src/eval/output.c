/* SPDX-License-Identifier: MIT */
#include "eval/output.h"

#include <fnmatch.h>

void outputs_init(struct outputs *o, struct arena *a, struct fault *fault,
                  const char *only)
{
    memset(o, 0, sizeof *o);
    o->arena = a;
    o->fault = fault;
    o->only = only;
    outputs_add(o, STR(""), source_nowhere);
}

bool outputs_claim(struct outputs *o, struct str path, struct span span,
                   struct span *first)
{
    bool added;
    uint32_t i = map_put(&o->paths, o->arena, path, &added);
    if (added)
        vec_push(o->arena, &o->places, span);
    else
        *first = o->places.at[i];
    return added;
}

bool outputs_match(const char *only, const char *path)
{
    return fnmatch(only, path, 0) == 0;
}

bool outputs_wants(const struct outputs *o, const char *path)
{
    return !o->only || outputs_match(o->only, path);
}

struct output *outputs_add(struct outputs *o, struct str path, struct span span)
{
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
