/* SPDX-License-Identifier: MIT */
#include "world.h"

void world_init(struct world *w)
{
    memset(w, 0, sizeof *w);
    limit_defaults(&w->fault.limits);
    w->fault.limits.max[LIMIT_STEPS] = 5000;
    w->fault.limits.max[LIMIT_DEPTH] = 50;
    w->fault.limits.max[LIMIT_VALUE] = 1 << 16;
    w->fault.limits.max[LIMIT_OUTPUT] = 1 << 16;
    w->fault.limits.max[LIMIT_MEMORY] = 16 << 20;
    w->fault.limits.max[LIMIT_MATCH] = 10000;
    w->fault.limits.max[LIMIT_NESTING] = 60;
    w->fault.limits.max[LIMIT_JSON] = 40;
    w->fault.seed = 1;
    arena_init(&w->arena, &w->fault);
    arena_init(&w->work, &w->fault);
}

/* Most of the work of setting up a world is the words of the language and the
 * names of functions: that is done once, and each world gets a copy. */
static struct {
    struct world w;
    struct builtins *builtins; /* NULL: not made yet */
} model;

static void model_make(void)
{
    world_init(&model.w);
    name_init(&model.w.names, &model.w.arena);
    diag_init(&model.w.diags, &model.w.arena, &model.w.fault);
    model.builtins =
        builtin_new(&model.w.arena, &model.w.names, &model.w.diags);
    /* Ask now for what is only made at the first question. */
    for (name_id i = 0; i < model.w.names.map.n; i++)
        builtin_signature(model.builtins, i);
}

static void *copied(struct arena *a, const void *array, size_t n, size_t size)
{
    return memcpy(arena_array(a, n, size), array, n * size);
}

static struct names names_copy(struct arena *a, const struct names *from)
{
    struct names to = {a, from->map};
    struct map *m = &to.map;
    m->keys = copied(a, m->keys, m->cap, sizeof *m->keys);
    m->hashes = copied(a, m->hashes, m->cap, sizeof *m->hashes);
    if (m->slots)
        m->slots = copied(a, m->slots, m->nslots, sizeof *m->slots);
    return to;
}

void world_open(struct world *w, struct str text)
{
    if (!model.builtins)
        model_make();
    w->builtins = model.builtins;
    w->names = names_copy(&w->arena, &model.w.names);
    diag_init(&w->diags, &w->arena, &w->fault);
    w->source = source_new(&w->arena, SOURCE_BUFFER, STR("in"), text, 0);
}

void world_free(struct world *w)
{
    arena_free(&w->work);
    arena_free(&w->arena);
}

uint64_t world_diagnostics(struct world *w)
{
    uint64_t hash = FUZZ_HASH;
    for (uint32_t i = 0; i < w->diags.list.n; i++) {
        const struct diag *d = w->diags.list.at[i];
        promise(d->message.len > 0 || d->id == DIAG_USER_ERROR ||
                    d->id == DIAG_USER_WARNING,
                "a diagnostic says something");
        if (d->span.source)
            promise(d->span.off <= d->span.source->text.len &&
                        d->span.len <= d->span.source->text.len - d->span.off,
                    "a diagnostic is about bytes that there are");
        hash = fuzz_hash(hash, d->message) + d->id;
        hash = hash * 31 + d->span.off * 7 + d->span.len;
    }
    return hash;
}
