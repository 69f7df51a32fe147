/* SPDX-License-Identifier: MIT */
/* Files into trees, each parsed once a session, and the graph between them:
 * imports and includes with literal paths are followed before anything is
 * expanded. */
#ifndef STAGEPP_LIBRARY_LOADER_H
#define STAGEPP_LIBRARY_LOADER_H

#include "lang/ast.h"
#include "library/resolve.h"

/* What is known of a file; runs are those of the resolver. */
struct loaded {
    struct file *file; /* NULL: not parsed */
    uint32_t parsed;   /* run that parsed it */
    uint32_t used;     /* run that asked for it last */
    uint32_t linked;   /* run that linked it last */
    uint32_t walked;   /* run that looked for circles through it */
    bool open;         /* on the chain of imports being walked */
    uint32_t judged;   /* run that checked it as a library … */
    bool good_library; /* … and the verdict */
};

struct loader {
    struct arena *arena; /* trees; lives as long as the session */
    struct names *names;
    struct diags *diags;
    struct resolver *resolver;
    VEC(struct loaded) table; /* by source->order */
};

void loader_init(struct loader *l, struct arena *arena, struct names *names,
                 struct diags *diags, struct resolver *resolver);
/* The tree of source (registered with the resolver). Never NULL; file->failed
 * tells of syntax errors, which are reported again in each run. */
struct file *loader_load(struct loader *l, struct source *source);
/* The i-th file of the table, if this run has reached it; else NULL. */
struct file *loader_reached(const struct loader *l, uint32_t i);
/* Follows the imports and literal includes of root, all the way, and sets
 * their targets. What cannot be found stays NULL and is reported when it is
 * reached. False after syntax errors, circular imports and libraries with text
 * in them (reported). */
bool loader_link(struct loader *l, struct file *root);
/* True if file holds only what a library may; else reported. */
bool loader_check_library(struct loader *l, struct file *file);
/* The library of an @import in `from` that is reached, linked; NULL after an
 * error (reported). */
struct file *loader_import(struct loader *l, struct source *from,
                           const struct node_import *n,
                           const struct trace *chain);
/* The file of an @include or @sinclude in `from` that is reached, linked; n's
 * path has the value path. NULL: *status says whether it is missing (reported
 * unless @sinclude) or failed (reported). */
struct file *loader_include(struct loader *l, struct source *from,
                            const struct node_include *n, struct str path,
                            const struct trace *chain,
                            enum resolve_status *status);

#endif
