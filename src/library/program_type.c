/* SPDX-License-Identifier: MIT */
/* In: the files of a program, their imports and includes linked. Out: for each
 * name of a type, the @type that it means. A file sees its own types; an
 * included file those of the files that include it as well. */
#include "library/program.h"

#include "lang/file_list.h"
#include "lang/type.h"

static bool set_target(const struct program *p, struct type_name *t,
                       const struct file *file)
{
    t->target = type_of_name(p->loader->names, file, t->name);
    t->file = t->target ? file : NULL;
    return t->target != NULL;
}

static void add_includers(struct program *p, file_list *list,
                          const struct file *of)
{
    for (uint32_t i = 0; i < p->files.n; i++) {
        const struct file *file = p->files.at[i];
        for (uint32_t k = 0; k < file->includes.n; k++)
            if (file->includes.at[k]->target == of)
                file_list_add(p->arena, list, file);
    }
}

/* A path may have been computed: then the template is the includer. */
static void link_in_includers(struct program *p, const struct file *of,
                              struct type_name *t)
{
    file_list list = {NULL, 0, 0};
    vec_push(p->arena, &list, of);
    for (uint32_t i = 0; i < list.n; i++) {
        if (set_target(p, t, list.at[i]))
            return;
        add_includers(p, &list, list.at[i]);
    }
    for (uint32_t i = 0; i < p->files.n; i++)
        if (p->files.at[i] == p->root)
            set_target(p, t, p->files.at[i]);
}

static void link_member(const struct program *p, const struct file *of,
                        struct type_name *t)
{
    for (uint32_t i = 0; i < of->imports.n; i++) {
        const struct node_import *n = of->imports.at[i];
        if (n->name == t->module && n->target && set_target(p, t, n->target))
            return;
    }
}

void program_link_types(struct program *p, struct file *file)
{
    for (uint32_t i = 0; i < file->type_uses.n; i++) {
        struct type_name *t = file->type_uses.at[i];
        t->target = NULL;
        t->file = NULL;
        if (t->module != NAME_NONE)
            link_member(p, file, t);
        else if (!set_target(p, t, file))
            link_in_includers(p, file, t);
    }
}
