/* SPDX-License-Identifier: MIT */
/* The texts of --bake-context, --bake-tag and --bake-arg, in which {path},
 * {dir} and {name} stand for something of a target. */
#ifndef STAGEPP_DRIVER_BAKE_PATTERN_H
#define STAGEPP_DRIVER_BAKE_PATTERN_H

#include "base/arena.h"
#include "base/map.h"

struct bake_target {
    struct str path; /* of the Dockerfile, from where bake runs */
    struct str dir;  /* it lies in, below the output directory */
    struct str name;
};

/* True if bake would find an expression in s. */
bool bake_pattern_has_expression(struct str s);
/* s, so that bake finds no expression in it. */
struct str bake_pattern_escape(struct arena *a, struct str s);
/* The pattern for a target, as bake is to see it. */
struct str bake_pattern_fill(struct arena *a, const char *pattern,
                             const struct bake_target *t);
/* The first placeholder that is not known; ptr NULL if all are. */
struct str bake_pattern_unknown(struct str pattern);
/* Adds the names of "${NAME}" in a pattern, except those that bake defines. */
void bake_pattern_variables(struct arena *a, struct map *names,
                            const char *pattern);

#endif
