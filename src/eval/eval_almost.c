/* SPDX-License-Identifier: MIT */
/* In: a line that looks like a call of a name that nothing has. Out:
 * a warning that the line is text, and what may have been meant. */
#include "eval/eval_sight.h"
#include "lang/foreign.h"
#include "lang/hint.h"
#include "lang/shape.h"
#include "library/stdmacros.h"

/* True if the line is in a heredoc, which may hold any language. */
static bool in_heredoc(struct eval *ev, struct loc loc)
{
    struct str text = ev->cx.source->text;
    uint32_t line = (uint32_t)str_line_start(text, loc.off);
    if (ev->shape_of != ev->cx.source || ev->shape.pos > line) {
        ev->shape_of = ev->cx.source;
        ev->shape = (struct shape){0};
    }
    fault_bytes(ev->cx.fault, line - ev->shape.pos);
    shape_at(&ev->shape, text, line);
    return ev->shape.kind == SHAPE_HEREDOC;
}

/* The library in sight that has a macro of that name; NAME_NONE: none. */
static name_id library_with(struct eval *ev, name_id macro)
{
    for (const struct scope *s = ev->cx.scope; s; s = s->up) {
        eval_steps(ev, s->n);
        for (uint32_t i = 0; i < s->n; i++) {
            const struct binding *b =
                s->at[i].kind == BOUND_IMPORT
                    ? scope_own(s->at[i].u.module->scope, macro)
                    : NULL;
            if (b && b->kind == BOUND_MACRO)
                return s->at[i].name;
        }
    }
    return NAME_NONE;
}

/* True if the standard library has a file of that name. */
static bool is_standard(struct eval *ev, struct str name)
{
    struct str path = ARENA_CONCAT(ev->cx.run, STR("std/"), name, STR(".spp"));
    for (uint32_t i = 0; i < stdmacros_count(); i++)
        if (str_eq(stdmacros_name(i), path))
            return true;
    return false;
}

#define WARN(ev, id, c, ...)                                          \
    diag_report((ev)->cx.diags, (id), eval_span((ev), (c)->name_loc), \
                (ev)->cx.chain, __VA_ARGS__)

/* @name(…) where a library has it. */
static bool warn_member(struct eval *ev, const struct expr_call *c)
{
    struct str name = name_text(ev->cx.names, c->name);
    name_id library =
        name.ptr[0] == '_' ? NAME_NONE : library_with(ev, c->name);
    if (library == NAME_NONE || in_heredoc(ev, c->name_loc))
        return false;
    struct str of = name_text(ev->cx.names, library);
    WARN(ev, DIAG_ALMOST_CALL, c,
         "no macro '%.*s' is known, so this line is text; the library '%.*s' "
         "has it: @%.*s.%.*s(…)",
         STR_ARG(name), STR_ARG(of), STR_ARG(of), STR_ARG(name));
    return true;
}

/* The name that this file gives to the library std/NAME; "" without one. */
static struct str alias_of(struct eval *ev, struct str name)
{
    const struct file *file = program_file(ev->cx.program, ev->cx.source);
    struct str path = ARENA_CONCAT(ev->cx.run, STR("std/"), name);
    for (uint32_t i = 0; file && i < file->imports.n; i++)
        if (str_eq(file->imports.at[i]->path, path))
            return name_text(ev->cx.names, file->imports.at[i]->name);
    return STR("");
}

/* @apt.x(…) without its @import, and @l.append(…) of a variable. */
static bool warn_module(struct eval *ev, const struct expr_call *c)
{
    struct str module = name_text(ev->cx.names, c->module);
    struct str name = name_text(ev->cx.names, c->name);
    bool variable = scope_find(ev->cx.scope, c->module, BOUND_VALUE) != NULL;
    if ((!variable && !is_standard(ev, module)) || in_heredoc(ev, c->name_loc))
        return false;
    struct str hint = hint_word(ev->cx.run, name, HINT_METHOD, module);
    struct str alias = variable ? STR("") : alias_of(ev, module);
    if (alias.len)
        WARN(ev, DIAG_ALMOST_CALL, c,
             "no library '%.*s' is imported, so this line is text; it is "
             "imported as '%.*s': @%.*s.%.*s(…)",
             STR_ARG(module), STR_ARG(alias), STR_ARG(alias), STR_ARG(name));
    else if (variable)
        WARN(ev, DIAG_ALMOST_CALL, c,
             "'%.*s' is a variable, so this line is text%.*s", STR_ARG(module),
             STR_ARG(hint));
    else
        WARN(ev, DIAG_ALMOST_CALL, c,
             "no library '%.*s' is imported, so this line is text; add "
             "@import \"std/%.*s\" above",
             STR_ARG(module), STR_ARG(module));
    return true;
}

static bool warn_foreign(struct eval *ev, const struct expr_call *c)
{
    struct str word = name_text(ev->cx.names, c->name);
    const struct foreign *f = foreign_find(word);
    if (!f || in_heredoc(ev, c->name_loc))
        return false;
    WARN(ev, DIAG_FOREIGN_DIRECTIVE, c,
         "'@%.*s' is not a directive, so this line is text; %s", STR_ARG(word),
         f->ours);
    return true;
}

void eval_warn_text(struct eval *ev, const struct expr_call *c)
{
    if (c->module != NAME_NONE ? warn_module(ev, c)
                               : warn_member(ev, c) || warn_foreign(ev, c))
        return;
    struct str name = source_span_text(eval_span(ev, c->name_loc));
    struct diag *d = WARN(ev, DIAG_UNKNOWN_MACRO, c,
                          "no macro '%.*s' is known, so this line is text; "
                          "write '@@%.*s(' to say so",
                          STR_ARG(name), STR_ARG(name));
    if (c->module == NAME_NONE)
        eval_note_binding(ev, d, c->name, true);
}
