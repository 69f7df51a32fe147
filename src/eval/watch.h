/* SPDX-License-Identifier: MIT */
/* Arguments of the template that a macro never reads. Each call that gives
 * something by name (an argument or an @block) is watched over all its rounds:
 * the bindings of its parameters refer to it, and tell it when they are read
 * for the first time. What was given and not read until the end of the run is
 * warned of. A call without names is not looked at, and one that was read
 * everything of is not watched any longer. */
#ifndef STAGEPP_EVAL_WATCH_H
#define STAGEPP_EVAL_WATCH_H

#include "eval/scope.h"
#include "lang/signature.h"

struct context;
struct watch;

/* Instead of the place of a call in the list: nothing is left to find out. */
#define WATCH_ENDED UINT32_MAX

/* By the numbers of the calls of a file: where in the list, from 1; or 0. */
struct watch_numbers {
    uint32_t *at;
    uint32_t n, cap;
};

struct watches {
    VEC(struct watch *) list;
    VEC(struct watch_numbers) files; /* by source->order */
};

/* True if the call, which stands in source, need not be watched. */
static inline bool watch_ended(const struct watches *all,
                               const struct source *source,
                               const struct expr_call *call)
{
    if (!call->number || source->order >= all->files.n)
        return !call->number;
    const struct watch_numbers *f = &all->files.at[source->order];
    return call->number < f->n && f->at[call->number] == WATCH_ENDED;
}

/* A round of a call that has a number, and stands in source: it gives slots to
 * m, whose scope is to tell when they are read. */
void watch_round(struct context *cx, struct source *source,
                 const struct expr_call *call, const struct node_insert *blocks,
                 const struct macro *m, const struct value *slots,
                 struct scope *scope);
/* The binding is read. */
void watch_read(struct watches *all, struct binding *b);
/* The call ended in an error: nobody knows what it would have read. */
void watch_failed(struct context *cx, const struct expr_call *call);
/* Warns of what was never read in the run. */
void watch_report(struct context *cx);

#endif
