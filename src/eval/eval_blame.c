/* SPDX-License-Identifier: MIT */
/* Whose mistake it is. A wrong argument is reported in the call; one that only
 * hands on a parameter of its caller is followed outwards; and what goes wrong
 * inside a library is a mistake of the call in the template that led there. So
 * are the messages of @error, @warn and error(). */
#include "eval/eval.h"

#include "base/utf8.h"

/* --- where --- */

/* The @block of that name; NULL: there is none. */
static const struct node_argument *block_of(const struct call_frame *f,
                                            name_id name)
{
    const struct node *n = f->blocks ? f->blocks->body : NULL;
    for (; n; n = n->next)
        if (n->kind == NODE_BLOCK &&
            ((const struct node_argument *)n)->name == name)
            return (const struct node_argument *)n;
    return NULL;
}

/* The argument that param of the macro that f runs was given: of a *rest, item
 * `item`; of a **rest, the one of that name. */
static struct blame blame_in(const struct call_frame *f,
                             const struct param *param, uint32_t item,
                             name_id name)
{
    bool map = param->rest == REST_MAP;
    const struct arg *a =
        map ? signature_named(f->call, name)
            : signature_argument(&f->macro->define->signature, f->call,
                                 f->blocks != NULL, param, item);
    struct blame b = {f, f->call->e.loc, map ? name : param->name, a};
    const struct node_argument *block = block_of(f, b.name);
    if (block) {
        b.loc = block->name_loc;
        b.arg = NULL;
    } else if (a) {
        b.loc = signature_given(a);
    }
    return b;
}

/* The name that e is or, of "name ?? default", begins with. */
static const struct expr_name *name_in(const struct expr *e, bool *defaulted)
{
    *defaulted = e->kind == EXPR_COALESCE;
    if (*defaulted)
        e = ((const struct expr_chain *)e)->operands->expr;
    return e->kind == EXPR_NAME ? (const struct expr_name *)e : NULL;
}

/* The parameter of the macro that f runs which e, in source and seen from
 * scope, is and nothing else: not another variable of that name, nor set since,
 * nor a default. */
static const struct param *handed_on(const struct call_frame *f,
                                     const struct source *source,
                                     const struct scope *scope,
                                     const struct expr *e)
{
    bool defaulted;
    const struct expr_name *n = name_in(e, &defaulted);
    if (!f || f->macro->source != source || !n)
        return NULL;
    const struct signature *sig = &f->macro->define->signature;
    name_id name = n->name;
    const struct binding *b = scope_find(scope, name, BOUND_VALUE);
    if (b && defaulted && b->u.value.type == VALUE_NULL)
        return NULL;
    for (uint32_t i = 0; b && !b->changed && i < sig->n; i++)
        if (sig->params[i].name == name && sig->params[i].loc.off == b->loc.off)
            return &sig->params[i];
    return NULL;
}

/* Outwards, as long as the argument is nothing but a parameter of the caller.
 */
static void follow(struct blame *b)
{
    while (b->arg && b->arg->name != NAME_SPLICE) {
        const struct call_frame *up = b->frame->up;
        const struct param *outer =
            handed_on(up, b->frame->source, b->frame->scope, b->arg->expr);
        bool map = b->arg->name == NAME_MAP;
        if (!outer || map != (outer->rest == REST_MAP) ||
            outer->rest == REST_LIST)
            break;
        *b = blame_in(up, outer, 0, b->name);
    }
}

static struct blame blame_call(const struct call_frame *f)
{
    return (struct blame){f, f->call->e.loc, NAME_NONE, NULL};
}

/* From a call in a library to the one in the template that led there. */
static void leave_libraries(const struct eval *ev, struct blame *b)
{
    while (b->frame->up && program_is_library(ev->cx.program, b->frame->source))
        *b = (struct blame){b->frame->up, b->frame->up->call->e.loc, b->name,
                            NULL};
}

struct blame eval_blame(const struct eval *ev, const struct param *param,
                        uint32_t item, name_id name)
{
    struct blame b = blame_in(ev->call, param, item, name);
    follow(&b);
    leave_libraries(ev, &b);
    return b;
}

struct blame eval_blame_default(const struct eval *ev,
                                const struct param *param)
{
    const struct call_frame *f = ev->call;
    struct blame b = {0};
    const struct param *from =
        handed_on(f, f->macro->source, ev->cx.scope, param->value);
    if (from && program_is_library(ev->cx.program, f->macro->source))
        b = eval_blame(ev, from, 0, NAME_NONE);
    b.name = param->name;
    return b;
}

struct diag *eval_report_blame(struct eval *ev, enum diag_id id,
                               const struct blame *p, struct loc loc,
                               struct str message, bool bare)
{
    const struct call_frame *f = p->frame;
    const struct expr_call *call = f->call;
    struct str callee = STR("");
    if (!bare && program_is_library(ev->cx.program, f->macro->source))
        callee =
            str_slice(f->source->text, call->name_loc.off, call->name_loc.len);
    struct str more =
        p->arg ? signature_starless(ev->cx.run, ev->cx.names, p->arg) : STR("");
    struct diag *d = diag_report(
        ev->cx.diags, id, (struct span){f->source, loc.off, loc.len}, f->chain,
        "%.*s%s%.*s%.*s", STR_ARG(callee), callee.len ? ": " : "",
        STR_ARG(message), STR_ARG(more));
    /* Calls inside the standard library are left out: its files cannot be
     * opened. */
    for (f = ev->call; f != p->frame; f = f->up) {
        struct span at = {f->source, f->call->name_loc.off,
                          f->call->name_loc.len};
        struct str name = source_span_text(at);
        if (at.source->kind != SOURCE_COMPILED)
            diag_note(ev->cx.diags, d, at, "in %s %.*s called here",
                      f->macro->define->n.flag == DEFINE_FUNCTION ? "function"
                                                                  : "macro",
                      STR_ARG(name));
    }
    return d;
}

/* --- messages --- */

enum {
    LONGEST_MESSAGE = 4096
};

/* Leaves of the text of work from `mark` on what a report shows; "%s" would end
 * at a NUL. */
static void cut_message(struct buf *work, size_t mark)
{
    buf_truncate(work,
                 mark + utf8_cut(buf_from(work, mark), LONGEST_MESSAGE).len);
    for (size_t at = mark; at < work->len; at++)
        if (!work->ptr[at]) {
            work->ptr[at] = '\\';
            buf_insert(work, at + 1, STR("x00"));
        }
}

/* "word:" or "word.word:" */
static bool names_its_macro(struct str text)
{
    size_t at = 0;
    for (int words = 0; words < 2; words++) {
        size_t end = str_span(text, at, ASCII_NAME_START | ASCII_DIGIT);
        if (end == at || end == text.len)
            return false;
        if (text.ptr[end] == ':')
            return true;
        if (text.ptr[end] != '.')
            return false;
        at = end + 1;
    }
    return false;
}

/* The template's own messages stay where they are, unless they say at which
 * parameter. */
static void report_message(struct eval *ev, enum diag_id id, struct loc loc,
                           const struct param *param, struct str text)
{
    const struct program *p = ev->cx.program;
    if (!ev->call || (!param && !program_is_library(p, ev->cx.source))) {
        diag_report(ev->cx.diags, id, eval_span(ev, loc), ev->cx.chain, "%.*s",
                    STR_ARG(text));
        return;
    }
    struct blame b =
        param ? eval_blame(ev, param, 0, NAME_NONE) : blame_call(ev->call);
    leave_libraries(ev, &b);
    if (program_is_library(p, b.frame->source)) {
        diag_report(ev->cx.diags, id, eval_span(ev, loc), ev->cx.chain, "%.*s",
                    STR_ARG(text));
        return;
    }
    eval_report_blame(ev, id, &b, b.loc, text, names_its_macro(text));
}

bool eval_message(struct eval *ev, const struct node_message *n)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    bool is_error = n->n.flag, wanted = true;
    if (n->guard && !eval_condition(ev, n->guard, &wanted))
        return false;
    if (!wanted)
        return true;
    if (!eval_print(ev, n->expr, work))
        return false;
    if (ev->rehearsing) { /* it speaks to callers */
        buf_truncate(work, mark);
        ev->returned = is_error;
        return true;
    }
    cut_message(work, mark);
    struct str text = context_take(&ev->cx, mark);
    struct binding *b =
        n->param ? scope_find(ev->cx.scope, n->param->name, BOUND_VALUE) : NULL;
    if (b) /* it is spoken of */
        watch_read(&ev->cx.watches, b);
    report_message(ev, is_error ? DIAG_USER_ERROR : DIAG_USER_WARNING, n->n.loc,
                   n->param, text);
    /* What follows a guard relies on it. */
    if (is_error && ev->call)
        ev->returned = true;
    return !is_error;
}

void eval_fail(struct context *cx, struct loc loc, struct str text)
{
    /* The context is the first part of the walk's state. */
    report_message((struct eval *)cx, DIAG_USER_ERROR, loc, NULL, text);
}

const struct signature *eval_entry_outer(const struct eval *ev,
                                         const struct arg *map)
{
    const struct param *outer =
        handed_on(ev->call, ev->cx.source, ev->cx.scope, map->expr);
    return outer && outer->rest == REST_MAP
               ? &ev->call->macro->define->signature
               : NULL;
}

/* The argument of that name that map, which is `**rest`, hands on; false: map
 * is something else. */
static bool blame_entry(const struct eval *ev, const struct arg *map,
                        name_id name, struct blame *b)
{
    const struct param *outer =
        handed_on(ev->call, ev->cx.source, ev->cx.scope, map->expr);
    if (!outer || outer->rest != REST_MAP)
        return false;
    *b = blame_in(ev->call, outer, 0, name);
    follow(b);
    return true;
}

bool eval_entry_is_block(const struct eval *ev, const struct arg *map,
                         name_id name)
{
    struct blame b;
    return blame_entry(ev, map, name, &b) && block_of(b.frame, name);
}

bool eval_blame_entry(struct eval *ev, const struct expr_call *call,
                      const struct arg *map, name_id name, struct str text)
{
    struct str callee = source_span_text(eval_span(ev, call->name_loc));
    struct loc loc = signature_given(map);
    struct blame b;
    if (!blame_entry(ev, map, name, &b))
        return eval_error(ev, DIAG_ARGUMENTS, loc, "%.*s: %.*s",
                          STR_ARG(callee), STR_ARG(text));
    leave_libraries(ev, &b);
    if (b.arg && b.arg->name == name)
        b.loc = (struct loc){b.arg->off,
                             (uint32_t)name_text(ev->cx.names, name).len};
    eval_report_blame(ev, DIAG_ARGUMENTS, &b, b.loc, text, false);
    return false;
}
