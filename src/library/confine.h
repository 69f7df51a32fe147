/* SPDX-License-Identifier: MIT */
/* What may be read with --root: only what lies in the root or in a directory
 * of -I once all links are followed. */
#ifndef STAGEPP_LIBRARY_CONFINE_H
#define STAGEPP_LIBRARY_CONFINE_H

#include "base/vec.h"
#include "source/source.h"

enum confine_verdict {
    CONFINE_INSIDE,
    CONFINE_MISSING, /* nothing is there, but what would be is inside */
    CONFINE_OUTSIDE,
    CONFINE_ERROR /* see err */
};

struct confine_dir {
    struct str path; /* as given */
    struct str real; /* without links; empty when it does not exist, or there
                      * is no root */
    int opened;      /* 1 + its descriptor; 0: none */
};

struct confine {
    struct confine_dir root;      /* path.ptr NULL: everything may be read */
    VEC(struct confine_dir) dirs; /* -I, in order */
};

/* Where a file is that lies inside, for file_read_below. */
struct confine_place {
    int dir;
    const char *path;
    int err;
};

/* Nothing outside dir and the other directories is read from now on; ptr NULL
 * ends that. False when dir is not a directory that can be opened. */
bool confine_set_root(struct confine *c, struct arena *a, struct str dir);
/* One more directory, whether it exists or not; a's strings stay. */
void confine_add_dir(struct confine *c, struct arena *a, struct str dir);
/* Closes what is open. */
void confine_end(struct confine *c);
/* Follows all links of name. */
enum confine_verdict confine_find(const struct confine *c, struct arena *a,
                                  struct str name, struct confine_place *out);
/* The same by the text alone, for names that are no files. */
enum confine_verdict confine_judge(const struct confine *c, struct arena *a,
                                   struct str name);

#endif
