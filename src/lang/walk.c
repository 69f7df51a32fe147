/* SPDX-License-Identifier: MIT */
/* The children of each kind of node and expression, in source order. Depth is
 * bounded: the parser has counted it against LIMIT_NESTING. */
#include "lang/walk.h"

void walk_args(struct walk *w, const struct expr_call *c)
{
    for (uint32_t i = 0; i < c->nargs; i++)
        walk_expr(w, c->args[i].expr);
}

void walk_steps(struct walk *w, const struct step *steps)
{
    for (; steps; steps = steps->next)
        walk_expr(w, steps->index);
}

static void walk_items(struct walk *w, const struct item *i)
{
    for (; i; i = i->next) {
        walk_expr(w, i->expr);
        walk_expr(w, i->cond);
    }
}

static void walk_entries(struct walk *w, const struct entry *e)
{
    for (; e; e = e->next) {
        walk_expr(w, e->key);
        walk_expr(w, e->value);
    }
}

static void walk_parts(struct walk *w, const struct part *p)
{
    for (; p; p = p->next)
        walk_expr(w, p->expr);
}

static void walk_operands(struct walk *w, const struct operand *o)
{
    for (; o; o = o->next)
        walk_expr(w, o->expr);
}

static void walk_comprehension(struct walk *w, const struct expr_for *f)
{
    walk_expr(w, f->key);
    walk_expr(w, f->value);
    walk_expr(w, f->in);
    walk_expr(w, f->cond);
}

static void walk_cond(struct walk *w, const struct expr_cond *c)
{
    walk_expr(w, c->then);
    walk_expr(w, c->cond);
    walk_expr(w, c->otherwise);
}

void walk_expr(struct walk *w, const struct expr *e)
{
    if (!e || !w->expr(w->ctx, e))
        return;
    switch (e->kind) {
    case EXPR_INTERP:
        walk_parts(w, ((const struct expr_interp *)e)->parts);
        break;
    case EXPR_ACCESS:
        walk_expr(w, ((const struct expr_access *)e)->base);
        walk_steps(w, ((const struct expr_access *)e)->steps);
        break;
    case EXPR_CALL:
        walk_args(w, (const struct expr_call *)e);
        break;
    case EXPR_LIST:
        walk_items(w, ((const struct expr_list *)e)->items);
        break;
    case EXPR_MAP:
        walk_entries(w, ((const struct expr_map *)e)->entries);
        break;
    case EXPR_LIST_FOR:
    case EXPR_MAP_FOR:
        walk_comprehension(w, (const struct expr_for *)e);
        break;
    case EXPR_NEG:
    case EXPR_NOT:
        walk_expr(w, ((const struct expr_unary *)e)->operand);
        break;
    case EXPR_ARITH:
    case EXPR_COMPARE:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COALESCE:
        walk_operands(w, ((const struct expr_chain *)e)->operands);
        break;
    case EXPR_COND:
        walk_cond(w, (const struct expr_cond *)e);
        break;
    default:
        break;
    }
}

static void walk_arms(struct walk *w, const struct arm *a)
{
    for (; a; a = a->next) {
        walk_expr(w, a->cond);
        walk_nodes(w, a->body);
    }
}

static void walk_loop(struct walk *w, const struct node_for *n)
{
    walk_expr(w, n->in);
    w->loops++;
    walk_nodes(w, n->body);
    w->loops--;
}

static void walk_define(struct walk *w, const struct node_define *n)
{
    for (uint32_t i = 0; i < n->signature.n; i++)
        walk_expr(w, n->signature.params[i].value);
    walk_expr(w, n->expr);
    walk_nodes(w, n->body);
}

static void walk_insert(struct walk *w, const struct node_insert *n)
{
    walk_expr(w, n->expr);
    if (n->n.flag == INSERT_CALL)
        walk_nodes(w, n->body);
    else if (n->if_text)
        walk_nodes(w, n->if_text->nodes);
}

static void walk_param(struct walk *w, const struct node_param *n)
{
    walk_expr(w, n->value);
    walk_expr(w, n->choices);
}

static void walk_block(struct walk *w, const struct node_block *n)
{
    walk_expr(w, n->expr);
    walk_nodes(w, n->body);
}

static void walk_node(struct walk *w, const struct node *n)
{
    switch (n->kind) {
    case NODE_VALUE:
        walk_expr(w, ((const struct node_value *)n)->expr);
        break;
    case NODE_INSERT:
        walk_insert(w, (const struct node_insert *)n);
        break;
    case NODE_LET:
    case NODE_SET:
        walk_expr(w, ((const struct node_let *)n)->expr);
        break;
    case NODE_IF:
        walk_arms(w, ((const struct node_if *)n)->arms);
        break;
    case NODE_FOR:
        walk_loop(w, (const struct node_for *)n);
        break;
    case NODE_DEFINE:
        walk_define(w, (const struct node_define *)n);
        break;
    case NODE_INCLUDE:
        walk_expr(w, ((const struct node_include *)n)->path);
        break;
    case NODE_FILE:
    case NODE_JOIN:
    case NODE_DEFER:
        walk_block(w, (const struct node_block *)n);
        break;
    case NODE_PARAM:
        walk_param(w, (const struct node_param *)n);
        break;
    case NODE_MESSAGE:
        walk_expr(w, ((const struct node_message *)n)->expr);
        break;
    default:
        break;
    }
}

void walk_nodes(struct walk *w, const struct node *n)
{
    for (; n; n = n->next)
        if (w->node(w->ctx, n))
            walk_node(w, n);
}
