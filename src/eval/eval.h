/* SPDX-License-Identifier: MIT */
/* Tree to text. One walk over the nodes writes straight into the current
 * output; expressions give values. Above what builtins see (eval/context) this
 * is the walk's own state, and what its parts do for one another. They refer to
 * one another as the tree does (a call holds expressions and runs nodes, nodes
 * hold calls):
 *
 *   eval.c           the nodes: text, values, @if, @join, messages
 *   eval_insert.c    insertion lines
 *   eval_almost.c    lines that look like them
 *   eval_include.c   @include, @import
 *   eval_output.c    @file, @defer
 *   eval_island.c    @set, and how it is undone at the end of an @file
 *   eval_param.c     @param
 *   eval_call.c      calls
 *   eval_bind.c      arguments to parameters
 *   eval_expr.c      expressions
 *   eval_access.c    keys, indices, loop.index, library.name
 *   eval_loop.c      @for and comprehensions
 *   eval_operator.c  arithmetic, comparisons, and, or, not
 *   eval_block.c     the blocks of @call
 *   eval_blame.c     whose mistake it is, @error, @warn
 *   eval_type.c      typed names: what is said of a value that does not fit
 *   eval_sight.c     names that are not bound where they are used
 *   eval_keep.c      values that outlive the memory they were made in */
#ifndef STAGEPP_EVAL_EVAL_H
#define STAGEPP_EVAL_EVAL_H

#include "eval/builtin.h"
#include "eval/data.h"
#include "eval/output.h"
#include "eval/sink.h"
#include "lang/shape.h"

/* A value from -D or --data for a @param. */
struct setting {
    name_id name;
    bool is_value; /* --data: value; else text is converted */
    bool bare;     /* -D NAME without a value */
    struct str text;
    struct value value;
    struct str file;       /* --data: the path, as it was given */
    struct span span;      /* of the value */
    struct span name_span; /* of -D; for --data the file */
};

/* The list of a `T in LIST`, which was worked out. */
struct type_list {
    const struct type_in *type;
    const struct scope *file; /* NULL before the run, when all scopes of a file
                                 have the same in them */
    uint64_t region;   /* of file, whose memory may be somebody else's later;
                          before the run how many files the program had */
    struct value list; /* before the run BAD if it is not known */
};

/* What a value was found to be, while that may be asked again: see type.c. */
struct fit_memory {
    struct map keys;
    VEC(uint8_t) answers;
    uint32_t open;  /* questions that use it */
    uint32_t named; /* unions that have a name, in each other */
};

typedef void eval_tracer(void *ctx, struct str line);

/* What a variable that is older than the open @file held before it. */
struct saved {
    struct scope *scope;
    name_id name;
    struct value value;
    struct span set; /* the first @set of it there */
};

/* An @file block that is being expanded: what happens in it is undone at its
 * end, so that no output depends on another. Before it there were so many
 * modules, deferred bodies and lists of types. */
struct island {
    struct region region;
    uint32_t modules, defers, type_lists;
    VEC(struct saved) saved;
};

/* A round of @for that is under way; the innermost first. In the arena of its
 * scope, so that a limit that is reached in it can tell. */
struct round {
    const struct round *up;
    const struct for_clause *clause;
    const struct scope *scope; /* of its variables */
};

struct eval {
    struct context cx;
    /* Set before eval_run. */
    VEC(struct setting) settings;
    eval_tracer *tracer;
    void *tracer_ctx;
    const char *version; /* of stagepp, for __version__ */
    bool record;         /* where the bytes of the outputs come from */

    /* Where the walk is. */
    struct sink *sink;             /* where text goes */
    struct region *region;         /* newest piece of working memory */
    const struct expr *printed;    /* what is being printed: for warnings */
    VEC(struct source *) includes; /* open now, for cycles */
    uint32_t depth;                /* calls and includes: LIMIT_DEPTH */
    uint32_t level;                /* every recursion of the evaluator */
    struct island *island;         /* the @file that is open, or NULL */
    struct output *output;         /* … and what it writes */
    bool deferring; /* the bodies of @defer outside of @file are expanded */
    uint32_t describing; /* types in a type that is put into words */
    bool judging;        /* before the run: literals are judged */
    uint32_t guessed;    /* how often what is not known did fit */
    bool unknown; /* a parameter without a value is not a mistake: what depends
                   * on it is passed over */
    bool rehearsing;               /* see eval_rehearse */
    const struct call_frame *call; /* the innermost macro that runs */
    const struct round *round;     /* see eval_round.c */
    struct blocks *blocks; /* of the innermost @call that is being expanded */
    uint64_t function;   /* region of the outermost function that runs; or 0 */
    struct value result; /* of the innermost function … */
    bool returned; /* … which has one, and ends; or an @error ended a macro */
    struct fit_memory fits;
    struct type_answers *answers; /* see type_answer.h; NULL: none yet */
    struct shape shape;           /* of the text of … */
    const struct source *shape_of;

    /* Kept through the run. */
    struct arena undone;   /* what must live until the end of the island */
    VEC(struct span) lost; /* lines with a @set that was undone */
    struct map lost_keys;  /* the same, to find them */
    struct map doubts;     /* names: see eval_doubt */
    struct pad lines;      /* lines being re-indented */
    struct pad whole;      /* an output with its deferred texts */
    struct outputs outputs;
    VEC(struct defer *) defers;
    VEC(struct module *) modules;
    VEC(struct type_list) type_lists;
    uint64_t regions; /* ids given so far */
    name_id name_loop;
};

/* Expands ev->cx.program into ev->outputs; false if errors were reported. */
bool eval_run(struct eval *ev);
/* Frees what is not in an arena. */
void eval_free(struct eval *ev);

/* A diag_moment; ctx: a struct eval that runs. */
void eval_note_rounds(void *ctx, struct diag *d);

/* --- reports, limits and the trace --- */

#define eval_error(ev, id, loc, ...) \
    context_error(&(ev)->cx, (id), (loc), __VA_ARGS__)

static inline struct span eval_span(const struct eval *ev, struct loc loc)
{
    return context_span(&ev->cx, loc);
}

static inline void eval_steps(struct eval *ev, uint64_t n)
{
    context_steps(&ev->cx, n);
}

/* The same of something that is wrong with v: see data_complain. */
#define eval_error_of(ev, id, loc, v, ...) \
    data_complain(&(ev)->cx, (id), (loc), (v), __VA_ARGS__)

#define eval_error_of_both(ev, id, loc, x, y, ...) \
    data_complain_both(&(ev)->cx, (id), (loc), (x), (y), __VA_ARGS__)

/* Gives the tracer what happens at loc, with its place and indented. */
void eval_trace(struct eval *ev, struct loc loc, struct str what);

/* --- into macros and files, and back --- */

/* Where the walk was. */
struct frame {
    struct source *source;
    const struct trace *chain;
    struct scope *scope;
    struct loc at;
};

/* The chain with one more link, for what begins at loc. */
const struct trace *eval_link(struct eval *ev, enum trace_kind kind,
                              struct str name, struct loc loc);
/* From `at` into source, below scope: one call or file deeper. */
struct frame eval_descend(struct eval *ev, enum trace_kind kind,
                          struct str name, struct loc at, struct source *source,
                          struct scope *scope);
void eval_ascend(struct eval *ev, struct frame from);

/* A macro that runs; its call stands in source. */
struct call_frame {
    const struct call_frame *up;
    const struct macro *macro;
    const struct expr_call *call;
    struct source *source;
    const struct trace *chain;        /* that led to the call */
    struct scope *scope;              /* where the call stands */
    const struct node_insert *blocks; /* the @call that it is; or NULL */
};

/* Text that is to become a value instead of going to an output. */
struct catch
{
    struct sink sink, *outer;
    size_t mark; /* in ev->cx.work */
};

/* From here on text goes to c. */
void eval_catch(struct eval *ev, struct catch *c);
/* What c has caught; text goes where it went before. */
struct value eval_caught(struct eval *ev, const struct catch *c);

/* Levels of the evaluator's own recursion that one call or include may use
 * besides the nesting of the source: with the two limits at their ceilings the
 * C stack stays below 8 MiB. */
enum {
    LEVELS_PER_CALL = 6
};

/* One recursion deeper; jumps when the C stack is used up. */
static inline void eval_enter(struct eval *ev)
{
    const uint64_t *max = ev->cx.fault->limits.max;
    if (++ev->level > max[LIMIT_DEPTH] * LEVELS_PER_CALL + max[LIMIT_NESTING])
        fault_raise(ev->cx.fault, LIMIT_DEPTH);
}

static inline void eval_leave(struct eval *ev)
{
    ev->level--;
}

/* --- working memory ---
 * It lies in the scratch arena. A region of it begins with each call, iteration
 * and @file block, and is given back at its end unless something in it has
 * escaped. */

static inline void eval_region_begin(struct eval *ev, struct region *r)
{
    r->up = ev->region;
    r->id = ++ev->regions;
    r->mark = arena_mark(ev->cx.scratch);
    r->escaped = false;
    ev->region = r;
}

static inline void eval_region_end(struct eval *ev, struct region *r)
{
    ev->region = r->up;
    if (!r->escaped)
        arena_rewind(ev->cx.scratch, r->mark);
}

/* Memory for what outlives all regions: until the end of the open island, or
 * of the run. */
static inline struct arena *eval_lasting(struct eval *ev)
{
    return ev->island ? &ev->undone : ev->cx.run;
}

/* The id of the newest region that lasts as long. */
static inline uint64_t eval_lasting_id(const struct eval *ev)
{
    return ev->island ? ev->island->region.id : 0;
}

/* Everything bound in or below scope `s` must outlive its region. */
void eval_region_escape(struct eval *ev, const struct scope *s);
/* v for a binding in scope: a copy if it would go before the scope does. */
struct value eval_keep(struct eval *ev, const struct scope *scope,
                       struct value v);
/* v with nothing in it that any region will give back, but for an island at its
 * end. */
struct value eval_copy(struct eval *ev, struct value v);
/* True if v, a list or map, is older than the newest region: what is appended
 * to it in place must be a copy. */
bool eval_outlived(const struct eval *ev, struct value v);
/* True if v, a string, list or map, is older than the open island: others may
 * append to it in place once that is undone, so nothing in it may. */
bool eval_sealed(const struct eval *ev, struct value v);

/* --- islands --- */

/* `i` is open from here on; text goes to output. */
void eval_island_begin(struct eval *ev, struct island *i,
                       struct output *output);
/* Everything is as it was before it, but for the text of its output. */
void eval_island_end(struct eval *ev);
/* b is read at loc, and there is more to it than its value: see watch.h; or the
 * value was set in an island and is undone (reported; false). */
bool eval_take_heed(struct eval *ev, struct binding *b, struct loc loc);

/* b is read at loc; false: it cannot be (reported). */
static inline bool eval_heed(struct eval *ev, struct binding *b, struct loc loc)
{
    return !b->heed || eval_take_heed(ev, b, loc);
}

/* --- where the bytes of an output come from --- */

/* A sink that writes to p, at the start of an output. */
struct sink eval_sink(const struct eval *ev, struct pad *p);
/* What was written since the last time came from loc of the file being
 * expanded. */
void eval_wrote(struct eval *ev, enum origin_kind kind, struct loc loc);
/* It is v, which the insertion at loc gave. */
void eval_wrote_value(struct eval *ev, struct value v, struct loc loc);
/* It is `text`, bytes of the file being expanded, or the last ones of them. */
void eval_wrote_text(struct eval *ev, struct str text);
/* What ev->lines will put in comes from [off, end) of the file. */
void eval_makes(struct eval *ev, uint32_t off, uint32_t end);

/* --- nodes --- */

/* Runs nodes with text going to ev->sink; false if anything was reported. */
bool eval_nodes(struct eval *ev, const struct node *nodes);
/* The same in a new scope below `up`. */
bool eval_block(struct eval *ev, const struct node *nodes, struct scope *up);
/* One node each. */
bool eval_insert(struct eval *ev, const struct node_insert *n);
/* Warns that a line that looks like the call c is text. */
void eval_warn_text(struct eval *ev, const struct expr_call *c);
bool eval_include(struct eval *ev, const struct node_include *n);
bool eval_import(struct eval *ev, const struct node_import *n);
bool eval_set(struct eval *ev, const struct node_let *n);
bool eval_file(struct eval *ev, const struct node_block *n);
bool eval_defer(struct eval *ev, const struct node_block *n);
bool eval_message(struct eval *ev, const struct node_message *n);
bool eval_return(struct eval *ev, const struct node_return *n);
bool eval_param(struct eval *ev, const struct node_param *n);
/* For a template that cannot be expanded: reports the parameters at the level
 * of the file that have no value. */
void eval_missing_params(const struct eval *ev, const struct file *file);
bool eval_loop(struct eval *ev, const struct node_for *n);
/* Expands the bodies of the @defer blocks outside of @file, and puts their
 * texts into the main output. */
bool eval_deferred(struct eval *ev);

/* --- expressions --- */

/* The value of an expression; false after an error (reported). */
bool eval_expr(struct eval *ev, const struct expr *e, struct value *out);
/* The same, of a string: `what` is one. */
bool eval_string(struct eval *ev, const struct expr *e, const char *what,
                 struct str *out);
/* The truth of v, the value of e; false (return) after an error, such as a
 * string that spells a boolean. */
bool eval_truth(struct eval *ev, const struct expr *e, struct value v,
                bool *truth);
/* The truth of e. */
bool eval_condition(struct eval *ev, const struct expr *e, bool *truth);
/* forgiving: a missing key or index, or a null on the way, gives null. */
bool eval_access(struct eval *ev, const struct expr_access *e, bool forgiving,
                 struct value *out);
bool eval_arith(struct eval *ev, const struct expr_chain *e, struct value *out);
bool eval_compare(struct eval *ev, const struct expr_chain *e,
                  struct value *out);
bool eval_logic(struct eval *ev, const struct expr_chain *e, struct value *out);
bool eval_comprehension(struct eval *ev, const struct expr_for *e,
                        struct value *out);
bool eval_unary(struct eval *ev, const struct expr_unary *e, struct value *out);
/* Writes the value of e as @{e} does: one final line end dropped. */
bool eval_print(struct eval *ev, const struct expr *e, struct buf *out);
/* Reports that v, the value of e, cannot be printed, and what would help. */
bool eval_not_printable(struct eval *ev, const struct expr *e, struct value v);

/* --- calls --- */

/* A call as an expression. */
bool eval_call(struct eval *ev, const struct expr_call *call,
               struct value *out);
/* What call calls. */
struct callee {
    struct macro *macro; /* or */
    const struct builtin *builtin;
};
/* False (reported) if there is no such macro or function. */
bool eval_callee(struct eval *ev, const struct expr_call *call,
                 struct callee *out);
/* Runs a text macro; its text goes to ev->sink. blocks: the @call, or NULL. */
bool eval_call_text(struct eval *ev, const struct macro *m,
                    const struct expr_call *call,
                    const struct node_insert *blocks);
/* Evaluates the arguments of call, and then the blocks, into slots: one a
 * parameter of sig, of which VALUE_BAD was not given. */
bool eval_bind_args(struct eval *ev, const struct signature *sig,
                    const struct expr_call *call,
                    const struct node_insert *blocks, struct value *slots);
/* Runs each macro of file once with parameters of which nothing is known:
 * reports what is wrong whoever calls it. */
void eval_rehearse(struct eval *ev, const struct file *file);
/* The hoisted macros of a file, bound in scope. */
bool eval_bind_defines(struct eval *ev, const struct file *file,
                       struct scope *scope);
bool eval_bind_macro(struct eval *ev, struct scope *scope,
                     const struct node_define *d);
/* Binds a new name, or says where the first binding is. */
bool eval_bind_value(struct eval *ev, name_id name, struct value v,
                     struct loc loc);

/* --- the blocks of @call --- */

struct block_text {
    name_id name;
    struct value text;
};

struct block_list {
    struct block_text *at;
    uint32_t n, cap;
};

/* Expands the blocks of n into list, and what stands beside them into *body; of
 * each, "" if it is only blank. */
bool eval_call_blocks(struct eval *ev, const struct node_insert *n,
                      struct block_list *list, struct value *body);
/* The blanks in front of the line n. */
struct str eval_line_indent(const struct eval *ev, const struct node_insert *n);
/* An @block, in the @call that is being expanded. */
bool eval_block_argument(struct eval *ev, const struct node_argument *n);

/* --- typed names --- */

/* Who is to blame for an argument: the call that frame->call is, at loc, which
 * may be the name of an @block. */
struct blame {
    const struct call_frame *frame;
    struct loc loc;
    name_id name;          /* of the parameter there */
    const struct arg *arg; /* the argument, or a list or map that has it; NULL:
                              only the call is known */
};

/* Where the value of a parameter of the innermost macro comes from (of a *rest,
 * item `item`; of a **rest, the one of that name). */
struct blame eval_blame(const struct eval *ev, const struct param *param,
                        uint32_t item, name_id name);
/* The same of a default of a library's macro that is nothing but another
 * parameter; frame is NULL if it is not. */
struct blame eval_blame_default(const struct eval *ev,
                                const struct param *param);
/* Of a **rest that map hands on: its signature (NULL: it is none), … */
const struct signature *eval_entry_outer(const struct eval *ev,
                                         const struct arg *map);
/* … and whether its entry of that name was an @block. */
bool eval_entry_is_block(const struct eval *ev, const struct arg *map,
                         name_id name);
/* Reports what is wrong with the entry of that name of a **map in call, which
 * is about to be made: there, or in the outer call that gave it. False. */
bool eval_blame_entry(struct eval *ev, const struct expr_call *call,
                      const struct arg *map, name_id name, struct str text);
/* Reports message there, at loc, with the callee's name before it if it is a
 * library's, and the message is not `bare`. */
struct diag *eval_report_blame(struct eval *ev, enum diag_id id,
                               const struct blame *p, struct loc loc,
                               struct str message, bool bare);
/* For struct context: what error() says. */
void eval_fail(struct context *cx, struct loc loc, struct str text);
/* Whether v may be bound to a typed parameter of m, which runs; reports.
 * given: it is not the default. */
bool eval_typed_param(struct eval *ev, const struct macro *m,
                      const struct param *param, struct value v, bool given);
/* The same for slots, the arguments of a builtin. */
bool eval_typed_builtin(struct eval *ev, const struct signature *sig,
                        const struct expr_call *call,
                        const struct value *slots);
/* The same for v, the value of e, and a name of the walk's file. */
bool eval_typed_value(struct eval *ev, const struct type *t, struct value v,
                      const struct expr *e, struct loc name);
/* The scope of the file that the walk is in. */
struct scope *eval_file_scope(const struct eval *ev);
/* Whether v is what e names; false (return) after an error. */
bool eval_is(struct eval *ev, const struct expr_type *e, struct value v,
             bool *is);

/* How many gaps the output has that is being written. */
uint32_t eval_gaps(struct eval *ev);
/* n gave less than it should, unless something in it, after the first `had`
 * gaps, says what; false. An @file lacks in no other output. */
bool eval_leave_gap(struct eval *ev, const struct node *n, uint32_t had);

#endif
