/* SPDX-License-Identifier: MIT */
/* In: expressions that elsewhere allow a name that nothing binds. Out: one
 * report of each, in place of those of its parts. */
#include "lang/judge_near.h"

/* The name that e is, if nothing binds it and nothing is like it. */
static const struct expr_name *unbound(const struct judge_table *t,
                                       const struct expr *e)
{
    const struct expr_name *n = (const struct expr_name *)e;
    if (!e || e->kind != EXPR_NAME || n->name == t->loop)
        return NULL;
    const struct known *k = judge_table_get(t, n->name);
    struct str text = name_text(t->judge->names, n->name);
    struct near near = near_start(text);
    if (judge_bound(t, n->name) || k->mentioned || k->doubtful ||
        rules_special(text) != SPECIAL_NONE)
        return NULL;
    judge_offer(t, NAME_NONE, BOUND_VALUE, &near);
    return near.best.ptr ? NULL : n;
}

static struct span span_of(const struct file *file, struct loc loc)
{
    return (struct span){file->source, loc.off, loc.len};
}

/* "x ?? e" and "x | default(e)" */
static bool refuse_default(const struct judge_table *t, const struct file *file,
                           const struct expr *x, const struct expr *e)
{
    const struct expr_name *n = unbound(t, x);
    if (!n)
        return true;
    struct str name = name_text(t->judge->names, n->name);
    struct str value = e && e->kind <= EXPR_STR
                           ? source_span_text(span_of(file, e->loc))
                           : STR("…");
    diag_report(t->judge->diags, DIAG_UNKNOWN_NAME, span_of(file, x->loc), NULL,
                "'%.*s'; what may be given from outside is declared with its "
                "default: @param %.*s = %.*s",
                STR_ARG(name), STR_ARG(name), STR_ARG(value));
    return false;
}

/* "x is defined" */
static bool refuse_defined(const struct judge_table *t, const struct file *file,
                           const struct operand *left)
{
    const struct expr_name *n = unbound(t, left->expr);
    struct str type = source_span_text(span_of(file, left->next->expr->loc));
    if (!n || !(str_eq(type, STR("defined")) || str_eq(type, STR("undefined"))))
        return true;
    struct str name = name_text(t->judge->names, n->name);
    diag_report(t->judge->diags, DIAG_UNKNOWN_NAME,
                span_of(file, left->expr->loc), NULL,
                "'%.*s'; whether a name is bound says defined(\"%.*s\")",
                STR_ARG(name), STR_ARG(name));
    return false;
}

/* "x | default(e)" */
static bool refuse_call(const struct judge_table *t, const struct file *file,
                        struct visitor *v, const struct expr_call *c)
{
    struct str name = name_text(t->judge->names, c->name);
    if (!c->e.flag || c->module != NAME_NONE || !str_eq(name, STR("default")) ||
        judge_bound(t, c->name) ||
        refuse_default(t, file, c->args->expr,
                       c->nargs > 1 ? c->args[1].expr : NULL))
        return true;
    for (uint32_t i = 1; i < c->nargs; i++)
        visit_expr(v, c->args[i].expr);
    return false;
}

bool judge_unbound(const struct judge_table *t, const struct file *file,
                   struct visitor *v, const struct expr *e)
{
    bool chain = e->kind == EXPR_COALESCE || e->kind == EXPR_COMPARE;
    const struct operand *o =
        chain ? ((const struct expr_chain *)e)->operands : NULL;
    switch (e->kind) {
    case EXPR_CALL:
        return refuse_call(t, file, v, (const struct expr_call *)e);
    case EXPR_COALESCE:
        if (refuse_default(t, file, o->expr, o->next->expr))
            return true;
        while ((o = o->next))
            visit_expr(v, o->expr);
        return false;
    case EXPR_COMPARE:
        return o->next->expr->kind != EXPR_TYPE || refuse_defined(t, file, o);
    default:
        return true;
    }
}
