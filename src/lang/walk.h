/* SPDX-License-Identifier: MIT */
/* One walk over a tree for every pass that looks at all of it. */
#ifndef STAGEPP_LANG_WALK_H
#define STAGEPP_LANG_WALK_H

#include "lang/ast.h"

struct walk {
    void *ctx;
    /* Called before the children; false: they are not walked. */
    bool (*expr)(void *ctx, const struct expr *e);
    bool (*node)(void *ctx, const struct node *n);
    uint32_t loops; /* open @for around the node */
};

/* e may be NULL. */
void walk_expr(struct walk *w, const struct expr *e);
void walk_args(struct walk *w, const struct expr_call *c);
void walk_steps(struct walk *w, const struct step *steps);
/* n and those behind it; an "@name(" line as a call and as text. */
void walk_nodes(struct walk *w, const struct node *n);

#endif
