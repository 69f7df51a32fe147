/* SPDX-License-Identifier: MIT */
/* The trees of a session, by the order numbers of their sources. */
#include "library/loader.h"

#include "lang/parser.h"

void loader_init(struct loader *l, struct arena *arena, struct names *names,
                 struct diags *diags, struct resolver *resolver)
{
    *l = (struct loader){
        .arena = arena, .names = names, .diags = diags, .resolver = resolver};
}

struct file *loader_load(struct loader *l, struct source *source)
{
    uint32_t run = l->resolver->run;
    while (l->table.n <= source->order)
        vec_push(l->arena, &l->table, ((struct loaded){NULL, 0}));
    struct loaded *e = &l->table.at[source->order];
    if (!e->file || (e->file->failed && e->run != run)) {
        struct file *file = parser_parse(l->arena, l->names, l->diags, source);
        /* The build has judged the names of what it compiled in. */
        file->judged = source->kind == SOURCE_COMPILED;
        *e = (struct loaded){file, run};
    }
    return e->file;
}
