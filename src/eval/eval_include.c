/* SPDX-License-Identifier: MIT */
/* The directives that read files: @include and @import. */
#include "eval/eval_sight.h"

#include <string.h>

/* --- @include --- */

/* "a -> b -> a" if s, which is to be included, is open already; else "". */
static struct str circle(struct eval *ev, const struct source *s)
{
    VEC(struct str) names = {0};
    for (uint32_t i = 0; i < ev->includes.n; i++)
        if (names.n || ev->includes.at[i] == s)
            vec_push(ev->cx.run, &names, ev->includes.at[i]->name);
    if (names.n)
        vec_push(ev->cx.run, &names, s->name);
    return arena_join(ev->cx.run, names.at, names.n, STR(" -> "));
}

static void trace_file(struct eval *ev, struct loc loc, struct str how,
                       struct str name)
{
    if (ev->tracer)
        eval_trace(ev, loc, ARENA_CONCAT(ev->cx.run, how, name));
}

/* A file may lack its last line end: then that of the @include line stands
 * there, or the next line would be glued to it. */
static void end_line(struct eval *ev, const struct node_include *n, size_t from)
{
    struct str text = ev->cx.source->text;
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
    size_t from = ev->sink->buf->len;
    struct scope *scope =
        scope_new(ev->cx.scratch, ev->cx.scope, file->source, ev->region, 0);
    struct frame includer = eval_descend(ev, TRACE_INCLUDE, file->source->name,
                                         n->n.loc, file->source, scope);
    vec_push(ev->cx.run, &ev->includes, file->source);
    bool good = eval_bind_defines(ev, file, scope);
    good = eval_nodes(ev, file->body) && good;
    ev->includes.n--;
    eval_ascend(ev, includer);
    end_line(ev, n, from);
    return good;
}

/* True if an @defer of that file has led here: its body would wait again each
 * time, twice as often if it has two such lines. */
static bool is_deferred_by(const struct eval *ev, const struct source *s)
{
    for (const struct trace *t = ev->cx.chain; t; t = t->up)
        if (t->kind == TRACE_DEFER && t->at.source == s)
            return true;
    return false;
}

/* A path that is the name of a macro, if no such file was found: of
 * another language, where that calls it. */
static void note_macro(struct eval *ev, struct str path)
{
    struct diags *all = ev->cx.diags;
    struct diag *d = all->list.n ? all->list.at[all->list.n - 1] : NULL;
    name_id name = name_find(ev->cx.names, path);
    if (d && d->id == DIAG_NOT_FOUND && name != NAME_NONE &&
        scope_find(ev->cx.scope, name, BOUND_MACRO))
        diag_note(all, d, source_nowhere,
                  "a macro has that name, and is called by @%.*s()",
                  STR_ARG(path));
}

bool eval_include(struct eval *ev, const struct node_include *n)
{
    struct str path;
    bool optional = n->n.flag;
    enum resolve_status status;
    if (!eval_string(ev, n->path, "the path of @include", &path))
        return false;
    const struct file *file = n->target;
    if (!file)
        file = program_late_include(ev->cx.program, ev->cx.source, n, path,
                                    ev->cx.chain, &status);
    if (!file && !optional)
        note_macro(ev, path);
    if (!file)
        return optional && status == RESOLVE_MISSING;
    struct str names = circle(ev, file->source);
    if (names.len)
        return eval_error(ev, DIAG_CYCLE, n->path->loc,
                          "circular include: %.*s", STR_ARG(names));
    if (is_deferred_by(ev, file->source))
        return eval_error(ev, DIAG_CYCLE, n->path->loc,
                          "circular include: an @defer of %.*s leads here",
                          STR_ARG(file->source->name));
    trace_file(ev, n->n.loc, optional ? STR("sinclude ") : STR("include "),
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
    struct catch ignored;
    struct arena *a = eval_lasting(ev);
    struct module *m = arena_new(a, struct module);
    m->file = file;
    m->scope = scope_new(a, NULL, file->source,
                         ev->island ? &ev->island->region : NULL, 0);
    vec_push(ev->cx.run, &ev->modules, m);
    trace_file(ev, n->n.loc, STR("import "), file->source->name);
    struct frame importer = eval_descend(ev, TRACE_IMPORT, n->path, n->n.loc,
                                         file->source, m->scope);
    eval_catch(ev, &ignored);
    m->failed = !eval_bind_defines(ev, file, m->scope);
    m->failed = !eval_nodes(ev, file->body) || m->failed;
    eval_caught(ev, &ignored);
    eval_ascend(ev, importer);
    return m;
}

/* Whatever is used of it was judged with the import. */
static bool import_failed(struct eval *ev, const struct node_import *n)
{
    if (!scope_own(ev->cx.scope, n->name))
        scope_bind_value(ev->cx.scratch, ev->cx.scope, n->name, value_bad(),
                         n->name_loc);
    eval_region_escape(ev, ev->cx.scope);
    return false;
}

bool eval_import(struct eval *ev, const struct node_import *n)
{
    const struct file *file = n->target;
    if (!file) {
        program_missing_import(ev->cx.program, ev->cx.source, n, ev->cx.chain);
        return import_failed(ev, n);
    }
    struct binding *first = scope_own(ev->cx.scope, n->name);
    struct module *m = module_find(ev, file);
    if (first && first->kind == BOUND_IMPORT && first->u.module == m)
        return true;
    if (first)
        return eval_refuse_twice(ev, ev->cx.scope, first, n->name_loc,
                                 "; to import the library under another name, "
                                 "add 'as NAME'");
    eval_region_escape(ev, NULL);
    if (!m)
        m = module_run(ev, n, file);
    scope_bind(ev->cx.scratch, ev->cx.scope, n->name, BOUND_IMPORT, n->name_loc)
        ->u.module = m;
    return !m->failed;
}
