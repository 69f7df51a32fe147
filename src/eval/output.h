/* SPDX-License-Identifier: MIT */
/* What an expansion gives: the main output, and one for each @file, of all or
 * (--only) of those that are wanted. */
#ifndef STAGEPP_EVAL_OUTPUT_H
#define STAGEPP_EVAL_OUTPUT_H

#include "base/map.h"
#include "eval/pad.h"

/* What errors left out of an output. */
struct gap {
    struct span at;
    bool lines; /* perhaps lines of any kind; else a part of the one it is in */
};

struct output {
    struct str path; /* "" is the main output */
    struct span span;
    int mode; /* its permission bits, if @file says them; else -1 */
    struct pad pad;
    VEC(struct gap) gaps;
};

enum {
    MOST_GAPS = 1000 /* kept of an output */
};

struct outputs {
    struct arena *arena;
    struct fault *fault;
    VEC(struct output *) list; /* [0] is the main output */
    size_t total;              /* bytes of the finished ones: LIMIT_OUTPUT */
    struct map paths;          /* of all, also of those that are not wanted */
    VEC(struct span) places;   /* where these were given */
    const char *only;          /* a glob that the wanted ones match, or NULL */
    bool no_main;              /* @file blocks and nothing else but blanks */
};

/* only must live as long as o. */
void outputs_init(struct outputs *o, struct arena *a, struct fault *fault,
                  const char *only);
/* Takes path for an @file; false if it is taken (*first is then where). */
bool outputs_claim(struct outputs *o, struct str path, struct span span,
                   struct span *first);
/* Whether the @file that has path is to be expanded. */
bool outputs_wants(const struct outputs *o, const char *path);
/* A new output. */
struct output *outputs_add(struct outputs *o, struct str path,
                           struct span span);
/* True if the path of an output, as it was written, matches the glob. */
bool outputs_match(const char *only, const char *path);
/* Frees the buffers. */
void outputs_free(struct outputs *o);
#endif
