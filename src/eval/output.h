/* SPDX-License-Identifier: MIT */
/* What an expansion gives: the main output, and one for each @file. */
#ifndef STAGEPP_EVAL_OUTPUT_H
#define STAGEPP_EVAL_OUTPUT_H

#include "base/map.h"
#include "eval/pad.h"

struct output {
    struct str path; /* "" is the main output */
    struct span span;
    int mode; /* its permission bits, if @file says them; else -1 */
    struct pad pad;
};

struct outputs {
    struct arena *arena;
    struct fault *fault;
    VEC(struct output *) list; /* [0] is the main output */
    size_t total;              /* bytes of the finished ones: LIMIT_OUTPUT */
    struct map paths;          /* of list[1…] */
    bool no_main;              /* @file blocks and nothing else but blanks */
};

void outputs_init(struct outputs *o, struct arena *a, struct fault *fault);
/* A new output; NULL if path is taken (*first is then who has it). */
struct output *outputs_add(struct outputs *o, struct str path, struct span span,
                           struct output **first);
/* Frees the buffers. */
void outputs_free(struct outputs *o);
#endif
