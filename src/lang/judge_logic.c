/* SPDX-License-Identifier: MIT */
/* In: conditions. Out: reports of literals in them. The one idea: what has the
 * same truth whatever happens is no condition, so something else was meant. */
#include "lang/judge_logic.h"

static bool is_text_or_items(const struct expr *e)
{
    return e->kind == EXPR_STR || e->kind == EXPR_LIST || e->kind == EXPR_MAP;
}

static struct span span_of(struct source *source, struct loc loc)
{
    return (struct span){source, loc.off, loc.len};
}

/* --- "and" and "or" --- */

/* v == "a" or "b" */
static bool refuse_operand(struct diags *diags, struct source *source,
                           const struct expr *before, bool is_or,
                           const struct expr *e)
{
    const struct operand *first = ((const struct expr_chain *)before)->operands;
    struct str value = source_span_text(span_of(source, e->loc));
    struct str left = source_span_text(span_of(source, first->expr->loc));
    struct str right =
        source_span_text(span_of(source, first->next->expr->loc));
    int op = first->next->op;
    bool listed = op == (is_or ? OP_EQ : OP_NE) && e->kind == EXPR_STR;
    diag_report(diags, DIAG_CONSTANT_CONDITION, span_of(source, e->loc), NULL,
                "%.*s is compared with nothing, so it decides nothing%s%.*s%s"
                "%.*s%s%.*s%s",
                STR_ARG(value), listed ? "; write " : "",
                listed ? (int)left.len : 0, left.ptr,
                !listed       ? ""
                : op == OP_EQ ? " in ["
                              : " not in [",
                listed ? (int)right.len : 0, right.ptr, listed ? ", " : "",
                listed ? (int)value.len : 0, value.ptr, listed ? "]" : "");
    return false;
}

/* x or "default" */
static void warn_default(struct diags *diags, struct source *source,
                         const struct expr *e)
{
    diag_report(diags, DIAG_OR_DEFAULT, span_of(source, e->loc), NULL,
                "'or' gives true or false, not its operand; for a default use "
                "'?\?'");
}

static bool judge_chain(struct diags *diags, struct source *source,
                        const struct expr_chain *chain)
{
    const struct operand *before = chain->operands;
    for (const struct operand *o = before->next; o; before = o, o = o->next) {
        bool literal = is_text_or_items(o->expr);
        if (literal && before->expr->kind == EXPR_COMPARE)
            return refuse_operand(diags, source, before->expr,
                                  chain->e.kind == EXPR_OR, o->expr);
        if (chain->e.kind == EXPR_OR &&
            (literal || o->expr->kind == EXPR_INT)) {
            warn_default(diags, source, &chain->e);
            return true;
        }
    }
    return true;
}

/* --- conditions --- */

static bool judge_condition(struct diags *diags, struct source *source,
                            const struct expr *e)
{
    const struct expr_list *l = (const struct expr_list *)e;
    if (!e || e->kind != EXPR_LIST || l->n == 0)
        return true;
    diag_report(diags, DIAG_CONSTANT_CONDITION, span_of(source, e->loc), NULL,
                "a list with items in it always holds; a condition stands "
                "without [ ]");
    return false;
}

bool judge_logic_expr(struct diags *diags, struct source *source,
                      const struct expr *e)
{
    switch (e->kind) {
    case EXPR_AND:
    case EXPR_OR:
        return judge_chain(diags, source, (const struct expr_chain *)e);
    case EXPR_NOT:
        return judge_condition(diags, source,
                               ((const struct expr_unary *)e)->operand);
    case EXPR_LIST_FOR:
    case EXPR_MAP_FOR:
        return judge_condition(diags, source,
                               ((const struct expr_for *)e)->clause.cond);
    case EXPR_COND:
        return judge_condition(diags, source,
                               ((const struct expr_cond *)e)->cond);
    default:
        return true;
    }
}

static bool judge_arms(struct diags *diags, struct source *source,
                       const struct arm *arm)
{
    bool good = true;
    for (; arm; arm = arm->next)
        good = judge_condition(diags, source, arm->cond) && good;
    return good;
}

bool judge_logic_node(struct diags *diags, struct source *source,
                      const struct node *n)
{
    switch (n->kind) {
    case NODE_IF:
        return judge_arms(diags, source, ((const struct node_if *)n)->arms);
    case NODE_FOR:
        return judge_condition(diags, source,
                               ((const struct node_for *)n)->clause.cond);
    case NODE_MESSAGE:
        return judge_condition(diags, source,
                               ((const struct node_message *)n)->guard);
    case NODE_RETURN:
        return judge_condition(diags, source,
                               ((const struct node_return *)n)->guard);
    default:
        return true;
    }
}
