/* SPDX-License-Identifier: MIT */
#include "lang/where.h"

#include "lang/file_list.h"

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
