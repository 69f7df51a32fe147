/* SPDX-License-Identifier: MIT */
/* Expressions into values, a function for each kind. */
#include "eval/eval_sight.h"

#include <string.h>

/* --- names --- */

static bool special_name(struct eval *ev, const struct expr_name *e,
                         struct value *out)
{
    uint32_t line, col;
    switch (rules_special(name_text(ev->cx.names, e->name))) {
    case SPECIAL_TEMPLATE:
        *out = value_str(ev->cx.program->root->source->name);
        return true;
    case SPECIAL_FILE:
        *out = value_str(ev->cx.source->name);
        return true;
    case SPECIAL_VERSION:
        *out = value_str(str_from(ev->version));
        return true;
    case SPECIAL_OUTPUT:
        *out = value_str(ev->output ? ev->output->path : STR(""));
        return true;
    case SPECIAL_LINE:
        source_locate(ev->cx.source, e->e.loc.off, &line, &col);
        *out = value_int(line);
        return true;
    default:
        return false;
    }
}

/* A name that no @let, @for or parameter has bound. */
NOINLINE static bool eval_other_name(struct eval *ev, const struct expr_name *e,
                                     struct value *out)
{
    return special_name(ev, e, out) || eval_refuse_value(ev, e->name, e->e.loc);
}

static inline bool eval_name(struct eval *ev, const struct expr_name *e,
                             struct value *out)
{
    struct binding *b =
        scope_find(ev->cx.scope, e->name, BOUND_VALUE | BOUND_IMPORT);
    if (!b || b->kind == BOUND_IMPORT)
        return eval_other_name(ev, e, out);
    *out = b->u.value;
    return out->type != VALUE_BAD && eval_heed(ev, b, e->e.loc);
}

/* --- strings, lists and maps --- */

bool eval_string(struct eval *ev, const struct expr *e, const char *what,
                 struct str *out)
{
    struct value v;
    if (!eval_expr(ev, e, &v))
        return false;
    if (v.type != VALUE_STR)
        return eval_error(ev, DIAG_TYPE, e->loc, "%s is a string, not %s", what,
                          value_type_a(v.type));
    *out = value_text(v);
    return true;
}

static bool eval_interp(struct eval *ev, const struct expr_interp *e,
                        struct value *out)
{
    size_t mark = ev->cx.work.len;
    bool good = true;
    struct traced_part part = {NULL, {NULL, 0}}; /* in a run that records */
    for (const struct part *p = e->parts; p && good; p = p->next) {
        if (p->expr)
            good = eval_print(ev, p->expr, &ev->cx.work);
        else
            buf_add(&ev->cx.work, p->text);
        if (ev->record && p->expr && !part.t)
            part = ev->cx.traced.print;
    }
    if (good) {
        struct str text = buf_from(&ev->cx.work, mark);
        if (text.len > ev->cx.fault->limits.max[LIMIT_VALUE])
            fault_raise(ev->cx.fault, LIMIT_VALUE);
        fault_bytes(ev->cx.fault, text.len);
        *out = value_str(traced_make(&ev->cx.traced, ev->cx.run, part,
                                     arena_str(ev->cx.scratch, text)));
    }
    buf_truncate(&ev->cx.work, mark);
    return good;
}

static bool eval_item(struct eval *ev, const struct item *i, struct value *list)
{
    struct value v;
    bool wanted = true;
    if (i->cond && !eval_condition(ev, i->cond, &wanted))
        return false;
    if (!wanted)
        return true;
    if (!eval_expr(ev, i->expr, &v))
        return false;
    if (!i->splice) {
        *list = value_list_add(ev->cx.scratch, *list, v);
        return true;
    }
    if (v.type != VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, i->expr->loc,
                          "'*' splices a list, not %s", value_type_a(v.type));
    eval_steps(ev, v.len);
    *list = value_list_join(ev->cx.scratch, *list, v);
    return true;
}

static bool eval_list(struct eval *ev, const struct expr_list *e,
                      struct value *out)
{
    bool good = true;
    *out = value_list_new(ev->cx.scratch, e->n);
    for (const struct item *i = e->items; i; i = i->next)
        good = eval_item(ev, i, out) && good;
    return good;
}

static bool eval_map(struct eval *ev, const struct expr_map *e,
                     struct value *out)
{
    *out = value_map_new(ev->cx.scratch);
    for (const struct entry *i = e->entries; i; i = i->next) {
        struct str key;
        struct value v;
        if (!eval_string(ev, i->key, "a key", &key) ||
            !eval_expr(ev, i->value, &v))
            return false;
        value_map_set(out, key, v);
    }
    return true;
}

/* --- choices --- */

static bool eval_coalesce(struct eval *ev, const struct expr_chain *e,
                          struct value *out)
{
    for (const struct operand *o = e->operands; o; o = o->next) {
        bool good = o->next && o->expr->kind == EXPR_ACCESS
                        ? eval_access(ev, (const void *)o->expr, true, out)
                        : eval_expr(ev, o->expr, out);
        if (!good)
            return false;
        if (out->type != VALUE_NULL)
            break;
    }
    return true;
}

static bool eval_cond(struct eval *ev, const struct expr_cond *e,
                      struct value *out)
{
    bool truth;
    if (!eval_condition(ev, e->cond, &truth))
        return false;
    if (truth)
        return eval_expr(ev, e->then, out);
    if (e->otherwise)
        return eval_expr(ev, e->otherwise, out);
    *out = value_str(STR(""));
    return true;
}

/* --- conditions --- */

static bool spells_boolean(struct str s)
{
    static const struct str words[] = {
        STR("true"), STR("false"), STR("yes"), STR("no"), STR("on"), STR("off"),
        STR("y"),    STR("n"),     STR("t"),   STR("f"),  STR("1"),  STR("0")};
    if (s.len == 0 || s.len > 5)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_distance(s, words[i], 0) == 0)
            return true;
    return false;
}

bool eval_truth(struct eval *ev, const struct expr *e, struct value v,
                bool *truth)
{
    struct str text = v.type == VALUE_STR ? value_text(v) : STR("");
    switch (v.type) {
    case VALUE_BOOL:
        *truth = v.u.b;
        return true;
    case VALUE_INT:
        *truth = v.u.i != 0;
        return true;
    case VALUE_STR:
        if (spells_boolean(text))
            return eval_error_of(
                ev, DIAG_STRING_CONDITION, e->loc, v,
                "the string \"%.*s\" as a condition; compare it "
                "(== \"%.*s\"), or declare the parameter with a "
                "bool default (@param x = false)",
                STR_ARG(text), STR_ARG(text));
        *truth = v.len != 0;
        return true;
    case VALUE_LIST:
    case VALUE_MAP:
        *truth = v.len != 0;
        return true;
    default:
        *truth = v.type == VALUE_VERSION;
        return v.type != VALUE_BAD;
    }
}

bool eval_condition(struct eval *ev, const struct expr *e, bool *truth)
{
    struct value v;
    return eval_expr(ev, e, &v) && eval_truth(ev, e, v, truth);
}

/* --- all of them --- */

/* Apart, so that leaves, which are most, need no frame for all of these. */
NOINLINE static bool eval_nested(struct eval *ev, const struct expr *e,
                                 struct value *out)
{
    switch (e->kind) {
    case EXPR_INTERP:
        return eval_interp(ev, (const void *)e, out);
    case EXPR_ACCESS:
        return eval_access(ev, (const void *)e, false, out);
    case EXPR_CALL:
        return eval_call(ev, (const void *)e, out);
    case EXPR_LIST:
        return eval_list(ev, (const void *)e, out);
    case EXPR_MAP:
        return eval_map(ev, (const void *)e, out);
    case EXPR_LIST_FOR:
    case EXPR_MAP_FOR:
        return eval_comprehension(ev, (const void *)e, out);
    case EXPR_NEG:
    case EXPR_NOT:
        return eval_unary(ev, (const void *)e, out);
    case EXPR_ARITH:
        return eval_arith(ev, (const void *)e, out);
    case EXPR_COMPARE:
        return eval_compare(ev, (const void *)e, out);
    case EXPR_AND:
    case EXPR_OR:
        return eval_logic(ev, (const void *)e, out);
    case EXPR_COALESCE:
        return eval_coalesce(ev, (const void *)e, out);
    case EXPR_COND:
        return eval_cond(ev, (const void *)e, out);
    default:
        return false;
    }
}

bool eval_expr(struct eval *ev, const struct expr *e, struct value *out)
{
    bool good;
    switch (e->kind) {
    case EXPR_NULL:
        *out = value_null();
        return true;
    case EXPR_BOOL:
        *out = value_bool(e->flag);
        return true;
    case EXPR_INT:
        *out = value_int(((const struct expr_int *)e)->value);
        return true;
    case EXPR_STR:
        *out = value_str(expr_str_value(e));
        return true;
    case EXPR_NAME:
        return eval_name(ev, (const void *)e, out);
    default:
        eval_enter(ev);
        good = eval_nested(ev, e, out);
        eval_leave(ev);
        return good;
    }
}
