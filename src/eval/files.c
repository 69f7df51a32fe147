/* SPDX-License-Identifier: MIT */
/* The directives that deal with files: what comes in (@include, @import) and
 * what goes out (@file, and @defer, whose texts are put in at the end). */
#include "eval/eval.h"

#include "base/path.h"
#include "eval/version.h"

#include <string.h>

/* --- @include --- */

static bool string_of(struct eval *ev, const struct expr *e, const char *what,
                      struct str *out)
{
    struct value v;
    if (!eval_expr(ev, e, &v))
        return false;
    if (v.type != VALUE_STR)
        return eval_error(ev, DIAG_TYPE, e->loc, "%s is a string, not %s", what,
                          value_type_a(v.type));
    *out = value_text(v);
    return true;
}

/* "a -> b -> a", for messages. */
static struct str chain_text(struct eval *ev, const struct source *last)
{
    size_t mark = ev->work.len;
    uint32_t i = 0;
    while (ev->includes.at[i] != last)
        i++;
    for (; i < ev->includes.n; i++) {
        buf_add(&ev->work, ev->includes.at[i]->name);
        buf_add_cstr(&ev->work, " -> ");
    }
    buf_add(&ev->work, last->name);
    struct str text = arena_str(ev->run, buf_from(&ev->work, mark));
    buf_truncate(&ev->work, mark);
    return text;
}

static bool in_cycle(const struct eval *ev, const struct source *s)
{
    for (uint32_t i = 0; i < ev->includes.n; i++)
        if (ev->includes.at[i] == s)
            return true;
    return false;
}

static void trace_file(struct eval *ev, struct loc loc, const char *how,
                       struct str name)
{
    if (!ev->tracer)
        return;
    size_t mark = eval_trace_begin(ev, loc);
    buf_printf(&ev->work, "%s %.*s", how, STR_ARG(name));
    eval_trace_end(ev, mark);
}

/* Before anything changes, so that the limit is reported where we are. */
static void go_deeper(struct eval *ev)
{
    if (++ev->depth > ev->fault->limits.max[LIMIT_DEPTH])
        fault_raise(ev->fault, LIMIT_DEPTH);
}

/* A file may lack its last line end: then that of the @include line stands
 * there, or the next line would be glued to it. */
static void end_line(struct eval *ev, const struct node_include *n, size_t from)
{
    struct str text = ev->source->text;
    size_t end = str_chr(text, '\n', n->path->loc.off + n->path->loc.len);
    struct buf *out = ev->sink->buf;
    if (out->len == from || out->ptr[out->len - 1] == '\n' || end == STR_NONE)
        return;
    buf_add_cstr(out, text.ptr[end - 1] == '\r' ? "\r\n" : "\n");
    struct loc line = {n->n.loc.off, (uint32_t)end - n->n.loc.off};
    eval_wrote(ev, ORIGIN_MADE, line);
}

/* Expands file below the current scope. */
static bool run_include(struct eval *ev, const struct node_include *n,
                        const struct file *file)
{
    struct source *source = ev->source;
    const struct trace *chain = ev->chain;
    struct scope *scope = ev->scope;
    bool exempt = ev->sink->exempt;
    size_t from = ev->sink->buf->len;
    go_deeper(ev);
    ev->chain = eval_link(ev, TRACE_INCLUDE, file->source->name, n->n.loc);
    ev->source = file->source;
    ev->scope = scope_new(ev->scratch, scope, file->source, ev->region);
    vec_push(ev->run, &ev->includes, file->source);
    bool good = bind_defines(ev, file, ev->scope);
    good = eval_nodes(ev, file->body) && good;
    ev->depth--;
    ev->includes.n--;
    ev->sink->exempt = exempt;
    ev->scope = scope;
    ev->source = source;
    ev->chain = chain;
    end_line(ev, n, from);
    return good;
}

bool eval_include(struct eval *ev, const struct node_include *n)
{
    struct str path;
    bool optional = n->n.flag;
    enum resolve_status status;
    if (!string_of(ev, n->path, "the path of @include", &path))
        return false;
    const struct file *file = n->target;
    if (!file)
        file = program_late_include(ev->program, ev->source, n, path, ev->chain,
                                    &status);
    if (!file)
        return optional && status == RESOLVE_MISSING;
    if (in_cycle(ev, file->source))
        return eval_error(ev, DIAG_CYCLE, n->path->loc,
                          "circular include: %.*s",
                          STR_ARG(chain_text(ev, file->source)));
    trace_file(ev, n->n.loc, optional ? "sinclude" : "include",
               file->source->name);
    return run_include(ev, n, file);
}

/* --- @import --- */

static struct module *module_find(const struct eval *ev,
                                  const struct file *file)
{
    for (uint32_t i = 0; i < ev->modules.n; i++)
        if (ev->modules.at[i]->file == file)
            return ev->modules.at[i];
    return NULL;
}

/* Runs a library's definitions in a file scope of its own. */
static struct module *module_run(struct eval *ev, const struct node_import *n,
                                 const struct file *file)
{
    struct source *source = ev->source;
    const struct trace *chain = ev->chain;
    struct scope *scope = ev->scope;
    struct sink *outer = ev->sink;
    struct sink sink = {.buf = &ev->work, .exempt = true};
    size_t mark = ev->work.len;
    struct module *m = arena_new(ev->run, struct module);
    m->file = file;
    m->scope = scope_new(ev->run, NULL, file->source, NULL);
    vec_push(ev->run, &ev->modules, m);
    trace_file(ev, n->n.loc, "import", file->source->name);
    go_deeper(ev);
    ev->chain = eval_link(ev, TRACE_IMPORT, n->path, n->n.loc);
    ev->source = file->source;
    ev->scope = m->scope;
    ev->sink = &sink;
    m->failed = !bind_defines(ev, file, m->scope);
    m->failed = !eval_nodes(ev, file->body) || m->failed;
    ev->depth--;
    buf_truncate(&ev->work, mark);
    ev->sink = outer;
    ev->scope = scope;
    ev->source = source;
    ev->chain = chain;
    return m;
}

/* A version that is none is a mistake of the library. */
static bool check_library_version(struct eval *ev, const struct file *file)
{
    const struct node_library *n = file->library;
    size_t rest;
    if (!n || !n->version.ptr || version_valid(n->version, &rest))
        return true;
    diag_report(
        ev->diags, DIAG_VERSION,
        (struct span){file->source, n->version_loc.off, n->version_loc.len},
        ev->chain, "'%.*s' is no version", STR_ARG(n->version));
    return false;
}

static bool check_version(struct eval *ev, const struct node_import *n,
                          const struct file *file)
{
    struct str bad, have = {NULL, 0};
    if (!n->version.ptr)
        return true;
    if (file->library)
        have = file->library->version;
    if (!have.ptr)
        return eval_error(ev, DIAG_LIBRARY_VERSION, n->version_loc,
                          "the library '%.*s' does not say its version "
                          "(@library \"…\" version \"1.0\")",
                          STR_ARG(n->path));
    switch (version_in(have, n->version, &bad)) {
    case VERSION_YES:
        return true;
    case VERSION_NO:
        return eval_error(ev, DIAG_LIBRARY_VERSION, n->version_loc,
                          "the library '%.*s' has version %.*s, wanted is "
                          "%.*s",
                          STR_ARG(n->path), STR_ARG(have), STR_ARG(n->version));
    default:
        return eval_error(ev, DIAG_VERSION, n->version_loc,
                          "'%.*s' is no version range; write a comparison, "
                          "such as \">= 2.1\" or \">= 2.1, < 3\"",
                          STR_ARG(bad));
    }
}

static bool name_taken(struct eval *ev, const struct node_import *n,
                       const struct binding *first)
{
    struct diag *d = diag_report(
        ev->diags, DIAG_DUPLICATE_NAME, eval_span(ev, n->name_loc), ev->chain,
        "'%.*s' is bound already; import the library under another name: "
        "@import \"%.*s\" as NAME",
        STR_ARG(name_text(ev->names, n->name)), STR_ARG(n->path));
    diag_note(ev->diags, d,
              (struct span){ev->scope->source, first->loc.off, first->loc.len},
              "the first is here");
    return false;
}

/* Whatever is used of it was judged with the import. */
static bool import_failed(struct eval *ev, const struct node_import *n)
{
    struct value bad = {.type = VALUE_BAD};
    if (!scope_own(ev->scope, n->name))
        scope_bind_value(ev->scratch, ev->scope, n->name, bad, n->name_loc);
    region_escape(ev, ev->scope);
    return false;
}

bool eval_import(struct eval *ev, const struct node_import *n)
{
    const struct file *file = n->target;
    if (!file)
        program_missing_import(ev->program, ev->source, n, ev->chain);
    if (!file || !check_library_version(ev, file) ||
        !check_version(ev, n, file))
        return import_failed(ev, n);
    struct binding *first = scope_own(ev->scope, n->name);
    struct module *m = module_find(ev, file);
    if (first && first->kind == BINDING_MODULE && first->u.module == m)
        return true;
    if (first)
        return name_taken(ev, n, first);
    region_escape(ev, NULL);
    if (!m)
        m = module_run(ev, n, file);
    scope_bind(ev->scratch, ev->scope, n->name, BINDING_MODULE, n->name_loc)
        ->u.module = m;
    return !m->failed;
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
    *out = path_normalise(ev->run, path);
    if (!path_stays_inside(ev->run, path) || str_eq(*out, STR(".")) ||
        path.ptr[path.len - 1] == '/')
        return eval_error(ev, DIAG_BAD_PATH, loc,
                          "'%.*s' is no path of a file below the output "
                          "directory (that of -C, or the working directory)",
                          STR_ARG(path));
    return true;
}

bool eval_file(struct eval *ev, const struct node_block *n)
{
    struct str path;
    struct output *out, *first;
    struct sink *outer = ev->sink;
    struct region r;
    if (!outer->pad || ev->deferring || ev->in_file)
        return eval_error(ev, DIAG_MISPLACED, n->n.loc,
                          "@file stands only where text goes straight to the "
                          "main output: not in another @file, in @join, @call "
                          "or @defer, nor in a macro whose text is a value");
    if (!string_of(ev, n->expr, "the path of @file", &path) ||
        !good_path(ev, n->expr->loc, path, &path))
        return false;
    out = outputs_add(&ev->outputs, path, eval_span(ev, n->expr->loc), &first);
    if (!out) {
        struct diag *d = diag_report(
            ev->diags, DIAG_DUPLICATE_OUTPUT, eval_span(ev, n->expr->loc),
            ev->chain, "two @file blocks write '%.*s'", STR_ARG(path));
        diag_note(ev->diags, d, first->span, "the first is here");
        return false;
    }
    struct sink sink = eval_sink(ev, &out->pad);
    sink.after_directive = true;
    region_begin(ev, &r);
    ev->sink = &sink;
    ev->in_file = true;
    bool good = eval_block(ev, n->body, ev->scope);
    ev->in_file = false;
    ev->sink = outer;
    region_end(ev, &r);
    ev->outputs.total += out->pad.text.len;
    if (ev->outputs.total > ev->fault->limits.max[LIMIT_OUTPUT])
        fault_raise(ev->fault, LIMIT_OUTPUT);
    return good;
}

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
    if (!s->pad)
        return eval_error(ev, DIAG_MISPLACED, n->n.loc,
                          "@defer stands only where text goes straight to an "
                          "output: not in @join or @call, nor in a macro whose "
                          "text is a value");
    struct defer *d = arena_new(ev->run, struct defer);
    d->body = n->body;
    d->scope = ev->scope;
    d->source = ev->source;
    d->chain = eval_link(ev, TRACE_DEFER, STR("defer"), n->n.loc);
    if (d->chain->depth > ev->fault->limits.max[LIMIT_DEPTH])
        fault_raise(ev->fault, LIMIT_DEPTH);
    d->head = s->head;
    d->exempt = s->exempt;
    pad_init(&d->pad, ev->run, ev->fault, LIMIT_OUTPUT);
    struct marker m = {.at = s->buf->len, .defer = ev->defers.n};
    vec_push(s->pad->arena, &s->pad->markers, m);
    vec_push(ev->run, &ev->defers, d);
    /* What the body sees must live until the end. The call chain above it is
     * in working memory too. */
    region_escape(ev, NULL);
    return true;
}

static bool run_defer(struct eval *ev, struct defer *d)
{
    struct sink sink = eval_sink(ev, &d->pad);
    sink.head = d->head;
    sink.after_directive = true;
    sink.exempt = d->exempt;
    ev->source = d->source;
    ev->chain = d->chain;
    ev->scope = d->scope;
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

bool eval_deferred(struct eval *ev)
{
    bool good = true;
    ev->deferring = true;
    for (uint32_t i = 0; i < ev->defers.n; i++)
        good = run_defer(ev, ev->defers.at[i]) && good;
    for (uint32_t i = 0; good && i < ev->outputs.list.n; i++)
        assemble_output(ev, ev->outputs.list.at[i]);
    size_t total = 0;
    for (uint32_t i = 0; i < ev->outputs.list.n; i++)
        total += ev->outputs.list.at[i]->pad.text.len;
    if (total > ev->fault->limits.max[LIMIT_OUTPUT])
        fault_raise(ev->fault, LIMIT_OUTPUT);
    return good;
}

void eval_free(struct eval *ev)
{
    for (uint32_t i = 0; i < ev->defers.n; i++)
        pad_free(&ev->defers.at[i]->pad);
    outputs_free(&ev->outputs);
    buf_free(&ev->work);
    pad_free(&ev->lines);
    pad_free(&ev->whole);
}
