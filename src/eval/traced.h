/* SPDX-License-Identifier: MIT */
/* Strings whose bytes know where they came from: the texts of blocks, and what
 * was cut out of them. A part of such a string is a slice of it, so it is found
 * by its address; the strings live as long as the run. They are kept only in a
 * run that records. */
#ifndef STAGEPP_EVAL_TRACED_H
#define STAGEPP_EVAL_TRACED_H

#include "base/vec.h"
#include "eval/origin.h"

struct traced_text {
    struct str text;
    struct origins origins;
    const struct trace *chain; /* where the block stands */
};

struct traced {
    bool on; /* the run records */
    VEC(struct traced_text *) list;
};

/* An empty text with a list of origins that is to be filled. */
struct traced_text *traced_add(struct traced *p, struct arena *a,
                               const struct trace *chain);
/* The text that s, which is not empty, is a slice of; NULL: none. */
const struct traced_text *traced_find(const struct traced *p, struct str s);
/* The origins of s, a slice of t, go to the end of `to`. What stands in the
 * block itself gets chain instead of the block's. */
void traced_copy(struct origins *to, const struct traced_text *t, struct str s,
                 const struct trace *chain);
/* Frees what is not in an arena. */
void traced_free(struct traced *p);

#endif
