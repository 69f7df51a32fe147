/* SPDX-License-Identifier: MIT */
/* Tree to text. One walk over the nodes writes straight into the current
 * output; expressions give values. Working memory lies in the scratch arena
 * and is given back at the end of each call, iteration and @file block, unless
 * something in it has escaped (see struct region). */
#ifndef STAGEPP_EVAL_EVAL_H
#define STAGEPP_EVAL_EVAL_H

#include "base/rx.h"
#include "eval/builtin.h"
#include "eval/output.h"
#include "eval/scope.h"
#include "eval/value.h"
#include "library/program.h"

/* A value from -D or --data for a @param. */
struct setting {
    name_id name;
    bool is_value; /* --data: value; else text is converted */
    bool bare;     /* -D NAME without a value */
    struct str text;
    struct value value;
    struct span span;      /* of the value */
    struct span name_span; /* of -D; for --data the file */
};

/* A JSON file that data() has read. */
struct data_file {
    struct source *source;
    struct value value;
};

typedef void eval_tracer(void *ctx, struct str line);

struct eval {
    /* The session's, set before eval_run. */
    struct arena *run; /* lives as long as the run's results */
    struct arena *scratch;
    struct fault *fault;
    struct names *names;
    struct diags *diags;
    struct rx_cache *rx;
    struct program *program;
    struct builtins *builtins;
    VEC(struct setting) settings;
    eval_tracer *tracer;
    void *tracer_ctx;
    const char *version; /* of stagepp, for __version__ */
    bool record;         /* where the bytes of the outputs come from */

    /* Where the walk is. */
    struct source *source;     /* file of the node being expanded */
    const struct trace *chain; /* how it came here */
    struct loc at;             /* statement being expanded: for limits */
    struct scope *scope;
    struct sink *sink;          /* where text goes */
    struct region *region;      /* newest piece of working memory */
    const struct expr *printed; /* what is being printed: for warnings */

    /* Kept through the run. */
    struct buf work;  /* strings being built, a stack */
    struct pad lines; /* lines being re-indented */
    struct pad whole; /* an output with its deferred texts */
    struct outputs outputs;
    VEC(struct defer *) defers;
    VEC(struct module *) modules;
    VEC(struct data_file) data;
    VEC(struct source *) includes; /* open now, for cycles */
    uint64_t regions;              /* ids given so far */
    uint32_t depth;                /* calls and includes: LIMIT_DEPTH */
    uint32_t level;                /* every recursion of the evaluator */
    bool in_file;                  /* an @file is open */
    bool deferring;                /* the bodies of @defer are being expanded */
    name_id name_body, name_loop;
};

/* Expands ev->program into ev->outputs; false if errors were reported. */
bool eval_run(struct eval *ev);

/* Frees what is not in an arena. */
void eval_free(struct eval *ev);

/* The value of an expression; false after an error (reported). */
bool eval_expr(struct eval *ev, const struct expr *e, struct value *out);
/* The truth of a value at e; false (return) after an error, such as a string
 * that spells a boolean. */
bool eval_truth(struct eval *ev, const struct expr *e, struct value v,
                bool *truth);
/* A position in the file being expanded. */
struct span eval_span(const struct eval *ev, struct loc loc);
/* A sink that writes to p, at the start of an output. */
struct sink eval_sink(const struct eval *ev, struct pad *p);
/* The three below, in a run that records. */
void eval_record(struct eval *ev, enum origin_kind kind, uint32_t off,
                 uint32_t end);
void eval_record_made(struct eval *ev, uint32_t off, uint32_t end);
/* What was written since the last time came from loc of the file being
 * expanded. */
static inline void eval_wrote(struct eval *ev, enum origin_kind kind,
                              struct loc loc)
{
    if (ev->sink->origins)
        eval_record(ev, kind, loc.off, loc.off + loc.len);
}

/* It is bytes of the file being expanded, or the last ones of these. */
static inline void eval_wrote_text(struct eval *ev, struct str text)
{
    if (ev->sink->origins) {
        uint32_t off = (uint32_t)(text.ptr - ev->source->text.ptr);
        eval_record(ev, ORIGIN_TEXT, off, off + (uint32_t)text.len);
    }
}

/* What ev->lines will be used to put in comes from [off, end) of the file. */
static inline void eval_makes(struct eval *ev, uint32_t off, uint32_t end)
{
    if (ev->sink->origins)
        eval_record_made(ev, off, end);
}

/* Reports at loc of the current file with the call chain; returns false. */
bool eval_error(struct eval *ev, enum diag_id id, struct loc loc,
                const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Begins a line of the trace with the place of loc, indented; eval_trace_end
 * takes it from there in ev->work and gives it to the tracer. */
size_t eval_trace_begin(struct eval *ev, struct loc loc);
void eval_trace_end(struct eval *ev, size_t mark);
/* Counts n steps; jumps at LIMIT_STEPS. */
static inline void eval_steps(struct eval *ev, uint64_t n)
{
    fault_steps(ev->fault, n);
}

/* --- between the parts of the evaluator --- */

/* The chain with one more link, for what begins at loc. */
static inline const struct trace *eval_link(struct eval *ev,
                                            enum trace_kind kind,
                                            struct str name, struct loc loc)
{
    /* Macros are called most; what records refer to lives as long as they. */
    bool passes = kind == TRACE_MACRO && !ev->record;
    struct trace *t = arena_alloc(passes ? ev->scratch : ev->run, sizeof *t);
    *t = (struct trace){
        .up = ev->chain,
        .kind = kind,
        .name = name,
        .at = eval_span(ev, loc),
        .depth = ev->chain ? ev->chain->depth + 1 : 1,
    };
    return t;
}

/* Levels of the evaluator's own recursion that one call or include may use
 * besides the nesting of the source: with the two limits at their ceilings the
 * C stack stays below 8 MiB. */
enum {
    LEVELS_PER_CALL = 6
};

/* One recursion deeper; jumps when the C stack is used up. */
static inline void eval_enter(struct eval *ev)
{
    const uint64_t *max = ev->fault->limits.max;
    if (++ev->level > max[LIMIT_DEPTH] * LEVELS_PER_CALL + max[LIMIT_NESTING])
        fault_raise(ev->fault, LIMIT_DEPTH);
}

static inline void eval_leave(struct eval *ev)
{
    ev->level--;
}

static inline void region_begin(struct eval *ev, struct region *r)
{
    r->up = ev->region;
    r->id = ++ev->regions;
    r->mark = arena_mark(ev->scratch);
    r->escaped = false;
    ev->region = r;
}

static inline void region_end(struct eval *ev, struct region *r)
{
    ev->region = r->up;
    if (!r->escaped)
        arena_rewind(ev->scratch, r->mark);
}

/* Everything bound in or below scope `s` must outlive its region. */
void region_escape(struct eval *ev, const struct scope *s);
/* v for a binding in scope, with nothing in working memory that is younger. */
struct value eval_keep(struct eval *ev, const struct scope *scope,
                       struct value v);
/* v with nothing in working memory at all. */
struct value eval_copy(struct eval *ev, struct value v);

/* Runs nodes with text going to ev->sink; false if anything was reported. */
bool eval_nodes(struct eval *ev, const struct node *nodes);
/* The same in a new scope below `up`. */
bool eval_block(struct eval *ev, const struct node *nodes, struct scope *up);
/* Runs nodes and catches their text as a string in the scratch arena. */
bool eval_caught(struct eval *ev, const struct node *nodes, struct value *out);
/* Writes the value of e as @{e} does: one final line end dropped. */
bool eval_print(struct eval *ev, const struct expr *e, struct buf *out);
/* Reports that v, the value of e, cannot be printed, and what would help. */
bool eval_not_printable(struct eval *ev, const struct expr *e, struct value v);
/* Reports unless `in` can be walked with one variable, or (pairs) two. */
bool eval_walks(struct eval *ev, struct value in, bool pairs, struct loc loc);
/* An insertion line. */
bool eval_insert(struct eval *ev, const struct node_insert *n);

/* A call as an expression. */
bool eval_call(struct eval *ev, const struct expr_call *call,
               struct value *out);
/* What call calls. */
struct callee {
    struct macro *macro; /* or */
    const struct builtin *builtin;
};
/* False (reported) if there is no such macro or function. */
bool callee_find(struct eval *ev, const struct expr_call *call,
                 struct callee *out);
/* Runs a text macro with its text going to ev->sink. body: the block of @call,
 * or NULL. */
bool call_text(struct eval *ev, const struct macro *m,
               const struct expr_call *call, const struct value *body);
/* The hoisted macros of a file, bound in scope. */
bool bind_defines(struct eval *ev, const struct file *file,
                  struct scope *scope);
bool bind_macro(struct eval *ev, struct scope *scope,
                const struct node_define *d);
/* Binds a new name, or says where the first binding is. */
bool bind_value(struct eval *ev, name_id name, struct value v, struct loc loc);
/* Directives about files and parameters (files.c, param.c). */
bool eval_include(struct eval *ev, const struct node_include *n);
bool eval_import(struct eval *ev, const struct node_import *n);
bool eval_file(struct eval *ev, const struct node_block *n);
bool eval_defer(struct eval *ev, const struct node_block *n);
/* Expands the bodies of all @defer blocks and puts them into the outputs. */
bool eval_deferred(struct eval *ev);
bool eval_param(struct eval *ev, const struct node_param *n);

#endif
