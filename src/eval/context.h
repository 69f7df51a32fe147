/* SPDX-License-Identifier: MIT */
/* What everybody who evaluates shares: the memory of the run, where the walk
 * is, and how to report. It is all that builtins see. */
#ifndef STAGEPP_EVAL_CONTEXT_H
#define STAGEPP_EVAL_CONTEXT_H

#include "base/rx.h"
#include "eval/place.h"
#include "eval/scope.h"
#include "eval/traced.h"
#include "eval/value.h"
#include "eval/watch.h"
#include "library/program.h"

/* A file that was read by data() or for --data. */
struct data_file {
    struct source *source;
    struct value value;
    enum data_format format;
    struct places *places; /* NULL: nobody has asked for them */
};

struct builtins;

struct context {
    struct arena *run; /* lives as long as the run's results */
    struct arena *scratch;
    struct fault *fault;
    struct names *names;
    struct diags *diags;
    struct rx_cache *rx;
    struct program *program;
    struct builtins *builtins;
    /* Reports what error() says, whose call is at loc. */
    void (*fail)(struct context *cx, struct loc loc, struct str text);
    /* Where the walk is. */
    struct source *source;     /* file of the node being expanded */
    const struct trace *chain; /* how it came here */
    struct loc at;             /* statement being expanded: for limits */
    struct scope *scope;
    /* Kept through the run. */
    struct buf work;            /* strings being built, a stack */
    VEC(struct data_file) data; /* see eval/data.h */
    struct traced traced;
    struct watches watches;
};

/* A position in the file being expanded. */
static inline struct span context_span(const struct context *cx, struct loc loc)
{
    return (struct span){cx->source, loc.off, loc.len};
}

/* Reports at loc of the current file with the call chain; returns false. */
bool context_error(struct context *cx, enum diag_id id, struct loc loc,
                   const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* What was put together in cx->work from `mark` on, as a copy that lives as
 * long as the results; work is then as it was at the mark. */
struct str context_take(struct context *cx, size_t mark);
/* Counts n steps; jumps at LIMIT_STEPS. */
static inline void context_steps(struct context *cx, uint64_t n)
{
    fault_steps(cx->fault, n);
}

#endif
