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
    return (struct near){word, {NULL, 0}, STR_FAR};
}

/* True if name is nearer than all before. */
static inline bool near_offer(struct near *n, struct str name)
{
    if (!str_nearer(n->word, name, &n->distance))
        return false;
    n->best = name;
    return true;
}

#endif
