/* SPDX-License-Identifier: MIT */
/* Insertion lines: a line that holds only a call or a value is replaced by
 * what that gives. The text goes straight into the output; what the line's
 * indentation and line end ask for is done there, on the stretch just
 * written. */
#include "eval/eval_sight.h"

#include "base/path.h"

/* --- is it a call? --- */

/* The @import in this file that would bind name; NULL when there is none. */
static const struct node_import *import_of(struct eval *ev, name_id name)
{
    const struct file *file = program_file(ev->cx.program, ev->cx.source);
    for (uint32_t i = 0; file && i < file->imports.n; i++)
        if (file->imports.at[i]->name == name)
            return file->imports.at[i];
    return NULL;
}

static bool not_imported_yet(struct eval *ev, const struct expr_call *c,
                             const struct node_import *from)
{
    struct str library = name_text(ev->cx.names, c->module);
    struct diag *d = diag_report(
        ev->cx.diags, DIAG_UNKNOWN_CALL, eval_span(ev, c->name_loc),
        ev->cx.chain,
        "the library '%.*s' is not imported here; move the @import before "
        "this line, and out of branches and loops",
        STR_ARG(library));
    diag_note(ev->cx.diags, d, eval_span(ev, from->path_loc),
              "it is imported here");
    return false;
}

/* True if the file was to be imported, and is included instead. */
static bool includes_library(const struct eval *ev, const struct file *file,
                             const struct expr_call *c)
{
    struct str library =
        c->module == NAME_NONE ? STR("") : name_text(ev->cx.names, c->module);
    for (uint32_t i = 0; file && library.len && i < file->includes.n; i++) {
        const struct expr *path = file->includes.at[i]->path;
        if (path->kind == EXPR_STR && !file->includes.at[i]->target &&
            str_eq(path_base(expr_str_value(path)), library))
            return true;
    }
    return false;
}

/* True if c would be a call but for a mistake that was reported: a line with a
 * syntax error names it, or its library was not found, under a name that is
 * like it. */
static bool is_lost(struct eval *ev, const struct expr_call *c)
{
    const struct file *file = program_file(ev->cx.program, ev->cx.source);
    name_id name = c->module == NAME_NONE ? c->name : c->module;
    struct near near = near_start(name_text(ev->cx.names, name));
    for (uint32_t i = 0; file && i < file->imports.n; i++) {
        const struct node_import *n = file->imports.at[i];
        if (c->module != NAME_NONE && !n->target && n->name != NAME_NONE &&
            near_offer(&near, name_text(ev->cx.names, n->name)))
            return true;
    }
    return includes_library(ev, file, c) ||
           (ev->cx.program->broken &&
            program_doubts(ev->cx.program, name_text(ev->cx.names, name)));
}

/* A "@name(" line that is no call: its lines are text, with a warning. */
static bool insert_text(struct eval *ev, const struct node_insert *n,
                        const struct expr_call *c)
{
    const struct node_import *from;
    if (c->module != NAME_NONE && (from = import_of(ev, c->module)))
        return !eval_has_failed(ev, ev->cx.scope, c->module) &&
               not_imported_yet(ev, c, from);
    if (is_lost(ev, c))
        return false;
    eval_warn_text(ev, c);
    if (n->if_text && n->if_text->failed)
        return eval_error(ev, DIAG_SYNTAX, c->name_loc,
                          "this line is text, but the @{…} in it is not an "
                          "expression; for a literal '@{' write '@@{'");
    if (n->if_text && n->if_text->has_values)
        return eval_nodes(ev, n->if_text->nodes);
    sink_text(ev->sink, insert_lines(n, ev->cx.source->text), false);
    eval_wrote_text(ev, insert_lines(n, ev->cx.source->text));
    return true;
}

struct str eval_line_indent(const struct eval *ev, const struct node_insert *n)
{
    return str_slice(insert_lines(n, ev->cx.source->text), 0, n->indent);
}

static struct str line_eol(const struct eval *ev, const struct node_insert *n)
{
    struct str lines = insert_lines(n, ev->cx.source->text);
    return str_from_off(lines, str_chomp(lines).len);
}

/* --- the line --- */

/* Drops one final line end of what was written from offset `from`. */
static void chomp(struct sink *s, size_t from)
{
    struct str text = str_chomp(buf_from(s->buf, from));
    sink_truncate(s, from + text.len);
}

/* Writes the bare value; false after an error. */
static bool insert_value(struct eval *ev, const struct node_insert *n)
{
    struct callee callee;
    struct value v;
    bool has_block = n->n.flag == INSERT_CALL;
    if (n->expr->kind == EXPR_CALL) {
        const struct expr_call *call = (const struct expr_call *)n->expr;
        if (!eval_callee(ev, call, &callee))
            return false;
        if (callee.macro && callee.macro->define->n.flag == DEFINE_TEXT)
            return eval_call_text(ev, callee.macro, call, has_block ? n : NULL);
        if (has_block)
            return eval_error(ev, DIAG_ARGUMENTS, n->expr->loc,
                              "@call needs a text macro; functions and values "
                              "take no block");
    }
    ev->printed = n->expr;
    if (!eval_expr(ev, n->expr, &v))
        return false;
    if (!value_print(ev->sink->buf, v))
        return eval_not_printable(ev, n->expr, v);
    eval_wrote_value(ev, v, n->n.loc);
    return true;
}

/* Gives what stands from `from` on the indentation of the line. */
static void indent(struct eval *ev, const struct node_insert *n, size_t from,
                   uint32_t marker)
{
    eval_makes(ev, n->n.loc.off - n->indent, n->n.loc.off);
    sink_indent(ev->sink, from, marker, eval_line_indent(ev, n), &ev->lines);
}

/* What the line itself adds to a value that stands from `from` on. */
static void finish_line(struct eval *ev, const struct node_insert *n,
                        size_t from, uint32_t marker)
{
    struct sink *s = ev->sink;
    bool marked = s->pad && s->pad->markers.n > marker;
    if (s->buf->len == from) {
        if (marked && n->indent)
            indent(ev, n, from, marker);
        return;
    }
    /* A deferred text at the end stands after the line, not in it. */
    uint32_t after = marked ? s->pad->markers.n : 0;
    while (after > marker && s->pad->markers.at[after - 1].at == s->buf->len)
        after--;
    /* Where the line has no end, such a text would be glued to it. */
    struct str eol = line_eol(ev, n);
    if (eol.len || !marked || after == s->pad->markers.n)
        chomp(s, from);
    if (n->indent)
        indent(ev, n, from, marker);
    buf_add(s->buf, eol);
    eval_wrote_text(ev, eol);
    for (; marked && after < s->pad->markers.n; after++)
        s->pad->markers.at[after].at = s->buf->len;
    sink_written(s, from);
}

/* True if an INSERT_LINE calls something. */
static bool is_call(const struct eval *ev, const struct expr_call *c)
{
    return c->module == NAME_NONE
               ? scope_find(ev->cx.scope, c->name, BOUND_MACRO) != NULL
               : scope_find(ev->cx.scope, c->module, BOUND_IMPORT) != NULL;
}

bool eval_insert(struct eval *ev, const struct node_insert *n)
{
    const struct line_text *t = n->if_text;
    const struct sink *s = ev->sink;
    size_t from = s->buf->len;
    uint32_t marker = s->pad ? s->pad->markers.n : 0;
    struct region region;
    if (!n->expr)
        return false;
    if (n->n.flag == INSERT_LINE) {
        const struct expr_call *c = (const struct expr_call *)n->expr;
        if (!is_call(ev, c))
            return insert_text(ev, n, c);
        if (t && t->error.ptr)
            return eval_error(ev, (enum diag_id)t->error_id, t->error_loc,
                              "%.*s", STR_ARG(t->error));
    }
    eval_region_begin(ev, &region);
    bool good = insert_value(ev, n);
    if (good)
        finish_line(ev, n, from, marker);
    eval_region_end(ev, &region);
    return good;
}
