/* SPDX-License-Identifier: MIT */
/* Strings whose bytes know where they came from: the texts of blocks, and what
 * was cut out of them; and strings that were made of such a text, which know
 * that much. A part of such a string is a slice of it, so it is found by its
 * address; the strings live as long as the run. They are kept only in a run
 * that records. */
#ifndef STAGEPP_EVAL_TRACED_H
#define STAGEPP_EVAL_TRACED_H

#include "base/vec.h"
#include "eval/origin.h"

struct traced_text {
    struct str text;
    struct origins origins;    /* empty if it was made */
    const struct trace *chain; /* where the block stands */
    struct span made_of;       /* the text that it was made of; or nowhere */
};

/* A slice of a text. */
struct traced_part {
    const struct traced_text *t; /* NULL: of none */
    struct str text;
};

struct traced {
    bool on; /* the run records */
    VEC(struct traced_text *) list;
    VEC(const struct traced_text *) texts; /* by their addresses */
    size_t made;                           /* bytes of what was made */
    struct traced_part print;              /* what was printed last */
};

/* A list of origins that is to be filled, of a text that stands there. */
struct traced_text *traced_add(struct traced *p, struct arena *a,
                               const struct trace *chain);
/* Its text is s, which is not empty, and its slices can be found. */
void traced_set(struct traced *p, struct arena *a, struct traced_text *t,
                struct str s);
/* The text that s, which is not empty, is a slice of; NULL: none. */
const struct traced_text *traced_find(const struct traced *p, struct str s);
/* The origins of s, a slice of t, go to the end of `to`. Links lead to chain
 * instead of to where the block stands, and come from a. */
void traced_copy(struct arena *a, struct origins *to,
                 const struct traced_text *t, struct str s,
                 const struct trace *chain);
/* s as a part of the text that it is a slice of. */
struct traced_part traced_part(const struct traced *p, struct str s);
/* s, which was made of a part, as a string that is known to be; s itself if it
 * is a slice, or the part is of no text. */
struct str traced_make(struct traced *p, struct arena *a,
                       struct traced_part part, struct str s);
/* Frees what is not in an arena. */
void traced_free(struct traced *p);

#endif
