/* SPDX-License-Identifier: MIT */
/* One walk over a tree for every pass that looks at all of it. */
#ifndef STAGEPP_LANG_VISIT_H
#define STAGEPP_LANG_VISIT_H

#include "lang/ast.h"

struct visitor {
    void *ctx;
    /* Called before the children; false: they are not walked. */
    bool (*expr)(void *ctx, const struct expr *e);
    bool (*node)(void *ctx, const struct node *n);
    /* The same for types; NULL: nothing to call. */
    bool (*type)(void *ctx, const struct type *t);
    uint32_t loops;    /* open @for around the node */
    uint32_t wheres;   /* open conditions of types */
    uint32_t choosing; /* not 0: in the condition of an @for */
};

void visit_inside(struct visitor *v, const struct expr *e);
/* e may be NULL. Literals are passed over: there is no name in them. */
static inline void visit_expr(struct visitor *v, const struct expr *e)
{
    if (e && e->kind > EXPR_STR)
        visit_inside(v, e);
}

/* The expressions in t, which may be NULL. */
void visit_type(struct visitor *v, const struct type *t);
void visit_args(struct visitor *v, const struct expr_call *c);
void visit_steps(struct visitor *v, const struct step *steps);
/* The lines inside of a block, but not those of an @if, which has several;
 * NULL: n has none. */
const struct node *visit_body(const struct node *n);
/* The children of n, for a visitor that has to know when they end. */
void visit_node(struct visitor *v, const struct node *n);
/* n and those after it; an "@name(" line as a call and as text. */
void visit_nodes(struct visitor *v, const struct node *n);

#endif
