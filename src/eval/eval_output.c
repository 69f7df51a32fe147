/* SPDX-License-Identifier: MIT */
/* The directives that write elsewhere: @file, and @defer, whose texts are put
 * in at the end. */
#include "eval/eval.h"

#include "base/path.h"

/* --- @defer --- */

/* A body that waits, and what it will see. */
struct defer {
    const struct node *body;
    struct scope *scope;
    struct source *source;
    const struct trace *chain;
    bool head, exempt;
    struct pad pad; /* its text, once expanded */
};

bool eval_defer(struct eval *ev, const struct node_block *n)
{
    struct sink *s = ev->sink;
    if (ev->rehearsing)
        return eval_block(ev, n->body, ev->cx.scope);
    if (!s->pad)
        return eval_error(
            ev, DIAG_MISPLACED, n->n.loc,
            "@defer is only allowed where text goes straight to an "
            "output: not in @join or @call, nor in a macro whose "
            "text is a value");
    struct arena *a = eval_lasting(ev);
    struct defer *d = arena_new(a, struct defer);
    d->body = n->body;
    d->scope = ev->cx.scope;
    d->source = ev->cx.source;
    d->chain = eval_link(ev, TRACE_DEFER, STR("defer"), n->n.loc);
    if (d->chain->depth > ev->cx.fault->limits.max[LIMIT_DEPTH])
        fault_raise(ev->cx.fault, LIMIT_DEPTH);
    d->head = s->head;
    d->exempt = s->exempt;
    pad_init(&d->pad, a, ev->cx.fault, LIMIT_OUTPUT);
    struct marker m = {.at = s->buf->len, .defer = ev->defers.n};
    vec_push(s->pad->arena, &s->pad->markers, m);
    vec_push(ev->cx.run, &ev->defers, d);
    /* What the body sees must live until the end. The call chain above it is
     * in working memory too. */
    eval_region_escape(ev, NULL);
    return true;
}

static bool run_defer(struct eval *ev, struct defer *d)
{
    struct sink sink = eval_sink(ev, &d->pad);
    sink.head = d->head;
    sink.after_directive = true;
    sink.exempt = d->exempt;
    ev->cx.source = d->source;
    ev->cx.chain = d->chain;
    ev->cx.scope = d->scope;
    ev->call = NULL;
    ev->sink = &sink;
    return eval_block(ev, d->body, d->scope);
}

static void copy(struct eval *ev, const struct pad *pad, size_t at, size_t len,
                 struct pad *to)
{
    buf_add(&to->text, str_slice(buf_str(&pad->text), at, len));
    if (ev->record)
        origins_copy(&to->origins, &pad->origins, at, len);
}

/* Copies pad's text to `to` with the deferred texts in their places. */
static void assemble(struct eval *ev, const struct pad *pad, struct pad *to)
{
    size_t done = 0;
    struct sink sink = eval_sink(ev, to);
    sink.pad = NULL; /* its markers are not of this text */
    eval_enter(ev);
    for (uint32_t i = 0; i < pad->markers.n; i++) {
        const struct marker *m = &pad->markers.at[i];
        copy(ev, pad, done, m->at - done, to);
        done = m->at;
        size_t from = to->text.len;
        assemble(ev, &ev->defers.at[m->defer]->pad, to);
        ev->lines.origins.made = m->indented;
        sink_indent(&sink, from, 0, m->indent, &ev->lines);
    }
    copy(ev, pad, done, pad->text.len - done, to);
    eval_leave(ev);
}

static void assemble_output(struct eval *ev, struct output *o)
{
    if (o->pad.markers.n == 0)
        return;
    assemble(ev, &o->pad, &ev->whole);
    struct sink sink = eval_sink(ev, &o->pad);
    sink_truncate(&sink, 0);
    buf_add(&o->pad.text, buf_str(&ev->whole.text));
    buf_truncate(&ev->whole.text, 0);
    origins_move(&o->pad.origins, &ev->whole.origins);
    o->pad.markers.n = 0;
}

/* Expands what waits since the island began, or since the start, and puts it
 * into `out`, which is complete then. */
static bool run_defers(struct eval *ev, struct output *out)
{
    bool good = true;
    uint32_t from = ev->island ? ev->island->defers : 0;
    const struct call_frame *call = ev->call;
    ev->call = NULL; /* the macros that they came from have ended */
    for (uint32_t i = from; i < ev->defers.n; i++)
        good = run_defer(ev, ev->defers.at[i]) && good;
    ev->call = call;
    assemble_output(ev, out);
    ev->outputs.total += out->pad.text.len;
    if (ev->outputs.total > ev->cx.fault->limits.max[LIMIT_OUTPUT])
        fault_raise(ev->cx.fault, LIMIT_OUTPUT);
    return good;
}

/* Those from number `from` on are done. */
static void drop_defers(struct eval *ev, uint32_t from)
{
    while (ev->defers.n > from)
        pad_free(&ev->defers.at[--ev->defers.n]->pad);
}

bool eval_deferred(struct eval *ev)
{
    ev->deferring = true;
    return run_defers(ev, ev->outputs.list.at[0]);
}

/* --- @file --- */

static bool good_path(struct eval *ev, struct loc loc, struct str path,
                      struct str *out)
{
    if (path.len == 0 || str_has_nul(path) ||
        str_chr(path, '\n', 0) != STR_NONE)
        return eval_error(ev, DIAG_BAD_PATH, loc,
                          "the path of an output is empty, or has a NUL or a "
                          "line end in it");
    *out = path_normalise(ev->cx.run, path);
    if (!path_stays_inside(ev->cx.scratch, path) || str_eq(*out, STR(".")) ||
        path.ptr[path.len - 1] == '/')
        return eval_error(ev, DIAG_BAD_PATH, loc,
                          "'%.*s' is not a path of a file below the output "
                          "directory (that of -C, or the working directory)",
                          STR_ARG(path));
    return true;
}

/* Permission bits as for chmod; -1 if text is not that. */
static int parse_mode(struct str text)
{
    int mode = 0;
    if (text.len != 3 && text.len != 4)
        return -1;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '7')
            return -1;
        mode = mode * 8 + (text.ptr[i] - '0');
    }
    return mode;
}

static bool set_mode(struct eval *ev, const struct expr *e, struct output *out)
{
    struct value v;
    if (!e)
        return true;
    if (!eval_expr(ev, e, &v))
        return false;
    if (v.type == VALUE_STR)
        out->mode = parse_mode(value_text(v));
    return out->mode >= 0 ||
           eval_error(ev, DIAG_BAD_MODE, e->loc,
                      "the mode of @file is a string of three or four octal "
                      "digits, such as \"755\"");
}

/* False (reported) if another block has the path of n. */
static bool claim_path(struct eval *ev, const struct node_block *n,
                       struct str path)
{
    struct span first, span = eval_span(ev, n->expr->loc);
    if (outputs_claim(&ev->outputs, path, span, &first))
        return true;
    bool same = first.source == span.source && first.off == span.off;
    struct diag *d =
        diag_report(ev->cx.diags, DIAG_DUPLICATE_OUTPUT, span, ev->cx.chain,
                    same ? "this writes '%.*s' twice; in a loop or a macro the "
                           "path has a value in it: \"…@{x}…\""
                         : "two @file blocks write '%.*s'",
                    STR_ARG(path));
    if (!same)
        diag_note(ev->cx.diags, d, first, "the first is here");
    return false;
}

/* Drops the last line end. Lent text ends with its owner's bytes, so what
 * follows the cut is no NUL. */
static void chomp(struct sink *s)
{
    size_t len = s->buf->len;
    sink_truncate(s, str_chomp(buf_str(s->buf)).len);
    if (s->buf->cap == 0 && s->buf->len < len)
        buf_reserve(s->buf, 1);
}

/* Expands the block into out. */
static bool run_file(struct eval *ev, const struct node_block *n,
                     struct output *out)
{
    struct island island;
    struct frame here = {
        .source = ev->cx.source, .chain = ev->cx.chain, .scope = ev->cx.scope};
    struct sink *outer = ev->sink, sink = eval_sink(ev, &out->pad);
    sink.after_directive = true;
    eval_island_begin(ev, &island, out);
    ev->sink = &sink;
    bool good = eval_block(ev, n->body, ev->cx.scope);
    good = run_defers(ev, out) && good;
    if (n->n.flag)
        chomp(&sink);
    ev->cx.source = here.source;
    ev->cx.chain = here.chain;
    ev->cx.scope = here.scope;
    ev->sink = outer;
    drop_defers(ev, island.defers);
    eval_island_end(ev);
    return good;
}

bool eval_file(struct eval *ev, const struct node_block *n)
{
    struct str path;
    if (ev->rehearsing)
        return eval_block(ev, n->body, ev->cx.scope);
    if (!ev->sink->pad || ev->deferring || ev->island)
        return eval_error(
            ev, DIAG_MISPLACED, n->n.loc,
            "@file is only allowed where text goes straight to the "
            "main output: not in another @file, in @join, @call "
            "or @defer, nor in a macro whose text is a value");
    if (!eval_string(ev, n->expr, "the path of @file", &path) ||
        !good_path(ev, n->expr->loc, path, &path))
        return false;
    if (!claim_path(ev, n, path))
        return false;
    if (!outputs_wants(&ev->outputs, arena_cstr(ev->cx.scratch, path)))
        return true;
    struct output *out =
        outputs_add(&ev->outputs, path, eval_span(ev, n->expr->loc));
    bool good = set_mode(ev, n->mode, out);
    return run_file(ev, n, out) && good;
}

void eval_free(struct eval *ev)
{
    drop_defers(ev, 0);
    outputs_free(&ev->outputs);
    traced_free(&ev->cx.traced);
    buf_free(&ev->cx.work);
    pad_free(&ev->lines);
    pad_free(&ev->whole);
    arena_free(&ev->undone);
}

/* --- gaps --- */

static struct output *output_of(struct eval *ev)
{
    return ev->island ? ev->output : ev->outputs.list.at[0];
}

/* True for what gives no text itself; what uses its names, or the value that
 * it is a part of, may lack. */
static bool gives_none(const struct eval *ev, const struct node *n)
{
    return n->kind == NODE_LET || n->kind == NODE_SET ||
           n->kind == NODE_UNPACK || n->kind == NODE_PARAM || !ev->sink->pad ||
           (ev->call && ev->call->macro->define->n.flag == DEFINE_FUNCTION);
}

uint32_t eval_gaps(struct eval *ev)
{
    return output_of(ev)->gaps.n;
}

bool eval_leave_gap(struct eval *ev, const struct node *n, uint32_t had)
{
    struct output *o = output_of(ev);
    if (ev->rehearsing || gives_none(ev, n) || o->gaps.n > had)
        return false;
    struct gap gap = {eval_span(ev, n->loc), n->kind != NODE_VALUE};
    if (gap.lines && n->next) /* with the body of a block */
        gap.at.len = n->next->loc.off - n->loc.off;
    if (n->kind != NODE_FILE && o->gaps.n < MOST_GAPS)
        vec_push(ev->cx.run, &o->gaps, gap);
    return false;
}
