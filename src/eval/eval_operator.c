/* SPDX-License-Identifier: MIT */
/* Operators. A chain of one precedence level is a loop, so that only real
 * nesting uses the C stack. */
#include "base/version.h"
#include "eval/eval.h"
#include "eval/nearly.h"

/* Of the operators that take only some types; `in` has its own words. */
static const char *op_text(enum op op)
{
    static const char *const text[] = {
        "+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">="};
    return text[op];
}

static bool overflow(struct eval *ev, struct loc loc)
{
    return eval_error(ev, DIAG_OVERFLOW, loc,
                      "the result does not fit into 64 bits");
}

static bool arith_int(struct eval *ev, const struct operand *o, int64_t b,
                      int64_t *a)
{
    switch (o->op) {
    case OP_ADD:
        return !__builtin_add_overflow(*a, b, a) || overflow(ev, o->op_loc);
    case OP_SUB:
        return !__builtin_sub_overflow(*a, b, a) || overflow(ev, o->op_loc);
    case OP_MUL:
        return !__builtin_mul_overflow(*a, b, a) || overflow(ev, o->op_loc);
    default:
        if (b == 0)
            return eval_error(ev, DIAG_DIVISION, o->op_loc, NULL);
        if (b == -1)
            return o->op == OP_MOD ? (*a = 0, true)
                                   : !__builtin_sub_overflow(0, *a, a) ||
                                         overflow(ev, o->op_loc);
        *a = o->op == OP_DIV ? *a / b : *a % b;
        return true;
    }
}

static struct value join_strings(struct eval *ev, struct value x,
                                 struct value y)
{
    uint64_t len = (uint64_t)x.len + y.len;
    if (len > ev->cx.fault->limits.max[LIMIT_VALUE])
        fault_raise(ev->cx.fault, LIMIT_VALUE);
    if (x.grown && eval_sealed(ev, x))
        x.grown = false;
    struct value both = value_str_join(ev->cx.scratch, x, y);
    fault_bytes(ev->cx.fault, y.len + (both.u.s == x.u.s ? 0 : x.len));
    if (!ev->record)
        return both;
    struct traced *p = &ev->cx.traced;
    struct traced_part part = traced_part(p, value_text(x));
    if (!part.t)
        part = traced_part(p, value_text(y));
    struct str text = traced_make(p, ev->cx.run, part, value_text(both));
    return text.ptr == both.u.s ? both : value_str(text);
}

static struct value join_lists(struct eval *ev, struct value x, struct value y)
{
    if (y.len && eval_sealed(ev, x)) {
        eval_steps(ev, x.len);
        x = value_list_copy(ev->cx.scratch, x);
    }
    struct value both = value_list_join(ev->cx.scratch, x, y);
    eval_steps(ev, y.len);
    if (both.u.list == x.u.list && eval_outlived(ev, x))
        for (uint32_t i = x.len; i < both.len; i++)
            both.u.list->at[i] = eval_copy(ev, both.u.list->at[i]);
    return both;
}

static struct value join_anew(struct eval *ev, struct value x, struct value y)
{
    struct value both = value_map_new(ev->cx.scratch);
    eval_steps(ev, (uint64_t)x.len + y.len);
    value_map_set_all(&both, x);
    value_map_set_all(&both, y);
    return both;
}

static struct value join_maps(struct eval *ev, struct value x, struct value y)
{
    bool in_place = y.len && value_map_appends(x, y);
    if (in_place && eval_sealed(ev, x))
        return join_anew(ev, x, y);
    /* What lives longer must not hold memory of ours. */
    if (in_place && x.u.map->arena != ev->cx.scratch)
        y = eval_copy(ev, y);
    else if (in_place)
        eval_region_escape(ev, NULL);
    eval_steps(ev, (uint64_t)y.len + (in_place ? 0 : x.len));
    return value_map_join(ev->cx.scratch, x, y);
}

/* What to write instead of an operator between values of these types. */
static const char *instead(enum op op, enum value_type x, enum value_type y)
{
    if (x == VALUE_NULL || y == VALUE_NULL)
        return "; if it may be null write (x ?? default)";
    if (op == OP_ADD && (x == VALUE_LIST || y == VALUE_LIST))
        return "; lists are joined with lists: list + [x]";
    if (op == OP_ADD && (x == VALUE_STR || y == VALUE_STR))
        return "; to put a value into a string write \"…@{x}…\"";
    if (op == OP_MOD && x == VALUE_STR)
        return "; values go in the string: \"…@{x}…\"";
    if (op == OP_MUL && (x == VALUE_STR || y == VALUE_STR))
        return "; a string is repeated by repeat(s, n)";
    if (op == OP_DIV && (x == VALUE_STR || y == VALUE_STR))
        return "; paths are joined by joinpath(a, b), strings split by "
               "split(s, sep)";
    if (op == OP_SUB && x == VALUE_LIST)
        return "; items are taken out by minus(list, [x])";
    if (op == OP_SUB && x == VALUE_MAP)
        return "; keys are taken out by omit(map, [\"key\"])";
    if (op == OP_SUB && x == VALUE_STR)
        return "; a part is taken out by replace(s, \"a\", \"\")";
    return "";
}

static bool arith(struct eval *ev, const struct operand *o, struct value y,
                  struct value *x)
{
    if (x->type == VALUE_INT && y.type == VALUE_INT)
        return arith_int(ev, o, y.u.i, &x->u.i);
    if (o->op == OP_ADD && x->type == y.type) {
        if (x->type == VALUE_STR) {
            *x = join_strings(ev, *x, y);
            return true;
        }
        if (x->type == VALUE_LIST) {
            *x = join_lists(ev, *x, y);
            return true;
        }
        if (x->type == VALUE_MAP) {
            *x = join_maps(ev, *x, y);
            return true;
        }
    }
    return eval_error_of_both(
        ev, DIAG_TYPE, o->op_loc, *x, y, "'%s' does not work on %s and %s%s",
        op_text(o->op), value_type_a(x->type), value_type_a(y.type),
        instead(o->op, x->type, y.type));
}

bool eval_arith(struct eval *ev, const struct expr_chain *e, struct value *out)
{
    struct value v;
    if (!eval_expr(ev, e->operands->expr, out))
        return false;
    for (const struct operand *o = e->operands->next; o; o = o->next)
        if (!eval_expr(ev, o->expr, &v) || !arith(ev, o, v, out))
            return false;
    return true;
}

static bool contains(struct eval *ev, const struct operand *first,
                     struct value x, struct value in, bool *found)
{
    const struct operand *o = first->next;
    bool holds_text = in.type == VALUE_MAP || in.type == VALUE_STR;
    if (in.type != VALUE_LIST && !(holds_text && x.type == VALUE_STR))
        return eval_error_of_both(
            ev, DIAG_TYPE, o->op_loc, x, in,
            "'in' asks for an item of a list, a key of a map or "
            "a part of a string, not for %s in %s",
            value_type_a(x.type), value_type_a(in.type));
    if (holds_text)
        fault_bytes(ev->cx.fault, in.type == VALUE_STR ? in.len : x.len);
    *found = value_contains(ev->cx.scratch, in, x);
    if (!*found)
        nearly_held(&ev->cx, o->op_loc, x, in, first->expr->kind == EXPR_CALL);
    return true;
}

static bool order(struct eval *ev, const struct operand *o, struct value x,
                  struct value y, int *cmp)
{
    if (x.type == VALUE_INT && y.type == VALUE_INT) {
        *cmp = (x.u.i > y.u.i) - (x.u.i < y.u.i);
        return true;
    }
    if (x.type == VALUE_VERSION && y.type == VALUE_VERSION) {
        *cmp = version_cmp(value_text(x), value_text(y));
        return true;
    }
    if (x.type == VALUE_STR && y.type == VALUE_STR)
        return eval_error_of_both(
            ev, DIAG_ORDERING, o->op_loc, x, y,
            "strings have no order here; to compare versions "
            "write ver(a) %s ver(b)",
            op_text(o->op));
    return eval_error_of_both(
        ev, DIAG_TYPE, o->op_loc, x, y,
        "'%s' compares two numbers or two versions, not %s and "
        "%s%s",
        op_text(o->op), value_type_a(x.type), value_type_a(y.type),
        x.type == VALUE_VERSION || y.type == VALUE_VERSION
            ? "; write ver(…) on both sides"
            : "");
}

/* "", [] or {}, which a value of another type is asked not to be. */
static bool is_empty(const struct expr *e)
{
    return (e->kind == EXPR_STR && expr_str_value(e).len == 0) ||
           (e->kind == EXPR_LIST && ((const struct expr_list *)e)->n == 0) ||
           (e->kind == EXPR_MAP && !((const struct expr_map *)e)->entries);
}

/* True if x is a bool, and y the text of one. */
static bool is_quoted_bool(struct value x, struct value y)
{
    return x.type == VALUE_BOOL && y.type == VALUE_STR &&
           (str_eq(value_text(y), STR("true")) ||
            str_eq(value_text(y), STR("false")));
}

static bool never_equal(struct eval *ev, const struct operand *o,
                        struct value x, struct value y)
{
    bool quoted = is_quoted_bool(x, y) || is_quoted_bool(y, x);
    struct diag *d = diag_report(
        ev->cx.diags, DIAG_MIXED_COMPARISON, eval_span(ev, o->op_loc),
        ev->cx.chain, "'%s' compares %s with %s, which are never equal; %s",
        op_text(o->op), value_type_a(x.type), value_type_a(y.type),
        quoted ? "true and false have no quotes"
               : "convert one (str(), int(), ver())");
    data_note(&ev->cx, d, x);
    data_note(&ev->cx, d, y);
    return false;
}

/* What trim() takes off may be asked for: s != trim(s). */
static bool is_trim(struct eval *ev, const struct expr *e)
{
    const struct expr_call *call = (const struct expr_call *)e;
    return e->kind == EXPR_CALL &&
           str_eq(name_text(ev->cx.names, call->name), STR("trim"));
}

static bool equal(struct eval *ev, const struct operand *first, struct value x,
                  struct value y, bool *same)
{
    const struct operand *o = first->next;
    *same = false;
    if (x.type == VALUE_INT && y.type == VALUE_INT)
        *same = x.u.i == y.u.i;
    else if (x.type == VALUE_NULL || y.type == VALUE_NULL)
        *same = x.type == y.type;
    else if (x.type != y.type && (is_empty(first->expr) || is_empty(o->expr)))
        *same = false;
    else if (x.type != y.type)
        return never_equal(ev, o, x, y);
    else
        *same = value_same(ev->cx.scratch, x, y);
    if (!*same && x.type == VALUE_STR && y.type == VALUE_STR &&
        !is_trim(ev, first->expr) && !is_trim(ev, o->expr))
        nearly_same(&ev->cx, o->op_loc, x, y,
                    first->expr->kind == EXPR_CALL ||
                        o->expr->kind == EXPR_CALL);
    return true;
}

bool eval_compare(struct eval *ev, const struct expr_chain *e,
                  struct value *out)
{
    const struct operand *o = e->operands->next;
    struct value x, y;
    bool result = false;
    int cmp = 0;
    if (!eval_expr(ev, e->operands->expr, &x))
        return false;
    if (o->expr->kind == EXPR_TYPE) {
        if (!eval_is(ev, (const struct expr_type *)o->expr, x, &result))
            return false;
        *out = value_bool(result == (o->op == OP_IS));
        return true;
    }
    if (!eval_expr(ev, o->expr, &y))
        return false;
    if (o->op == OP_IN || o->op == OP_NOT_IN) {
        if (!contains(ev, e->operands, x, y, &result))
            return false;
        result = result == (o->op == OP_IN);
    } else if (o->op == OP_EQ || o->op == OP_NE) {
        if (!equal(ev, e->operands, x, y, &result))
            return false;
        result = result == (o->op == OP_EQ);
    } else {
        if (x.type == VALUE_VERSION)
            fault_bytes(ev->cx.fault, x.len);
        if (!order(ev, o, x, y, &cmp))
            return false;
        result = o->op == OP_LT   ? cmp < 0
                 : o->op == OP_LE ? cmp <= 0
                 : o->op == OP_GT ? cmp > 0
                                  : cmp >= 0;
    }
    *out = value_bool(result);
    return true;
}

bool eval_logic(struct eval *ev, const struct expr_chain *e, struct value *out)
{
    bool is_or = e->e.kind == EXPR_OR, truth = !is_or, text = false;
    for (const struct operand *o = e->operands; o && truth != is_or;
         o = o->next) {
        if (!eval_expr(ev, o->expr, out) ||
            !eval_truth(ev, o->expr, *out, &truth))
            return false;
        text = text || out->type == VALUE_STR;
    }
    if (is_or && text && ev->printed == &e->e)
        diag_report(ev->cx.diags, DIAG_OR_DEFAULT, eval_span(ev, e->e.loc),
                    ev->cx.chain,
                    "'or' gives true or false, not its operand; for a default "
                    "use '?\?'");
    *out = value_bool(truth);
    return true;
}

bool eval_unary(struct eval *ev, const struct expr_unary *e, struct value *out)
{
    bool truth;
    if (e->e.kind == EXPR_NOT) {
        if (!eval_condition(ev, e->operand, &truth))
            return false;
        *out = value_bool(!truth);
        return true;
    }
    if (!eval_expr(ev, e->operand, out))
        return false;
    if (out->type != VALUE_INT)
        return eval_error(ev, DIAG_TYPE, e->e.loc, "'-' needs a number, not %s",
                          value_type_a(out->type));
    return !__builtin_sub_overflow(0, out->u.i, &out->u.i) ||
           overflow(ev, e->e.loc);
}
