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

/* True if file itself defines a macro of that name. */
bool where_defines(const struct file *file, name_id name);

#endif
