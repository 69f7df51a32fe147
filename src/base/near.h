/* SPDX-License-Identifier: MIT */
/* The nearest of the names that are offered, for "did you mean". */
#ifndef STAGEPP_BASE_NEAR_H
#define STAGEPP_BASE_NEAR_H

#include "base/str.h"

struct near {
    struct str word; /* as it was written */
    struct str best; /* ptr NULL: none is near */
    unsigned distance;
};

static inline struct near near_start(struct str word)
{
    return (struct near){word, {NULL, 0}, ~0u};
}

/* "; did you mean 'x'?" at the end of a message, for an x that was found, and
 * else nothing: as a format, and the arguments of it. */
#define NEAR_FORMAT "%s%.*s%s"
#define NEAR_ARG(x) \
    (x).ptr ? "; did you mean '" : "", STR_ARG(x), (x).ptr ? "'?" : ""

/* True if name is a near miss (one edit up to five letters, else two, and not
 * all of it) and nearer than all before. */
static inline bool near_offer(struct near *n, struct str name)
{
    unsigned max = name.len <= 5 ? 1 : 2;
    unsigned d = str_distance(n->word, name, max);
    if (d > max || d >= n->distance || d >= name.len)
        return false;
    n->distance = d;
    n->best = name;
    return true;
}

#endif
