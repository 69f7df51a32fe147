/* SPDX-License-Identifier: MIT */
/* Parameters that nothing uses. */
#ifndef STAGEPP_LANG_UNUSED_H
#define STAGEPP_LANG_UNUSED_H

#include "lang/ast.h"

/* True if nothing that d does can depend on p, a parameter of it: neither d nor
 * another definition of that macro in its file names it, and it has no name
 * that is there not to be used. */
bool unused_parameter(const struct names *names, const struct file *file,
                      const struct node_define *d, const struct param *p);
/* True if nothing in file reads or sets a variable of that name; the files
 * that it includes are not looked at. */
bool unused_variable(const struct names *names, const struct file *file,
                     name_id name);

/* What the text of d has, in the manner of m4, the shell, Jinja or make, where
 * p was probably meant; len 0: nothing of the kind. Memory is of a. */
struct loc unused_meant(struct arena *a, const struct names *names,
                        const struct node_define *d, const struct param *p);

#endif
