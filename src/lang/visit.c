/* SPDX-License-Identifier: MIT */
/* The children of each kind of node and expression, in source order. Depth is
 * bounded: the parser has counted it against LIMIT_NESTING. */
#include "lang/visit.h"

#include "lang/type.h"

void visit_args(struct visitor *v, const struct expr_call *c)
{
    for (uint32_t i = 0; i < c->nargs; i++)
        visit_expr(v, c->args[i].expr);
}

void visit_steps(struct visitor *v, const struct step *steps)
{
    for (; steps; steps = steps->next)
        visit_expr(v, steps->index);
}

static void visit_items(struct visitor *v, const struct item *i)
{
    for (; i; i = i->next) {
        visit_expr(v, i->expr);
        visit_expr(v, i->cond);
    }
}

static void visit_entries(struct visitor *v, const struct entry *e)
{
    for (; e; e = e->next) {
        visit_expr(v, e->key);
        visit_expr(v, e->value);
    }
}

static void visit_parts(struct visitor *v, const struct part *p)
{
    for (; p; p = p->next)
        visit_expr(v, p->expr);
}

static void visit_operands(struct visitor *v, const struct operand *o)
{
    for (; o; o = o->next)
        visit_expr(v, o->expr);
}

static void visit_comprehension(struct visitor *v, const struct expr_for *f)
{
    visit_expr(v, f->key);
    visit_expr(v, f->value);
    for (const struct for_clause *c = &f->clause; c; c = c->next) {
        visit_expr(v, c->in);
        visit_expr(v, c->cond);
    }
}

static void visit_cond(struct visitor *v, const struct expr_cond *c)
{
    visit_expr(v, c->then);
    visit_expr(v, c->cond);
    visit_expr(v, c->otherwise);
}

static void visit_fields(struct visitor *v, const struct field *f)
{
    for (; f; f = f->next)
        visit_type(v, f->type);
}

static void visit_members(struct visitor *v, const struct type *t)
{
    for (; t; t = t->next)
        visit_type(v, t);
}

static void visit_where(struct visitor *v, const struct type_where *w)
{
    visit_type(v, w->of);
    v->wheres++;
    visit_expr(v, w->condition);
    v->wheres--;
}

void visit_type(struct visitor *v, const struct type *t)
{
    if (!t || (v->type && !v->type(v->ctx, t)))
        return;
    switch (t->kind) {
    case TYPE_LIST:
    case TYPE_MAP:
        visit_type(v, ((const struct type_of *)t)->key);
        visit_type(v, ((const struct type_of *)t)->item);
        break;
    case TYPE_RECORD:
        visit_fields(v, ((const struct type_record *)t)->fields);
        break;
    case TYPE_IN:
        visit_type(v, ((const struct type_in *)t)->of);
        visit_expr(v, ((const struct type_in *)t)->list);
        break;
    case TYPE_UNION:
        visit_members(v, ((const struct type_union *)t)->members);
        break;
    case TYPE_WHERE:
        visit_where(v, (const struct type_where *)t);
        break;
    default:
        break;
    }
}

void visit_inside(struct visitor *v, const struct expr *e)
{
    if (!v->expr(v->ctx, e))
        return;
    switch (e->kind) {
    case EXPR_INTERP:
        visit_parts(v, ((const struct expr_interp *)e)->parts);
        break;
    case EXPR_ACCESS:
        visit_expr(v, ((const struct expr_access *)e)->base);
        visit_steps(v, ((const struct expr_access *)e)->steps);
        break;
    case EXPR_CALL:
        visit_args(v, (const struct expr_call *)e);
        break;
    case EXPR_LIST:
        visit_items(v, ((const struct expr_list *)e)->items);
        break;
    case EXPR_MAP:
        visit_entries(v, ((const struct expr_map *)e)->entries);
        break;
    case EXPR_LIST_FOR:
    case EXPR_MAP_FOR:
        visit_comprehension(v, (const struct expr_for *)e);
        break;
    case EXPR_NEG:
    case EXPR_NOT:
        visit_expr(v, ((const struct expr_unary *)e)->operand);
        break;
    case EXPR_ARITH:
    case EXPR_COMPARE:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_COALESCE:
        visit_operands(v, ((const struct expr_chain *)e)->operands);
        break;
    case EXPR_COND:
        visit_cond(v, (const struct expr_cond *)e);
        break;
    case EXPR_TYPE:
        visit_type(v, ((const struct expr_type *)e)->type);
        break;
    default:
        break;
    }
}

static void visit_arms(struct visitor *v, const struct arm *a)
{
    for (; a; a = a->next) {
        visit_expr(v, a->cond);
        visit_nodes(v, a->body);
    }
}

static void visit_loop(struct visitor *v, const struct node_for *n)
{
    visit_expr(v, n->clause.in);
    v->choosing++;
    visit_expr(v, n->clause.cond);
    v->choosing--;
    v->loops++;
    visit_nodes(v, n->body);
    v->loops--;
}

static void visit_define(struct visitor *v, const struct node_define *n)
{
    for (uint32_t i = 0; i < n->signature.n; i++) {
        visit_type(v, n->signature.params[i].type);
        visit_expr(v, n->signature.params[i].value);
    }
    visit_expr(v, n->expr);
    visit_nodes(v, n->body);
}

static void visit_insert(struct visitor *v, const struct node_insert *n)
{
    visit_expr(v, n->expr);
    if (n->n.flag == INSERT_CALL)
        visit_nodes(v, n->body);
    else if (n->if_text)
        visit_nodes(v, n->if_text->nodes);
}

static void visit_param(struct visitor *v, const struct node_param *n)
{
    visit_type(v, n->type);
    visit_expr(v, n->value);
    visit_expr(v, n->choices);
}

static void visit_block(struct visitor *v, const struct node_block *n)
{
    visit_expr(v, n->expr);
    visit_expr(v, n->mode);
    visit_nodes(v, n->body);
}

void visit_node(struct visitor *v, const struct node *n)
{
    switch (n->kind) {
    case NODE_VALUE:
        visit_expr(v, ((const struct node_value *)n)->expr);
        break;
    case NODE_INSERT:
        visit_insert(v, (const struct node_insert *)n);
        break;
    case NODE_LET:
    case NODE_SET:
        visit_type(v, ((const struct node_let *)n)->type);
        visit_expr(v, ((const struct node_let *)n)->expr);
        break;
    case NODE_TYPE:
        visit_type(v, ((const struct node_type *)n)->type);
        break;
    case NODE_UNPACK:
        visit_expr(v, ((const struct node_unpack *)n)->expr);
        break;
    case NODE_IF:
        visit_arms(v, ((const struct node_if *)n)->arms);
        break;
    case NODE_FOR:
        visit_loop(v, (const struct node_for *)n);
        break;
    case NODE_DEFINE:
        visit_define(v, (const struct node_define *)n);
        break;
    case NODE_INCLUDE:
        visit_expr(v, ((const struct node_include *)n)->path);
        break;
    case NODE_FILE:
    case NODE_JOIN:
    case NODE_DEFER:
        visit_block(v, (const struct node_block *)n);
        break;
    case NODE_PARAM:
        visit_param(v, (const struct node_param *)n);
        break;
    case NODE_MESSAGE:
        visit_expr(v, ((const struct node_message *)n)->expr);
        visit_expr(v, ((const struct node_message *)n)->guard);
        break;
    case NODE_BLOCK:
        visit_nodes(v, ((const struct node_argument *)n)->body);
        break;
    case NODE_RETURN:
        visit_expr(v, ((const struct node_return *)n)->expr);
        visit_expr(v, ((const struct node_return *)n)->guard);
        break;
    default:
        break;
    }
}

void visit_nodes(struct visitor *v, const struct node *n)
{
    for (; n; n = n->next)
        if (v->node(v->ctx, n))
            visit_node(v, n);
}

const struct node *visit_body(const struct node *n)
{
    switch (n->kind) {
    case NODE_FOR:
        return ((const struct node_for *)n)->body;
    case NODE_DEFINE:
        return ((const struct node_define *)n)->body;
    case NODE_FILE:
    case NODE_JOIN:
    case NODE_DEFER:
        return ((const struct node_block *)n)->body;
    case NODE_BLOCK:
        return ((const struct node_argument *)n)->body;
    case NODE_INSERT:
        return ((const struct node_insert *)n)->body;
    default:
        return NULL;
    }
}
