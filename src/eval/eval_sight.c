/* SPDX-License-Identifier: MIT */
/* Scopes as lang/rules wants to see them. Before the run each name was found
 * to be bound somewhere, so what is left are names that are bound elsewhere:
 * then the place says more than a similar name. */
#include "eval/eval_sight.h"
#include "lang/where.h"

static unsigned bound_as(void *ctx, name_id name)
{
    struct eval *ev = ctx;
    unsigned bound = builtin_find(ev->cx.builtins, name) ? BOUND_BUILTIN : 0;
    for (const struct scope *s = ev->cx.scope; s; s = s->up)
        bound |= scope_own(s, name) ? scope_own(s, name)->kind : 0;
    return bound;
}

static void offer_scope(struct eval *ev, const struct scope *s, unsigned wanted,
                        struct near *near)
{
    eval_steps(ev, s->n);
    for (uint32_t i = 0; i < s->n; i++)
        if (s->at[i].kind & wanted)
            near_offer(near, name_text(ev->cx.names, s->at[i].name));
}

static void offer(void *ctx, name_id library, unsigned wanted,
                  struct near *near)
{
    struct eval *ev = ctx;
    const struct binding *b = scope_find(ev->cx.scope, library, BOUND_IMPORT);
    if (b)
        offer_scope(ev, b->u.module->scope, wanted, near);
    for (const struct scope *s = ev->cx.scope; s && !b; s = s->up)
        offer_scope(ev, s, wanted, near);
}

struct sight eval_sight(struct eval *ev)
{
    return (struct sight){.ctx = ev,
                          .bound = bound_as,
                          .offer = offer,
                          .names = ev->cx.names,
                          .diags = ev->cx.diags,
                          .source = ev->cx.source,
                          .chain = ev->cx.chain};
}

/* True if the program binds name, though not in sight. */
static bool elsewhere(struct eval *ev, name_id name, bool macro)
{
    struct span where;
    return where_bound(ev->cx.run, ev->cx.program->root, name, macro, &where);
}

/* What to do about a name that only the block knows. */
static const char *only_in(const struct node *block)
{
    switch (block ? block->kind : NODE_TEXT) {
    case NODE_FOR:
        return "it is bound here, and known in this loop alone; what is needed "
               "after the loop is bound before it with @let, and changed in it "
               "with @set";
    case NODE_DEFINE:
        return "it is bound here, and known in this macro alone; give it to "
               "other macros as an argument, or bind it outside of all macros";
    case NODE_FILE:
        return "it is bound here, and known in this @file alone; bind it "
               "before that with @let";
    case NODE_TEXT:
        return "it is bound here, and known in this expression alone";
    default:
        return "it is bound here, and known in this block alone; bind it "
               "before that with @let, and change it in there with @set";
    }
}

/* Why what is bound there is not seen at `at`, in the same file, and what to do
 * about it. */
static const char *why_unseen(struct eval *ev, struct span there, uint32_t at,
                              bool macro)
{
    const struct file *file = program_file(ev->cx.program, there.source);
    const struct node *block = where_block(file, there.off);
    const struct trace *t = ev->cx.chain;
    if (macro)
        return "it is defined here, in an @if that comes later or was not "
               "taken; move it up, or out of the @if";
    while (t && t->up)
        t = t->up;
    if (!block && t && t->at.source == there.source) /* where it all began */
        at = t->at.off;
    if (where_is_line(file, there.off) && there.off < at &&
        source_line_of(there.source, there.off) ==
            source_line_of(there.source, at))
        return "this line binds it, and it has no value before that";
    if (!where_is_line(file, there.off) || block != where_block(file, at))
        return only_in(block);
    return there.off > at ? "it is bound here, which comes later; move this "
                            "line up, above what uses it"
                          : "it is bound here, in a branch that was not taken; "
                            "bind it before the @if, and change it here with "
                            "@set";
}

void eval_note_binding(struct eval *ev, struct diag *d, name_id name,
                       bool macro)
{
    struct span where;
    if (!d ||
        !where_bound(ev->cx.run, ev->cx.program->root, name, macro, &where))
        return;
    if (where.source == ev->cx.source)
        diag_note(ev->cx.diags, d, where, "%s",
                  why_unseen(ev, where, d->span.off, macro));
    else
        diag_note(
            ev->cx.diags, d, where,
            "it is bound here, in another file; what an included file binds is "
            "its own, and @import shares names");
}

/* --- names in doubt --- */

static void doubt(struct eval *ev, name_id name)
{
    if (name != NAME_NONE)
        map_put(&ev->doubts, ev->cx.run, name_text(ev->cx.names, name), NULL);
}

static bool is_doubted(const struct eval *ev, name_id name)
{
    return name != NAME_NONE &&
           map_find(&ev->doubts, name_text(ev->cx.names, name)) != MAP_NONE;
}

/* What n sets is not known any more. */
static void doubt_set(struct eval *ev, const struct node_let *n)
{
    struct binding *b = scope_find(ev->cx.scope, n->name, BOUND_VALUE);
    if (b)
        b->u.value = value_bad();
}

static void doubt_sets(struct eval *ev, const struct node *n)
{
    for (; n; n = n->next)
        if (n->kind == NODE_SET)
            doubt_set(ev, (const struct node_let *)n);
}

/* What n would bind. */
static void doubt_node(struct eval *ev, const struct node *n)
{
    const struct node_unpack *u = (const struct node_unpack *)n;
    switch (n->kind) {
    case NODE_LET:
        doubt(ev, ((const struct node_let *)n)->name);
        break;
    case NODE_UNPACK:
        for (uint32_t i = 0; i < u->nnames; i++)
            doubt(ev, u->names[i].name);
        break;
    case NODE_PARAM:
        doubt(ev, ((const struct node_param *)n)->name);
        break;
    case NODE_DEFINE:
        doubt(ev, ((const struct node_define *)n)->name);
        break;
    case NODE_IMPORT:
        doubt(ev, ((const struct node_import *)n)->name);
        break;
    case NODE_SET:
        doubt_set(ev, (const struct node_let *)n);
        break;
    case NODE_IF:
        eval_doubt(ev, ((const struct node_if *)n)->arms);
        break;
    case NODE_FOR:
        doubt_sets(ev, ((const struct node_for *)n)->body);
        break;
    default:
        break;
    }
}

void eval_doubt(struct eval *ev, const struct arm *arms)
{
    for (const struct arm *a = arms; a; a = a->next)
        for (const struct node *n = a->body; n; n = n->next)
            doubt_node(ev, n);
}

bool eval_has_failed(const struct eval *ev, const struct scope *scope,
                     name_id name)
{
    const struct binding *b = scope_find(scope, name, SCOPE_ANY);
    if (!b)
        return is_doubted(ev, name);
    return b->twice || (b->kind == BOUND_VALUE && b->u.value.type == VALUE_BAD);
}

/* --- names that are refused --- */

bool eval_refuse_value(struct eval *ev, name_id name, struct loc loc)
{
    struct sight s = eval_sight(ev);
    if (eval_has_failed(ev, ev->cx.scope, name) ||
        diag_follows(ev->cx.diags, eval_span(ev, loc)))
        return false;
    if (elsewhere(ev, name, false))
        s.offer = NULL;
    eval_note_binding(ev, rules_not_value(&s, name, loc, ""), name, false);
    return false;
}

bool eval_refuse_call(struct eval *ev, const struct expr_call *call)
{
    struct sight s = eval_sight(ev);
    name_id name = call->module == NAME_NONE ? call->name : call->module;
    if (eval_has_failed(ev, ev->cx.scope, name) ||
        diag_follows(ev->cx.diags, eval_span(ev, call->name_loc)))
        return false;
    if (call->module != NAME_NONE) {
        rules_not_library(&s, name, call->name_loc);
        return false;
    }
    if (elsewhere(ev, name, true))
        s.offer = NULL;
    eval_note_binding(ev, rules_not_callable(&s, name, call->name_loc), name,
                      true);
    return false;
}

bool eval_refuse_twice(struct eval *ev, const struct scope *scope,
                       struct binding *first, struct loc loc,
                       const char *advice)
{
    first->twice = true;
    struct str name = name_text(ev->cx.names, first->name);
    struct span there = {scope->source, first->loc.off, first->loc.len};
    struct diag *d = diag_report(
        ev->cx.diags, DIAG_DUPLICATE_NAME, eval_span(ev, loc), ev->cx.chain,
        "'%.*s' is bound twice in one scope%s", STR_ARG(name), advice);
    diag_note(ev->cx.diags, d, there, "the first is here");
    return false;
}
