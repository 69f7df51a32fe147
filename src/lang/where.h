/* SPDX-License-Identifier: MIT */
/* Where a name is bound, for the message that it is not seen where it is
 * used. */
#ifndef STAGEPP_LANG_WHERE_H
#define STAGEPP_LANG_WHERE_H

#include "lang/ast.h"

/* Where root, or a file that it includes by a literal path, first binds name,
 * as a macro or else as a variable; false when it does not. */
bool where_bound(struct arena *a, const struct file *root, name_id name,
                 bool macro, struct span *out);
/* The innermost block of file, other than an @if, that holds what is at `off`;
 * NULL: the level of the file. */
const struct node *where_block(const struct file *file, uint32_t off);
/* True if file binds a variable there with @let or @param. */
bool where_is_line(const struct file *file, uint32_t off);

/* True if file itself defines a macro of that name. */
bool where_defines(const struct file *file, name_id name);

#endif
