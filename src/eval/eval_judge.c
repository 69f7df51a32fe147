/* SPDX-License-Identifier: MIT */
/* In: an expression and a type, before the run. Out: whether what is known of
 * the expression's value can be right. It is held against the type by the same
 * code as in the run; what is not known fits. */
#include "eval/eval_judge.h"

#include "eval/type.h"
#include "lang/visit.h"
#include "lang/where.h"

/* --- literals --- */

/* Items that may be left out are not known. Where others may come in, one that
 * is not known stands at the end. */
static struct value literal_list(struct eval *ev, const struct expr_list *e)
{
    struct value list = value_list_new(ev->cx.scratch, e->n);
    bool more = false;
    for (const struct item *i = e->items; i; i = i->next) {
        more = more || i->splice || i->cond;
        if (!i->splice)
            list = value_list_add(ev->cx.scratch, list,
                                  i->cond ? value_bad()
                                          : eval_judge_literal(ev, i->expr));
    }
    return more ? value_list_add(ev->cx.scratch, list, value_bad()) : list;
}

static struct value literal_map(struct eval *ev, const struct expr_map *e)
{
    struct value map = value_map_new(ev->cx.scratch);
    for (const struct entry *n = e->entries; n; n = n->next) {
        if (n->key->kind != EXPR_STR)
            return value_bad();
        value_map_set(&map, expr_str_value(n->key),
                      eval_judge_literal(ev, n->value));
    }
    return map;
}

struct value eval_judge_literal(struct eval *ev, const struct expr *e)
{
    struct value v = value_bad();
    eval_enter(ev);
    if (e->kind <= EXPR_STR)
        eval_expr(ev, e, &v);
    else if (e->kind == EXPR_INTERP)
        v = value_str((struct str){NULL, 0});
    else if (e->kind == EXPR_LIST)
        v = literal_list(ev, (const struct expr_list *)e);
    else if (e->kind == EXPR_MAP)
        v = literal_map(ev, (const struct expr_map *)e);
    eval_leave(ev);
    return v;
}

/* The value of the @let of that name at the level of the file, if there is one
 * and nothing sets it; else NULL. */
static const struct expr *let_of(const struct program *p,
                                 const struct file *file, name_id name)
{
    const struct expr *found = NULL;
    for (const struct node *n = file->body; n; n = n->next) {
        const struct node_let *l = (const struct node_let *)n;
        if (n->kind == NODE_LET && l->name == name && !found)
            found = l->expr;
    }
    for (uint32_t k = 0; k < p->files.n; k++)
        for (uint32_t i = 0; i < p->files.at[k]->sets.n; i++)
            if (p->files.at[k]->sets.at[i] == name)
                return NULL;
    return found;
}

/* What is known of a literal, or of a @let of the file. */
static struct value literal_of(struct eval *ev, const struct scope *file,
                               const struct expr *e)
{
    const struct file *tree = program_file(ev->cx.program, file->source);
    if (e->kind == EXPR_NAME && tree)
        e = let_of(ev->cx.program, tree, ((const struct expr_name *)e)->name);
    return e ? eval_judge_literal(ev, e) : value_bad();
}

/* --- conditions --- */

/* Whether all that a condition names is known. */
struct purity {
    struct eval *ev;
    const struct file *file;
    struct visitor walk;
    VEC(name_id) own; /* variables of the comprehensions that are open */
    bool pure;
};

static bool is_own(const struct purity *p, name_id name)
{
    bool own = name == (name_id)WORD_IT;
    for (uint32_t i = 0; i < p->own.n; i++)
        own = own || p->own.at[i] == name;
    return own;
}

/* True if p's file may see a macro of that name: its own or, of an included
 * file, one of a file that includes it. */
static bool is_hidden(const struct purity *p, name_id name)
{
    const struct program *all = p->ev->cx.program;
    if (where_defines(p->file, name))
        return true;
    if (program_is_library(all, p->file->source))
        return false;
    for (uint32_t i = 0; i < all->files.n; i++)
        if (!program_is_library(all, all->files.at[i]->source) &&
            where_defines(all->files.at[i], name))
            return true;
    return false;
}

/* A builtin that reads nothing but its arguments, and that no macro hides. */
static bool is_pure_call(const struct purity *p, const struct expr_call *c)
{
    if (c->module != NAME_NONE || !p->file)
        return false;
    const struct builtin *b = builtin_find(p->ev->cx.builtins, c->name);
    return b && builtin_is_pure(b) && !is_hidden(p, c->name);
}

static void look_inside(struct purity *p, const struct expr_for *f)
{
    uint32_t outer = p->own.n;
    for (const struct for_clause *c = &f->clause; c; c = c->next) {
        visit_expr(&p->walk, c->in);
        vec_push(p->ev->cx.scratch, &p->own, c->var);
        vec_push(p->ev->cx.scratch, &p->own, c->var2);
        visit_expr(&p->walk, c->cond);
    }
    visit_expr(&p->walk, f->key);
    visit_expr(&p->walk, f->value);
    p->own.n = outer;
}

static bool look(void *ctx, const struct expr *e)
{
    struct purity *p = ctx;
    if (e->kind == EXPR_NAME) {
        p->pure = p->pure && is_own(p, ((const struct expr_name *)e)->name);
    } else if (e->kind == EXPR_CALL) {
        p->pure = p->pure && is_pure_call(p, (const struct expr_call *)e);
    } else if (e->kind == EXPR_LIST_FOR || e->kind == EXPR_MAP_FOR) {
        look_inside(p, (const struct expr_for *)e);
        return false;
    }
    return p->pure;
}

/* A type's own conditions are not followed. */
static bool look_type(void *ctx, const struct type *t)
{
    struct purity *p = ctx;
    if (t->kind == TYPE_NAME || t->kind == TYPE_IN || t->kind == TYPE_WHERE)
        p->pure = false;
    return p->pure;
}

bool eval_judge_pure(struct eval *ev, const struct scope *file,
                     const struct expr *e)
{
    struct purity p = {.ev = ev,
                       .file = program_file(ev->cx.program, file->source),
                       .pure = true};
    p.walk = (struct visitor){.ctx = &p, .expr = look, .type = look_type};
    visit_expr(&p.walk, e);
    return p.pure;
}

/* --- lists of choices --- */

/* The value of e, which scope s has all of; what is wrong with it is reported
 * in the run. */
static struct value quietly(struct eval *ev, struct scope *s,
                            const struct expr *e)
{
    struct value v;
    struct scope *scope = ev->cx.scope;
    struct source *source = ev->cx.source;
    bool muted = ev->cx.diags->muted;
    ev->cx.scope = s;
    ev->cx.source = s->source;
    ev->cx.diags->muted = true;
    bool good = eval_expr(ev, e, &v);
    ev->cx.diags->muted = muted;
    ev->cx.source = source;
    ev->cx.scope = scope;
    return good ? v : value_bad();
}

/* A call that is pure but for the @lets in it, such as keys(servers). */
static struct value judge_call(struct eval *ev, struct scope *file,
                               const struct expr_call *c)
{
    struct purity p = {.ev = ev,
                       .file = program_file(ev->cx.program, file->source)};
    struct value v = value_bad();
    if (!is_pure_call(&p, c))
        return v;
    struct scope *s =
        scope_new(ev->cx.scratch, file, file->source, NULL, c->nargs);
    for (uint32_t i = 0; i < c->nargs; i++) {
        const struct expr_name *n = (const struct expr_name *)c->args[i].expr;
        v = literal_of(ev, file, &n->e);
        if (type_is_unknown(v))
            return value_bad();
        if (n->e.kind == EXPR_NAME && !scope_own(s, n->name))
            scope_bind_value(ev->cx.scratch, s, n->name, v, n->e.loc);
    }
    return quietly(ev, s, &c->e);
}

struct value eval_judge_list(struct eval *ev, struct scope *file,
                             const struct expr *e)
{
    struct value v = e->kind == EXPR_CALL
                         ? judge_call(ev, file, (const struct expr_call *)e)
                         : literal_of(ev, file, e);
    return v.type == VALUE_LIST ? v : value_bad();
}

/* --- the question --- */

static void report_misfit(struct eval *ev, const struct judge_binding *b,
                          struct scope *file, struct value v)
{
    struct str name = str_slice(file->source->text, b->name.off, b->name.len);
    struct str subject =
        b->key == NAME_NONE ? name : name_text(ev->cx.names, b->key);
    for (uint32_t i = 0; i < MOST_MISFITS; i++) {
        struct misfit m =
            type_explain_nth(ev, file, b->type, v, b->expr, subject, i);
        if (!m.message.ptr)
            break;
        struct diag *d = diag_report(
            ev->cx.diags, DIAG_TYPE,
            (struct span){b->source, m.loc.off, m.loc.len}, NULL, "%.*s%s%.*s",
            STR_ARG(b->callee), b->callee.len ? ": " : "", STR_ARG(m.message));
        if (b->declared)
            type_note_declared(ev, d, b->declared, b->name);
    }
}

bool eval_judge_fits(void *ctx, const struct judge_binding *b, bool report)
{
    struct eval *ev = ctx;
    struct source *declared =
        b->declared ? b->declared : builtin_source(ev->cx.builtins);
    struct arena_mark mark = arena_mark(ev->cx.scratch);
    ev->cx.source = b->source;
    ev->cx.at = b->expr->loc;
    struct scope *file = scope_new(ev->cx.scratch, NULL, declared, NULL, 0);
    ev->cx.scope = file;
    struct value v = eval_judge_literal(ev, b->expr);
    enum fit fit = type_fits(ev, file, b->type, v);
    if (fit == FIT_NO && report)
        report_misfit(ev, b, file, v);
    ev->cx.source = NULL; /* nothing is under way */
    arena_rewind(ev->cx.scratch, mark);
    return fit == FIT_YES;
}
