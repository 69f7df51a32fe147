/* SPDX-License-Identifier: MIT */
/* Sources into trees, each parsed once a session. */
#ifndef STAGEPP_LIBRARY_LOADER_H
#define STAGEPP_LIBRARY_LOADER_H

#include "lang/ast.h"
#include "library/resolve.h"

struct loaded {
    struct file *file; /* NULL: not parsed */
    uint32_t run;      /* the resolver's run that parsed it */
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
 * tells of syntax errors. A file with errors is parsed anew in each run, so
 * that they are reported in each. */
struct file *loader_load(struct loader *l, struct source *source);

#endif
