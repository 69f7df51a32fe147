/* SPDX-License-Identifier: MIT */
/* Sources into trees. A file is parsed once a session, unless parsing it has
 * something to say: that belongs to a run, and is said in each. */
#ifndef STAGEPP_LIBRARY_LOADER_H
#define STAGEPP_LIBRARY_LOADER_H

#include "lang/ast.h"
#include "library/resolve.h"

struct loaded {
    struct file *file; /* NULL: not parsed */
    uint32_t run;      /* the last run that used it */
    bool each_run;     /* parsed in each run, into that run's arena */
};

struct loader {
    struct arena *arena; /* trees; lives as long as the session */
    struct arena *run;   /* trees of one run */
    struct names *names;
    struct diags *diags;
    struct resolver *resolver;
    VEC(struct loaded) table; /* by source->order */
};

void loader_init(struct loader *l, struct arena *arena, struct arena *run,
                 struct names *names, struct diags *diags,
                 struct resolver *resolver);
/* The tree of a registered source, for this run. Never NULL;
 * file->failed tells of syntax errors. */
struct file *loader_load(struct loader *l, struct source *source);

#endif
