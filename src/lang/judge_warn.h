/* SPDX-License-Identifier: MIT */
/* What is right and yet perhaps not what was meant. */
#ifndef STAGEPP_LANG_JUDGE_WARN_H
#define STAGEPP_LANG_JUDGE_WARN_H

#include "lang/judge_table.h"

/* Parameters of d, in file, that hide a variable of the file, where a call or
 * the body may mean the variable. */
void judge_warn_shadowed(const struct judge_table *t, const struct file *file,
                         const struct node_define *d);
/* Parameters of the macros of file, whose names are good, on which nothing
 * depends. */
void judge_warn_unused(struct judge *j, const struct file *file);
/* A call, in file, of a library's macro whose documentation says that it is
 * deprecated, in all of its definitions. */
void judge_warn_deprecated(struct judge *j, const struct file *file,
                           const struct macro_def *m,
                           const struct expr_call *c);
/* Imports of root, and of the files that it includes, that nothing in them
 * uses. */
void judge_warn_imports(const struct judge *j, const struct file *root);

#endif
