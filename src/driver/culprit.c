/* SPDX-License-Identifier: MIT */
/* A value is followed through the trees: from the insertion to the names in it,
 * to the arguments of the call, and so outwards. It is only asked for what is
 * wrong, so nothing is noted while the template is expanded. */
#include "driver/culprit.h"

#include "driver/about.h"
#include "lang/visit.h"

const struct trace *culprit_call(const struct trace *inner,
                                 const struct trace *start)
{
    const struct trace *call = NULL;
    for (; inner && inner != start; inner = inner->up)
        call = inner->kind == TRACE_MACRO ? inner : call;
    return inner == start ? call : NULL;
}

/* --- what stands at a place --- */

struct place {
    struct loc loc;
    const struct expr *found;
    bool blocks; /* of an @call */
};

static bool is_call_at(void *ctx, const struct expr *e)
{
    struct place *p = ctx;
    if (e->kind == EXPR_CALL && e->loc.off == p->loc.off &&
        e->loc.len == p->loc.len)
        p->found = e;
    return !p->found;
}

static bool note_blocks(void *ctx, const struct node *n)
{
    struct place *p = ctx;
    if (!p->found)
        p->blocks = n->kind == NODE_INSERT && n->flag == INSERT_CALL;
    return !p->found;
}

static bool is_insertion_at(void *ctx, const struct node *n)
{
    struct place *p = ctx;
    if (n->loc.off == p->loc.off && n->kind == NODE_VALUE)
        p->found = ((const struct node_value *)n)->expr;
    if (n->loc.off == p->loc.off && n->kind == NODE_INSERT)
        p->found = ((const struct node_insert *)n)->expr;
    return !p->found;
}

static bool any_expr(void *ctx, const struct expr *e)
{
    (void)ctx;
    (void)e;
    return false;
}

/* The call, or (call false) what is inserted, at a place of the program. */
static bool find(stagepp_session *s, struct span at, bool call, struct place *p)
{
    const struct file *file = program_file(&s->program, at.source);
    struct visitor v = {.ctx = p,
                        .expr = call ? is_call_at : any_expr,
                        .node = call ? note_blocks : is_insertion_at};
    *p = (struct place){{at.off, at.len}, NULL, false};
    if (!file)
        return false;
    fault_steps(&s->fault, 1 + (at.source->text.len >> 4));
    visit_nodes(&v, file->body);
    return p->found != NULL;
}

/* --- where a value came from --- */

enum {
    MOST_NAMES = 200 /* that one value is followed through */
};

struct follow {
    stagepp_session *s;
    struct str value;
    const struct node_define *define; /* whose text or argument it is … */
    const struct trace *link;         /* … and its call */
    name_id name;                     /* of the @let that is looked for */
    uint32_t names;
    bool found;
    struct culprit_default *out;
};

static bool follow_name(void *ctx, const struct expr *e);
static bool follow_let(void *ctx, const struct node *n);

static void follow_expr(struct follow *f, const struct expr *e)
{
    struct visitor v = {.ctx = f, .expr = follow_name};
    visit_expr(&v, e);
}

/* Goes on to the caller of the macro; false when that is no macro. */
static bool leave(struct follow *f)
{
    const struct trace *up = f->link->up;
    if (!up || up->kind != TRACE_MACRO)
        return false;
    f->define = about_macro(f->s, f->link->at, up->name);
    f->link = up;
    return f->define != NULL;
}

/* True if the map that a hands on is the **rest of the macro. */
static bool hands_on(const struct follow *f, const struct arg *a)
{
    const struct signature *sig = &f->define->signature;
    uint32_t rest = signature_rest(sig, REST_MAP);
    return a->name == NAME_MAP && a->expr->kind == EXPR_NAME && rest < sig->n &&
           ((const struct expr_name *)a->expr)->name == sig->params[rest].name;
}

/* The argument that p is given, and f the macro whose call has it; NULL: there
 * is none. False: that cannot be told. */
static bool find_argument(struct follow *f, const struct param *p,
                          const struct arg **a)
{
    struct place at;
    if (!find(f->s, f->link->at, true, &at))
        return false;
    *a =
        signature_argument(&f->define->signature,
                           (const struct expr_call *)at.found, at.blocks, p, 0);
    while (*a && (*a)->name == NAME_MAP) {
        if (!leave(f) || !hands_on(f, *a) ||
            !find(f->s, f->link->at, true, &at))
            return false;
        *a = signature_named((const struct expr_call *)at.found, p->name);
    }
    return !*a || (*a)->name != NAME_SPLICE;
}

static void follow_param(struct follow *f, const struct param *p)
{
    struct follow outer = *f;
    const struct arg *a;
    if (!find_argument(&outer, p, &a))
        return;
    if (a) {
        if (leave(&outer))
            follow_expr(&outer, a->expr);
        f->found = outer.found;
        f->names = outer.names;
    } else if (p->value && p->value->kind != EXPR_STR) {
        follow_expr(f, p->value);
    } else if (p->value && str_eq(expr_str_value(p->value), f->value)) {
        f->found = true;
        *f->out = (struct culprit_default){outer.link, p->name};
    }
}

static bool follow_name(void *ctx, const struct expr *e)
{
    struct follow *f = ctx;
    const struct signature *sig = &f->define->signature;
    name_id name = ((const struct expr_name *)e)->name;
    if (f->found || (e->kind == EXPR_NAME && ++f->names > MOST_NAMES))
        return false;
    if (e->kind != EXPR_NAME)
        return true;
    for (uint32_t i = 0; i < sig->n; i++)
        if (sig->params[i].name == name) {
            follow_param(f, &sig->params[i]);
            return false;
        }
    struct follow local = *f;
    local.name = name;
    struct visitor v = {.ctx = &local, .expr = any_expr, .node = follow_let};
    visit_nodes(&v, f->define->body);
    f->found = local.found;
    f->names = local.names;
    return false;
}

/* A variable of the macro that is bound to what is followed. */
static bool follow_let(void *ctx, const struct node *n)
{
    struct follow *f = ctx;
    const struct node_let *let = (const struct node_let *)n;
    if (n->kind == NODE_LET && let->name == f->name)
        follow_expr(f, let->expr);
    return !f->found;
}

bool culprit_default(stagepp_session *s, const struct origin *o,
                     struct str value, struct culprit_default *out)
{
    struct place at;
    struct follow f = {.s = s, .value = value, .link = o->chain, .out = out};
    if (o->kind != ORIGIN_VALUE || !o->chain || o->chain->kind != TRACE_MACRO)
        return false;
    f.define = about_macro(s, o->span, o->chain->name);
    if (f.define && find(s, o->span, false, &at))
        follow_expr(&f, at.found);
    return f.found;
}

/* --- stages that come from elsewhere --- */

struct externals {
    stagepp_session *s;
    name_id module;
    struct words *to;
};

static bool add_external(void *ctx, const struct expr *e)
{
    struct externals *x = ctx;
    const struct expr_call *c = (const struct expr_call *)e;
    if (e->kind != EXPR_CALL || c->module != x->module ||
        !str_eq(name_text(&x->s->names, c->name), STR("external")))
        return true;
    for (uint32_t i = 0; i < c->nargs && i < 1; i++)
        if (c->args[i].expr->kind == EXPR_STR)
            vec_push(&x->s->scratch, x->to, expr_str_value(c->args[i].expr));
    return true;
}

static bool any_node(void *ctx, const struct node *n)
{
    (void)ctx;
    (void)n;
    return true;
}

void culprit_external(stagepp_session *s, struct words *names)
{
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *file = s->program.files.at[i];
        for (uint32_t k = 0; k < file->imports.n; k++) {
            const struct node_import *n = file->imports.at[k];
            struct externals x = {s, n->name, names};
            struct visitor v = {
                .ctx = &x, .expr = add_external, .node = any_node};
            if (str_eq(n->path, STR("std/stage")))
                visit_nodes(&v, file->body);
        }
    }
}
