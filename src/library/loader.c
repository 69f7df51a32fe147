/* SPDX-License-Identifier: MIT */
/* The trees of a session, by the order numbers of their sources. */
#include "library/loader.h"

#include "lang/parser.h"

void loader_init(struct loader *l, struct arena *arena, struct arena *run,
                 struct names *names, struct diags *diags,
                 struct resolver *resolver)
{
    *l = (struct loader){.arena = arena,
                         .run = run,
                         .names = names,
                         .diags = diags,
                         .resolver = resolver};
}

/* True if the tree of an earlier run is what parsing would give in this one. */
static bool is_valid(const struct loader *l, const struct loaded *e)
{
    return e->file && !e->each_run &&
           e->file->nesting <= l->diags->fault->limits.max[LIMIT_NESTING];
}

/* A buffer's bytes are those of one run, and so is its tree. Whether parsing
 * has something to say is known only afterwards, so the first tree of such a
 * file lies in l->arena, and no later run uses it. */
static void parse(struct loader *l, struct loaded *e, struct source *source)
{
    bool each_run = e->file || source->kind == SOURCE_BUFFER;
    e->file =
        parser_parse(each_run ? l->run : l->arena, l->names, l->diags, source);
    /* The build has judged the names of what it compiled in. */
    e->file->judged = source->kind == SOURCE_COMPILED;
    e->each_run = each_run || e->file->said;
}

struct file *loader_load(struct loader *l, struct source *source)
{
    uint32_t run = l->resolver->sources->run;
    while (l->table.n <= source->order)
        vec_push(l->arena, &l->table, ((struct loaded){.file = NULL}));
    struct loaded *e = &l->table.at[source->order];
    if (e->run != run && !is_valid(l, e))
        parse(l, e, source);
    e->run = run;
    return e->file;
}
