/* SPDX-License-Identifier: MIT */
/* Walks through lists and maps. @for chooses its items first, so that it knows
 * how many rounds there are; a comprehension takes each as it comes. */
#include "eval/eval.h"

static const char *instead_of(enum value_type type)
{
    switch (type) {
    case VALUE_STR:
        return "; the words of a string are split(s, \" \"), its lines "
               "lines(s)";
    case VALUE_INT:
        return "; the numbers from 0 on are range(n)";
    case VALUE_NULL:
        return "; if it may be null write (x ?? [])";
    default:
        return "";
    }
}

/* The list or map that c walks. */
static bool walked(struct eval *ev, const struct for_clause *c,
                   struct value *in)
{
    bool pairs = c->var2 != NAME_NONE;
    if (!eval_expr(ev, c->in, in))
        return false;
    if (in->type == (pairs ? VALUE_MAP : VALUE_LIST))
        return true;
    if (in->type == VALUE_MAP)
        return eval_error_of(
            ev, DIAG_TYPE, c->in->loc, *in,
            "a map is walked with two variables (for k, v in …), "
            "or through keys() or values()");
    if (in->type == VALUE_LIST)
        return eval_error_of(ev, DIAG_TYPE, c->in->loc, *in,
                             "a list is walked with one variable; the parts of "
                             "an item have names after @let a, b = item");
    return eval_error_of(ev, DIAG_TYPE, c->in->loc, *in,
                         "only lists and maps can be walked, not %s%s",
                         value_type_a(in->type), instead_of(in->type));
}

/* Binds the variables of c, the first in s, to number i of `in`. */
static inline void bind(struct eval *ev, struct scope *s,
                        const struct for_clause *c, struct value in, uint32_t i)
{
    bool pairs = c->var2 != NAME_NONE;
    struct value first =
        pairs ? value_str(value_map_key(in, i)) : value_item(in, i);
    scope_bind_value(ev->cx.scratch, s, c->var, first, c->var_loc);
    if (pairs)
        scope_bind_value(ev->cx.scratch, s, c->var2, value_map_at(in, i),
                         c->var2_loc);
}

/* --- @for --- */

/* The variables, and a few @let. */
enum {
    ITERATION_BINDINGS = 4
};

/* The round for number i of `in`. */
static bool eval_round(struct eval *ev, const struct node_for *n,
                       struct value in, uint32_t i, struct loop loop)
{
    struct region r;
    struct scope *up = ev->cx.scope, *s;
    eval_region_begin(ev, &r);
    eval_steps(ev, 1);
    s = scope_new(ev->cx.scratch, up, ev->cx.source, &r, ITERATION_BINDINGS);
    s->loop = loop;
    bind(ev, s, &n->clause, in, i);
    struct round *round = arena_new(ev->cx.scratch, struct round);
    *round = (struct round){ev->round, &n->clause, s};
    ev->cx.scope = s;
    ev->round = round;
    bool good = eval_nodes(ev, n->body);
    ev->cx.scope = up;
    ev->round = round->up;
    eval_region_end(ev, &r);
    return good;
}

/* Numbers of items. */
typedef VEC(uint32_t) index_list;

/* Those of `in` that fulfil the condition. After an error, which the others
 * would only repeat, it ends. */
static bool choose(struct eval *ev, const struct for_clause *c, struct value in,
                   index_list *chosen)
{
    struct region r;
    bool good = true, wanted = false;
    struct scope *up = ev->cx.scope;
    struct scope *s =
        scope_new(ev->cx.scratch, up, ev->cx.source, ev->region, 2);
    ev->cx.scope = s;
    for (uint32_t i = 0; i < in.len && good; i++) {
        s->n = 0;
        bind(ev, s, c, in, i);
        eval_steps(ev, 1);
        eval_region_begin(ev, &r);
        good = eval_condition(ev, c->cond, &wanted);
        eval_region_end(ev, &r);
        if (good && wanted)
            vec_push(ev->cx.scratch, chosen, i);
    }
    ev->cx.scope = up;
    return good;
}

bool eval_loop(struct eval *ev, const struct node_for *n)
{
    struct value in;
    index_list chosen = {NULL, 0, 0};
    bool good = true, all = !n->clause.cond;
    if (!walked(ev, &n->clause, &in) ||
        (!all && !choose(ev, &n->clause, in, &chosen)))
        return false;
    uint32_t rounds = all ? in.len : chosen.n;
    for (uint32_t i = 0; i < rounds && !ev->returned; i++)
        good = eval_round(ev, n, in, all ? i : chosen.at[i],
                          (struct loop){i + 1, rounds}) &&
               good;
    return good;
}

/* --- comprehensions --- */

static bool add_item(struct eval *ev, const struct expr_for *e,
                     struct value *out)
{
    struct value v;
    struct str key;
    if (e->key && !eval_string(ev, e->key, "a key", &key))
        return false;
    if (!eval_expr(ev, e->value, &v))
        return false;
    if (e->key)
        value_map_set(out, key, v);
    else
        *out = value_list_add(ev->cx.scratch, *out, v);
    return true;
}

static bool walk(struct eval *ev, const struct expr_for *e,
                 const struct for_clause *c, struct value *out);

/* Adds what one item of c gives. */
static bool walk_item(struct eval *ev, const struct expr_for *e,
                      const struct for_clause *c, struct value *out)
{
    bool wanted = true;
    eval_steps(ev, 1);
    if (c->cond && !eval_condition(ev, c->cond, &wanted))
        return false;
    if (!wanted)
        return true;
    if (!c->next)
        return add_item(ev, e, out);
    eval_enter(ev);
    bool good = walk(ev, e, c->next, out);
    eval_leave(ev);
    return good;
}

/* Adds what c and the clauses inside of it give. */
static bool walk(struct eval *ev, const struct expr_for *e,
                 const struct for_clause *c, struct value *out)
{
    struct value in;
    struct scope *up = ev->cx.scope;
    bool good = true;
    if (!walked(ev, c, &in))
        return false;
    struct scope *s =
        scope_new(ev->cx.scratch, up, ev->cx.source, ev->region, 2);
    ev->cx.scope = s;
    for (uint32_t i = 0; i < in.len && good; i++) {
        s->n = 0;
        bind(ev, s, c, in, i);
        good = walk_item(ev, e, c, out);
    }
    ev->cx.scope = up;
    return good;
}

bool eval_comprehension(struct eval *ev, const struct expr_for *e,
                        struct value *out)
{
    *out = e->key ? value_map_new(ev->cx.scratch)
                  : value_list_new(ev->cx.scratch, 0);
    return walk(ev, e, &e->clause, out);
}
