/* SPDX-License-Identifier: MIT */
/* Where a name is bound, for the message that it is not bound where it is used.
 * Only looked for once something is wrong, so nothing is kept for it. */
#include "lang/where.h"

#include "lang/visit.h"

typedef VEC(const struct file *) file_list;

struct search {
    name_id name;
    struct loc found;
    bool hit;
};

static void try_name(struct search *s, name_id name, struct loc loc)
{
    if (s->hit || name != s->name)
        return;
    s->found = loc;
    s->hit = true;
}

static void try_define(struct search *s, const struct node_define *d)
{
    for (uint32_t i = 0; i < d->signature.n; i++)
        try_name(s, d->signature.params[i].name, d->signature.params[i].loc);
}

static bool search_node(void *ctx, const struct node *n)
{
    struct search *s = ctx;
    if (n->kind == NODE_DEFINE)
        try_define(s, (const struct node_define *)n);
    if (n->kind == NODE_LET) {
        const struct node_let *let = (const struct node_let *)n;
        try_name(s, let->name, let->name_loc);
    } else if (n->kind == NODE_PARAM) {
        const struct node_param *param = (const struct node_param *)n;
        try_name(s, param->name, param->name_loc);
    } else if (n->kind == NODE_FOR) {
        const struct node_for *loop = (const struct node_for *)n;
        try_name(s, loop->var, loop->var_loc);
        try_name(s, loop->var2, loop->var2_loc);
    }
    return true;
}

static bool search_expr(void *ctx, const struct expr *e)
{
    struct search *s = ctx;
    if (e->kind == EXPR_LIST_FOR || e->kind == EXPR_MAP_FOR) {
        const struct expr_for *f = (const struct expr_for *)e;
        try_name(s, f->var, f->var_loc);
        try_name(s, f->var2, f->var2_loc);
    }
    return true;
}

/* A text may have any number of "@name(" lines: macros are looked up without
 * a walk. */
static void search_macros(struct search *s, const struct file *file)
{
    for (uint32_t i = 0; i < file->defines.n && !s->hit; i++)
        try_name(s, file->defines.at[i]->name, file->defines.at[i]->name_loc);
}

static void add(struct arena *a, file_list *list, const struct file *file)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == file)
            return;
    vec_push(a, list, file);
}

bool where_bound(struct arena *a, const struct file *root, name_id name,
                 bool macro, struct span *out)
{
    file_list files = {NULL, 0, 0};
    add(a, &files, root);
    for (uint32_t i = 0; i < files.n; i++) {
        const struct file *file = files.at[i];
        struct search s = {name, {0, 0}, false};
        struct visitor v = {&s, search_expr, search_node, 0};
        if (macro)
            search_macros(&s, file);
        else
            visit_nodes(&v, file->body);
        if (s.hit) {
            *out = (struct span){file->source, s.found.off, s.found.len};
            return true;
        }
        for (uint32_t k = 0; k < file->includes.n; k++)
            if (file->includes.at[k]->target)
                add(a, &files, file->includes.at[k]->target);
    }
    return false;
}
