/* SPDX-License-Identifier: MIT */
#include "lang/where.h"

#include "lang/file_list.h"
#include "lang/visit.h"

/* The place in file that binds name; len 0 when there is none. */
static struct loc place_in(const struct file *file, name_id name, bool macro)
{
    for (uint32_t i = 0; macro && i < file->defines.n; i++)
        if (file->defines.at[i]->name == name)
            return file->defines.at[i]->name_loc;
    for (uint32_t i = 0; !macro && i < file->variables.n; i++)
        if (file->variables.at[i].name == name)
            return file->variables.at[i].loc;
    return (struct loc){0, 0};
}

bool where_defines(const struct file *file, name_id name)
{
    return place_in(file, name, true).len > 0;
}

static bool is_block(const struct node *n)
{
    return n->kind == NODE_FOR || n->kind == NODE_DEFINE ||
           n->kind == NODE_FILE || visit_body(n);
}

/* The last of the nodes that begins at `off` or before; NULL: none does. */
static const struct node *last_before(const struct node *n, uint32_t off)
{
    const struct node *last = NULL;
    for (; n && n->loc.off <= off; n = n->next)
        last = n;
    return last;
}

const struct node *where_block(const struct file *file, uint32_t off)
{
    const struct node *in = NULL, *n = last_before(file->body, off);
    while (n) {
        const struct node *body = visit_body(n);
        const struct arm *a =
            n->kind == NODE_IF ? ((const struct node_if *)n)->arms : NULL;
        if (is_block(n))
            in = n;
        for (; a; a = a->next)
            if (last_before(a->body, off))
                body = a->body;
        n = last_before(body, off);
    }
    return in;
}

bool where_is_line(const struct file *file, uint32_t off)
{
    struct str text = file->source->text;
    size_t from = str_line_start(text, off);
    struct str before = str_trim(str_slice(text, from, off - from));
    return (str_starts(before, STR("@let")) ||
            str_starts(before, STR("@param"))) &&
           str_chr(before, '=', 0) == STR_NONE;
}

bool where_bound(struct arena *a, const struct file *root, name_id name,
                 bool macro, struct span *out)
{
    file_list files = {NULL, 0, 0};
    file_list_add(a, &files, root);
    for (uint32_t i = 0; i < files.n; i++) {
        const struct file *file = files.at[i];
        struct loc loc = place_in(file, name, macro);
        *out = (struct span){file->source, loc.off, loc.len};
        if (loc.len)
            return true;
        for (uint32_t k = 0; k < file->includes.n; k++)
            if (file->includes.at[k]->target)
                file_list_add(a, &files, file->includes.at[k]->target);
    }
    return false;
}
