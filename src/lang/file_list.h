/* SPDX-License-Identifier: MIT */
/* Files, each once, for those who follow from one to the next while the list
 * grows. */
#ifndef STAGEPP_LANG_FILE_LIST_H
#define STAGEPP_LANG_FILE_LIST_H

#include "lang/ast.h"

typedef VEC(const struct file *) file_list;

static inline void file_list_add(struct arena *a, file_list *list,
                                 const struct file *file)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == file)
            return;
    vec_push(a, list, file);
}

#endif
