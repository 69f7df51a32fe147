/* SPDX-License-Identifier: MIT */
/* In: two types, names linked. Out: whether the first surely accepts each value
 * of the second. Conditions are not understood: where one decides, the answer
 * is no. */
#include "lang/type.h"

/* --- literals --- */

static bool same_literal(const struct expr *x, const struct expr *y)
{
    if (x->kind != y->kind)
        return false;
    if (x->kind == EXPR_STR)
        return str_eq(expr_str_value(x), expr_str_value(y));
    if (x->kind == EXPR_INT)
        return ((const struct expr_int *)x)->value ==
               ((const struct expr_int *)y)->value;
    return x->kind == EXPR_BOOL && x->flag == y->flag;
}

/* The items of a list that is written out, all literals; NULL: it is another,
 * or empty. */
static const struct item *literal_items(const struct expr *list)
{
    if (list->kind != EXPR_LIST)
        return NULL;
    const struct item *items = ((const struct expr_list *)list)->items;
    for (const struct item *i = items; i; i = i->next)
        if (i->splice || i->cond ||
            (i->expr->kind != EXPR_STR && i->expr->kind != EXPR_INT &&
             i->expr->kind != EXPR_BOOL))
            return NULL;
    return items;
}

static bool covers_literal(const struct type *x, const struct expr *e,
                           struct type_look q);

static bool any_covers_literal(const struct type *members, const struct expr *e,
                               struct type_look q)
{
    for (; members; members = members->next)
        if (covers_literal(members, e, q))
            return true;
    return false;
}

static bool is_item(const struct item *items, const struct expr *e)
{
    for (; items; items = items->next)
        if (same_literal(items->expr, e))
            return true;
    return false;
}

static bool covers_literal(const struct type *x, const struct expr *e,
                           struct type_look q)
{
    const struct type_name *name = (const struct type_name *)x;
    const struct type_where *where = (const struct type_where *)x;
    const struct type_in *in = (const struct type_in *)x;
    if (!type_look_goes_on(&q))
        return false;
    switch (x->kind) {
    case TYPE_ANY:
        return true;
    case TYPE_STRING:
        return e->kind == EXPR_STR;
    case TYPE_INT:
        return e->kind == EXPR_INT;
    case TYPE_BOOL:
        return e->kind == EXPR_BOOL;
    case TYPE_LITERAL:
        return same_literal(((const struct type_literal *)x)->value, e);
    case TYPE_NAME:
        return name->target && covers_literal(name->target->type, e, q);
    case TYPE_WHERE:
        return !where->condition && covers_literal(where->of, e, q);
    case TYPE_IN:
        return is_item(literal_items(in->list), e) &&
               covers_literal(in->of, e, q);
    case TYPE_UNION:
        return any_covers_literal(((const struct type_union *)x)->members, e,
                                  q);
    default:
        return false;
    }
}

/* --- all types --- */

static bool covers(const struct type *x, const struct type *y,
                   struct type_look q);

static bool any_covers(const struct type *members, const struct type *y,
                       struct type_look q)
{
    for (; members; members = members->next)
        if (covers(members, y, q))
            return true;
    return false;
}

static bool all_covered(const struct type *x, const struct type *members,
                        struct type_look q)
{
    for (; members; members = members->next)
        if (!covers(x, members, q))
            return false;
    return true;
}

static bool covers_item(const struct type *x, const struct type *y,
                        struct type_look q)
{
    return !x || (y && covers(x, y, q));
}

static const struct field *field_of(const struct type_record *t, struct str key)
{
    const struct field *f = t->fields;
    while (f && !str_eq(f->key, key))
        f = f->next;
    return f;
}

/* All keys of y are x's, and x needs none that y may lack. */
static bool covers_record(const struct type_record *x,
                          const struct type_record *y, struct type_look q)
{
    for (const struct field *f = y->fields; f; f = f->next) {
        const struct field *of = field_of(x, f->key);
        if (!of || (f->optional && !of->optional) ||
            !covers(of->type, f->type, q))
            return false;
    }
    for (const struct field *f = x->fields; f; f = f->next)
        if (!f->optional && !field_of(y, f->key))
            return false;
    return true;
}

/* Neither is a name, a union or has a condition. */
static bool covers_base(const struct type *x, const struct type *y,
                        struct type_look q)
{
    const struct type_of *xs = (const struct type_of *)x;
    const struct type_of *ys = (const struct type_of *)y;
    if (y->kind == TYPE_LITERAL)
        return covers_literal(x, ((const struct type_literal *)y)->value, q);
    if (x->kind == TYPE_MAP && y->kind == TYPE_RECORD)
        return !xs->key && !xs->item;
    if (x->kind != y->kind)
        return false;
    if (x->kind == TYPE_RECORD)
        return covers_record((const void *)x, (const void *)y, q);
    if (x->kind == TYPE_LIST || x->kind == TYPE_MAP)
        return covers_item(xs->item, ys->item, q) &&
               covers_item(xs->key, ys->key, q);
    return true;
}

static bool covers_choices(const struct type *x, const struct type_in *y,
                           struct type_look q)
{
    const struct item *items = literal_items(y->list), *i = items;
    while (i && covers_literal(x, i->expr, q))
        i = i->next;
    return (items && !i) || covers(x, y->of, q);
}

static bool covers(const struct type *x, const struct type *y,
                   struct type_look q)
{
    const struct type_name *name_x = (const struct type_name *)x;
    const struct type_name *name_y = (const struct type_name *)y;
    const struct type_where *where = (const struct type_where *)x;
    if (!type_look_goes_on(&q))
        return false;
    if (x->kind == TYPE_ANY)
        return true;
    if (x->kind == TYPE_NAME && y->kind == TYPE_NAME &&
        name_x->target == name_y->target)
        return true;
    if (x->kind == TYPE_NAME && name_x->target)
        return covers(name_x->target->type, y, q);
    if (x->kind == TYPE_WHERE && !where->condition)
        return covers(where->of, y, q);
    if (y->kind == TYPE_WHERE)
        return covers(x, ((const struct type_where *)y)->of, q);
    if (y->kind == TYPE_NAME && name_y->target)
        return covers(x, name_y->target->type, q);
    if (y->kind == TYPE_IN)
        return covers_choices(x, (const struct type_in *)y, q);
    if (y->kind == TYPE_UNION)
        return all_covered(x, ((const struct type_union *)y)->members, q);
    if (x->kind == TYPE_UNION)
        return any_covers(((const struct type_union *)x)->members, y, q);
    return x->kind != TYPE_WHERE && x->kind != TYPE_NAME &&
           y->kind != TYPE_NAME && covers_base(x, y, q);
}

bool type_covers(const struct type *x, const struct type *y, unsigned *left)
{
    return covers(x, y, (struct type_look){left, 0});
}
