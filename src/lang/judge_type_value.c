/* SPDX-License-Identifier: MIT */
/* In: the values of @let, @param and parameters, and the conditions of types.
 * Out: reports of a type where a value stands, and of a condition that asks
 * nothing of the value. */
#include "lang/judge_type.h"

static struct span span_of(const struct judge_types *j, struct loc loc)
{
    return (struct span){j->file->source, loc.off, loc.len};
}

/* --- types as values --- */

static bool names_type(const struct judge_types *j, name_id name)
{
    unsigned bound = j->sight->bound(j->sight->ctx, name);
    bool word = name >= (name_id)WORD_ANY && name <= (name_id)WORD_MAP;
    return !(bound & (BOUND_VALUE | BOUND_MACRO | BOUND_IMPORT)) &&
           (word || type_of_name(j->sight->names, j->file, name));
}

/* True if `library` is imported here and has a type of that name. */
static bool has_type(const struct judge_types *j, name_id library,
                     struct str type)
{
    name_id name = name_find(j->sight->names, type);
    for (uint32_t i = 0; i < j->file->imports.n && name != NAME_NONE; i++) {
        const struct node_import *n = j->file->imports.at[i];
        if (n->name == library && n->target)
            return type_of_name(j->sight->names, n->target, name);
    }
    return false;
}

/* "int", "list[int]", "library.type", "int | null" */
static bool is_type(const struct judge_types *j, const struct expr *e)
{
    if (e->kind == EXPR_NAME)
        return names_type(j, ((const struct expr_name *)e)->name);
    if (e->kind == EXPR_CALL && e->flag) { /* a pipe */
        const struct expr_call *c = (const struct expr_call *)e;
        return c->nargs == 1 && c->module == NAME_NONE &&
               names_type(j, c->name) && is_type(j, c->args->expr);
    }
    const struct expr_access *a = (const struct expr_access *)e;
    if (e->kind != EXPR_ACCESS || a->base->kind != EXPR_NAME || a->steps->next)
        return false;
    name_id base = ((const struct expr_name *)a->base)->name;
    return a->steps->kind == STEP_KEY
               ? has_type(j, base, a->steps->key)
               : (base == (name_id)WORD_LIST || base == (name_id)WORD_MAP) &&
                     names_type(j, base);
}

/* The name that n gives the value e; len 0: none. */
static struct loc named(const struct node *n, const struct expr *e)
{
    const struct node_let *l = (const struct node_let *)n;
    const struct node_param *p = (const struct node_param *)n;
    const struct signature *s = &((const struct node_define *)n)->signature;
    if (n->kind == NODE_LET && l->expr == e)
        return l->name_loc;
    if (n->kind == NODE_PARAM && p->value == e)
        return p->name_loc;
    for (uint32_t i = 0; n->kind == NODE_DEFINE && i < s->n; i++)
        if (s->params[i].value == e)
            return s->params[i].loc;
    return (struct loc){0, 0};
}

bool judge_type_value(const struct judge_types *j, const struct node *n,
                      const struct expr *e)
{
    struct loc name = named(n, e);
    if (name.len == 0 || !is_type(j, e))
        return true;
    struct str type = source_span_text(span_of(j, e->loc));
    struct str word = source_span_text(span_of(j, name));
    diag_report(j->sight->diags, DIAG_UNKNOWN_NAME, span_of(j, e->loc), NULL,
                "'%.*s'; it is a type, which goes after the name and ':': "
                "%s%.*s: %.*s%s",
                STR_ARG(type),
                n->kind == NODE_PARAM ? "@param "
                : n->kind == NODE_LET ? "@let "
                                      : "",
                STR_ARG(word), STR_ARG(type),
                n->kind == NODE_LET ? " = …" : "");
    return false;
}

/* --- conditions --- */

/* The names in a condition. */
struct asked {
    const struct judge_types *j;
    const struct expr *first, *unknown; /* the first one, and that of no
                                           variable; or NULL */
    bool it;
};

static bool look(void *ctx, const struct expr *e)
{
    struct asked *a = ctx;
    if (e->kind != EXPR_NAME)
        return true;
    name_id name = ((const struct expr_name *)e)->name;
    a->it = a->it || name == WORD_IT;
    a->first = a->first ? a->first : e;
    if (!a->unknown && !a->j->sight->bound(a->j->sight->ctx, name))
        a->unknown = e;
    return true;
}

bool judge_type_where(const struct judge_types *j, const struct type_where *t)
{
    struct asked a = {j, NULL, NULL, false};
    struct visitor walk = {.ctx = &a, .expr = look};
    visit_expr(&walk, t->condition);
    if (!a.first || a.it)
        return true;
    struct loc loc = (a.unknown ? a.unknown : a.first)->loc;
    struct str word = source_span_text(span_of(j, loc));
    diag_report(j->sight->diags, DIAG_TYPE, span_of(j, loc), NULL,
                "the condition of a type asks about the value, which is called "
                "'it' there: write it, not '%.*s'",
                STR_ARG(word));
    return false;
}
