/* SPDX-License-Identifier: MIT */
/* Strings whose bytes know where they came from: the texts of blocks, and what
 * was cut out of them. A part of such a string is a slice of it, so it is found
 * by its address; the strings live as long as the run. They are kept only in a
 * run that records. */
#ifndef STAGEPP_EVAL_PLACED_H
#define STAGEPP_EVAL_PLACED_H

#include "base/vec.h"
#include "eval/origin.h"

struct placed_text {
    struct str text;
    struct origins origins;
    const struct trace *chain; /* where the block stands */
};

struct placed {
    bool on; /* the run records */
    VEC(struct placed_text *) list;
};

/* An empty text with a list of origins that is to be filled. */
struct placed_text *placed_add(struct placed *p, struct arena *a,
                               const struct trace *chain);
/* The text that s, which is not empty, is a slice of; NULL: none. */
const struct placed_text *placed_find(const struct placed *p, struct str s);
/* The origins of s, a slice of t, go to the end of `to`. What stands in the
 * block itself gets chain instead of the block's. */
void placed_copy(struct origins *to, const struct placed_text *t, struct str s,
                 const struct trace *chain);
/* Frees what is not in an arena. */
void placed_free(struct placed *p);

#endif
