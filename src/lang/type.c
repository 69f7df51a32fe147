/* SPDX-License-Identifier: MIT */
/* The types of a file by name; and as people read them, as they were written.
 */
#include "lang/type.h"

#include "lang/written.h"

const struct node_type *type_of_name(const struct names *names,
                                     const struct file *file, name_id name)
{
    uint32_t i = map_find(&file->type_names, name_text(names, name));
    return i == MAP_NONE ? NULL : file->named_types.at[i];
}

void type_add(struct arena *a, const struct names *names, struct file *file,
              struct node_type *n)
{
    bool first;
    map_put(&file->type_names, a, name_text(names, n->name), &first);
    if (first)
        vec_push(a, &file->named_types, n);
    vec_push(a, &file->types, n);
}

struct str type_text(struct arena *a, const struct source *source,
                     const struct type *t)
{
    return written_line(a, str_slice(source->text, t->loc.off, t->loc.len));
}
