/* SPDX-License-Identifier: MIT */
/* Expressions into values. Each kind has a function; chains of one precedence
 * level are loops, so only real nesting uses the C stack. */
#include "eval/eval.h"
#include "eval/sight.h"
#include "eval/version.h"
#include "lang/rules.h"

#include <string.h>

/* --- names --- */

static bool special_name(struct eval *ev, const struct expr_name *e,
                         struct value *out)
{
    uint32_t line, col;
    switch (rules_special(name_text(ev->names, e->name))) {
    case SPECIAL_TEMPLATE:
        *out = value_str(ev->program->root->source->name);
        return true;
    case SPECIAL_FILE:
        *out = value_str(ev->source->name);
        return true;
    case SPECIAL_VERSION:
        *out = value_str(str_from(ev->version));
        return true;
    case SPECIAL_LINE:
        source_locate(ev->source, e->e.loc.off, &line, &col);
        *out = value_int(line);
        return true;
    default:
        return false;
    }
}

/* The iteration of the innermost @for; NULL outside of any. */
static const struct loop *loop_of(const struct eval *ev)
{
    const struct scope *s = ev->scope;
    while (s && !s->loop.length)
        s = s->up;
    return s ? &s->loop : NULL;
}

/* A name that no @let, @for or parameter has bound. */
NOINLINE static bool eval_other_name(struct eval *ev, const struct expr_name *e,
                                     struct value *out)
{
    if (e->name == ev->name_loop)
        return sight_refuse_loop(ev, e->e.loc, loop_of(ev) != NULL);
    return special_name(ev, e, out) ||
           sight_refuse_value(ev, e->name, e->e.loc);
}

static inline bool eval_name(struct eval *ev, const struct expr_name *e,
                             struct value *out)
{
    const struct binding *b = scope_variable(ev->scope, e->name);
    if (!b || b->kind == BINDING_MODULE)
        return eval_other_name(ev, e, out);
    *out = b->u.value;
    return out->type != VALUE_BAD;
}

/* --- access chains --- */

static bool loop_member(struct eval *ev, const struct expr *base,
                        const struct step *s, struct value *out)
{
    const struct loop *loop = loop_of(ev);
    if (!loop)
        return sight_refuse_loop(ev, base->loc, false);
    switch (rules_loop_key(s)) {
    case LOOP_INDEX:
        *out = value_int(loop->index);
        return true;
    case LOOP_FIRST:
        *out = value_bool(loop->index == 1);
        return true;
    case LOOP_LAST:
        *out = value_bool(loop->index == loop->length);
        return true;
    case LOOP_LENGTH:
        *out = value_int(loop->length);
        return true;
    default:
        return sight_refuse_loop_key(ev, s->loc);
    }
}

static bool module_member(struct eval *ev, const struct module *m,
                          const struct expr_access *a, struct value *out)
{
    const struct expr_name *base = (const struct expr_name *)a->base;
    const struct step *s = a->steps;
    if (s->kind != STEP_KEY)
        return sight_refuse_value(ev, base->name, base->e.loc);
    name_id name = name_intern(ev->names, s->key);
    const struct binding *b = scope_own(m->scope, name);
    struct loc loc = {base->e.loc.off,
                      s->loc.off + s->loc.len - base->e.loc.off};
    if (!b || b->kind != BINDING_VALUE || s->key.ptr[0] == '_')
        return sight_refuse_member(ev, base->name, name, loc, BOUND_VALUE, b);
    *out = b->u.value;
    return out->type != VALUE_BAD;
}

static bool missing_key(struct eval *ev, struct value map, struct str key,
                        struct loc loc)
{
    struct str near = {NULL, 0};
    unsigned best = STR_FAR;
    for (uint32_t i = 0; i < map.len && i < 1000; i++) {
        struct str k = value_map_key(map, i);
        if (str_nearer(key, k, &best))
            near = k;
    }
    if (near.ptr)
        return eval_error(ev, DIAG_MISSING_KEY, loc,
                          "no key '%.*s' in the map; did you mean '%.*s'?",
                          STR_ARG(key), STR_ARG(near));
    return eval_error(ev, DIAG_MISSING_KEY, loc,
                      "no key '%.*s' in the map (if it may be missing: '?' "
                      "behind it gives null, '?\?' a default)",
                      STR_ARG(key));
}

static bool access_key(struct eval *ev, struct value v, struct str key,
                       struct loc loc, bool forgiving, struct value *out)
{
    if (v.type == VALUE_NULL && forgiving) {
        *out = v;
        return true;
    }
    if (v.type != VALUE_MAP)
        return eval_error(ev, DIAG_TYPE, loc,
                          "%s has no keys (asked for '%.*s')%s",
                          value_type_a(v.type), STR_ARG(key),
                          v.type == VALUE_NULL
                              ? "; if it may be null write '?' or '?\?' at the "
                                "end of the chain"
                              : "");
    eval_steps(ev, key.len >> 10);
    const struct value *found = value_map_get(v, key);
    if (found)
        *out = *found;
    else if (forgiving)
        *out = value_null();
    else
        return missing_key(ev, v, key, loc);
    return true;
}

static bool access_item(struct eval *ev, struct value v, int64_t i,
                        struct loc loc, bool forgiving, struct value *out)
{
    if (v.type == VALUE_NULL && forgiving) {
        *out = v;
        return true;
    }
    if (v.type != VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, loc,
                          "%s cannot be indexed by a number",
                          value_type_a(v.type));
    int64_t at = i < 0 ? i + (int64_t)v.len : i;
    if (at >= 0 && at < (int64_t)v.len)
        *out = value_item(v, (uint32_t)at);
    else if (forgiving)
        *out = value_null();
    else
        return eval_error(ev, DIAG_MISSING_INDEX, loc,
                          "no item %lld in a list of %u", (long long)i, v.len);
    return true;
}

static bool access_step(struct eval *ev, const struct step *s, bool forgiving,
                        struct value *v)
{
    struct value index;
    if (s->kind == STEP_KEY)
        return access_key(ev, *v, s->key, s->loc, forgiving, v);
    if (!eval_expr(ev, s->index, &index))
        return false;
    if (index.type == VALUE_STR)
        return access_key(ev, *v, value_text(index), s->loc, forgiving, v);
    if (index.type == VALUE_INT)
        return access_item(ev, *v, index.u.i, s->loc, forgiving, v);
    return eval_error(ev, DIAG_TYPE, s->index->loc,
                      "an index is a string or a number, not %s",
                      value_type_a(index.type));
}

/* The value of the chain's base, with the steps that libraries and `loop`
 * take for themselves; *steps is what is left. */
static bool access_base(struct eval *ev, const struct expr_access *e,
                        const struct step **steps, struct value *out)
{
    *steps = e->steps;
    if (e->base->kind != EXPR_NAME || !e->steps)
        return eval_expr(ev, e->base, out);
    name_id name = ((const struct expr_name *)e->base)->name;
    if (name == ev->name_loop) {
        *steps = e->steps->next;
        return loop_member(ev, e->base, e->steps, out);
    }
    const struct binding *b = scope_variable(ev->scope, name);
    if (!b || b->kind != BINDING_MODULE)
        return eval_expr(ev, e->base, out);
    *steps = e->steps->next;
    return module_member(ev, b->u.module, e, out);
}

static bool eval_access(struct eval *ev, const struct expr_access *e,
                        bool forgiving, struct value *out)
{
    const struct step *s;
    if (!access_base(ev, e, &s, out))
        return false;
    for (; s; s = s->next)
        if (!access_step(ev, s, forgiving || s->forgiving, out))
            return false;
    return true;
}

/* --- strings, lists and maps --- */

static bool eval_interp(struct eval *ev, const struct expr_interp *e,
                        struct value *out)
{
    size_t mark = ev->work.len;
    bool good = true;
    for (const struct part *p = e->parts; p && good; p = p->next) {
        if (p->expr)
            good = eval_print(ev, p->expr, &ev->work);
        else
            buf_add(&ev->work, p->text);
    }
    if (good) {
        struct str text = buf_from(&ev->work, mark);
        if (text.len > ev->fault->limits.max[LIMIT_VALUE])
            fault_raise(ev->fault, LIMIT_VALUE);
        eval_steps(ev, text.len >> 10);
        *out = value_str(arena_str(ev->scratch, text));
    }
    buf_truncate(&ev->work, mark);
    return good;
}

static bool eval_item(struct eval *ev, const struct item *i, struct value *list)
{
    struct value v;
    bool wanted = true;
    if (i->cond &&
        (!eval_expr(ev, i->cond, &v) || !eval_truth(ev, i->cond, v, &wanted)))
        return false;
    if (!wanted)
        return true;
    if (!eval_expr(ev, i->expr, &v))
        return false;
    if (!i->splice) {
        *list = value_list_add(ev->scratch, *list, v);
        return true;
    }
    if (v.type != VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, i->expr->loc,
                          "'*' splices a list, not %s", value_type_a(v.type));
    eval_steps(ev, v.len);
    *list = value_list_join(ev->scratch, *list, v);
    return true;
}

static bool eval_list(struct eval *ev, const struct expr_list *e,
                      struct value *out)
{
    bool good = true;
    *out = value_list_new(ev->scratch, e->n);
    for (const struct item *i = e->items; i; i = i->next)
        good = eval_item(ev, i, out) && good;
    return good;
}

static bool map_key(struct eval *ev, const struct expr *e, struct str *key)
{
    struct value v;
    if (!eval_expr(ev, e, &v))
        return false;
    if (v.type != VALUE_STR)
        return eval_error(ev, DIAG_TYPE, e->loc, "a key is a string, not %s",
                          value_type_a(v.type));
    *key = value_text(v);
    return true;
}

static bool eval_map(struct eval *ev, const struct expr_map *e,
                     struct value *out)
{
    *out = value_map_new(ev->scratch);
    for (const struct entry *i = e->entries; i; i = i->next) {
        struct str key;
        struct value v;
        if (!map_key(ev, i->key, &key) || !eval_expr(ev, i->value, &v))
            return false;
        value_map_set(out, key, v);
    }
    return true;
}

/* --- comprehensions --- */

static bool comprehend_one(struct eval *ev, const struct expr_for *e,
                           struct value *out)
{
    struct value v;
    struct str key;
    bool wanted = true;
    eval_steps(ev, 1);
    if (e->cond &&
        (!eval_expr(ev, e->cond, &v) || !eval_truth(ev, e->cond, v, &wanted)))
        return false;
    if (!wanted)
        return true;
    if (e->key && !map_key(ev, e->key, &key))
        return false;
    if (!eval_expr(ev, e->value, &v))
        return false;
    if (e->key)
        value_map_set(out, key, v);
    else
        *out = value_list_add(ev->scratch, *out, v);
    return true;
}

bool eval_walks(struct eval *ev, struct value in, bool pairs, struct loc loc)
{
    if (in.type == VALUE_MAP && pairs)
        return true;
    if (in.type == VALUE_LIST && !pairs)
        return true;
    if (in.type == VALUE_MAP)
        return eval_error(ev, DIAG_TYPE, loc,
                          "a map is walked with two variables (for k, v in …), "
                          "or through keys() or values()");
    if (in.type == VALUE_LIST)
        return eval_error(ev, DIAG_TYPE, loc,
                          "a list is walked with one variable");
    return eval_error(ev, DIAG_TYPE, loc,
                      "only lists and maps can be walked, not %s",
                      value_type_a(in.type));
}

static bool eval_for(struct eval *ev, const struct expr_for *e,
                     struct value *out)
{
    struct value in;
    bool pairs = e->var2 != NAME_NONE, good = true;
    struct scope *up = ev->scope;
    if (!eval_expr(ev, e->in, &in) || !eval_walks(ev, in, pairs, e->in->loc))
        return false;
    *out = e->key ? value_map_new(ev->scratch) : value_list_new(ev->scratch, 0);
    struct scope *s = scope_new(ev->scratch, up, ev->source, ev->region);
    ev->scope = s;
    for (uint32_t i = 0; i < in.len && good; i++) {
        s->n = 0;
        if (pairs) {
            scope_bind_value(ev->scratch, s, e->var,
                             value_str(value_map_key(in, i)), e->var_loc);
            scope_bind_value(ev->scratch, s, e->var2, value_map_at(in, i),
                             e->var2_loc);
        } else {
            scope_bind_value(ev->scratch, s, e->var, value_item(in, i),
                             e->var_loc);
        }
        good = comprehend_one(ev, e, out);
    }
    ev->scope = up;
    return good;
}

/* --- operators --- */

static const char *op_text(enum op op)
{
    static const char *const text[] = {"+",  "-",  "*",     "/",  "%",
                                       "==", "!=", "<",     "<=", ">",
                                       ">=", "in", "not in"};
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
    if (len > ev->fault->limits.max[LIMIT_VALUE])
        fault_raise(ev->fault, LIMIT_VALUE);
    struct value both = value_str_join(ev->scratch, x, y);
    eval_steps(ev, (y.len + (both.u.s == x.u.s ? 0 : x.len)) >> 10);
    return both;
}

static struct value join_maps(struct eval *ev, struct value x, struct value y)
{
    bool in_place = y.len && value_map_appends(x, y);
    /* What lives longer must not hold memory of ours. */
    if (in_place && x.u.map->arena != ev->scratch)
        y = eval_copy(ev, y);
    else if (in_place)
        region_escape(ev, NULL);
    eval_steps(ev, (uint64_t)y.len + (in_place ? 0 : x.len));
    return value_map_join(ev->scratch, x, y);
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
            eval_steps(ev, y.len);
            *x = value_list_join(ev->scratch, *x, y);
            return true;
        }
        if (x->type == VALUE_MAP) {
            *x = join_maps(ev, *x, y);
            return true;
        }
    }
    return eval_error(
        ev, DIAG_TYPE, o->op_loc, "'%s' does not work on %s and %s%s",
        op_text(o->op), value_type_a(x->type), value_type_a(y.type),
        o->op == OP_ADD && (x->type == VALUE_STR || y.type == VALUE_STR)
            ? "; to put a value into a string write \"…@{x}…\""
            : "");
}

static bool eval_arith(struct eval *ev, const struct expr_chain *e,
                       struct value *out)
{
    struct value v;
    if (!eval_expr(ev, e->operands->expr, out))
        return false;
    for (const struct operand *o = e->operands->next; o; o = o->next)
        if (!eval_expr(ev, o->expr, &v) || !arith(ev, o, v, out))
            return false;
    return true;
}

static bool contains(struct eval *ev, const struct operand *o, struct value x,
                     struct value in, bool *found)
{
    *found = false;
    if (in.type == VALUE_LIST) {
        eval_steps(ev, in.len);
        for (uint32_t i = 0; i < in.len && !*found; i++)
            *found = value_same(ev->scratch, x, value_item(in, i));
        return true;
    }
    if ((in.type == VALUE_MAP || in.type == VALUE_STR) && x.type == VALUE_STR) {
        eval_steps(ev, (in.type == VALUE_STR ? in.len : x.len) >> 10);
        *found = in.type == VALUE_MAP
                     ? value_map_get(in, value_text(x)) != NULL
                     : str_find(value_text(in), value_text(x), 0) != STR_NONE;
        return true;
    }
    return eval_error(ev, DIAG_TYPE, o->op_loc,
                      "'in' asks for an item of a list, a key of a map or a "
                      "part of a string, not for %s in %s",
                      value_type_a(x.type), value_type_a(in.type));
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
        return eval_error(ev, DIAG_ORDERING, o->op_loc,
                          "strings have no order here; to compare versions "
                          "write ver(a) %s ver(b)",
                          op_text(o->op));
    return eval_error(ev, DIAG_TYPE, o->op_loc,
                      "'%s' compares two numbers or two versions, not %s and "
                      "%s%s",
                      op_text(o->op), value_type_a(x.type),
                      value_type_a(y.type),
                      x.type == VALUE_VERSION || y.type == VALUE_VERSION
                          ? "; write ver(…) on both sides"
                          : "");
}

static bool equal(struct eval *ev, const struct operand *o, struct value x,
                  struct value y, bool *same)
{
    *same = false;
    if (x.type == VALUE_INT && y.type == VALUE_INT)
        *same = x.u.i == y.u.i;
    else if (x.type == VALUE_NULL || y.type == VALUE_NULL)
        *same = x.type == y.type;
    else if (x.type != y.type)
        return eval_error(ev, DIAG_MIXED_COMPARISON, o->op_loc,
                          "'%s' compares %s with %s, which are never "
                          "equal; convert one (str(), int(), ver())",
                          op_text(o->op), value_type_a(x.type),
                          value_type_a(y.type));
    else
        *same = value_same(ev->scratch, x, y);
    return true;
}

static bool eval_compare(struct eval *ev, const struct expr_chain *e,
                         struct value *out)
{
    const struct operand *o = e->operands->next;
    struct value x, y;
    bool result;
    int cmp = 0;
    if (!eval_expr(ev, e->operands->expr, &x) || !eval_expr(ev, o->expr, &y))
        return false;
    if (o->op == OP_IN || o->op == OP_NOT_IN) {
        if (!contains(ev, o, x, y, &result))
            return false;
        result = result == (o->op == OP_IN);
    } else if (o->op == OP_EQ || o->op == OP_NE) {
        if (!equal(ev, o, x, y, &result))
            return false;
        result = result == (o->op == OP_EQ);
    } else {
        if (x.type == VALUE_VERSION)
            eval_steps(ev, x.len >> 10);
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

static bool eval_logic(struct eval *ev, const struct expr_chain *e,
                       struct value *out)
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
        diag_report(ev->diags, DIAG_OR_DEFAULT, eval_span(ev, e->e.loc),
                    ev->chain,
                    "'or' gives true or false, not its operand; for a default "
                    "use '?\?'");
    *out = value_bool(truth);
    return true;
}

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
    if (!eval_expr(ev, e->cond, out) || !eval_truth(ev, e->cond, *out, &truth))
        return false;
    if (truth)
        return eval_expr(ev, e->then, out);
    if (e->otherwise)
        return eval_expr(ev, e->otherwise, out);
    *out = value_str(STR(""));
    return true;
}

static bool eval_unary(struct eval *ev, const struct expr_unary *e,
                       struct value *out)
{
    bool truth;
    if (!eval_expr(ev, e->operand, out))
        return false;
    if (e->e.kind == EXPR_NOT) {
        if (!eval_truth(ev, e->operand, *out, &truth))
            return false;
        *out = value_bool(!truth);
        return true;
    }
    if (out->type != VALUE_INT)
        return eval_error(ev, DIAG_TYPE, e->e.loc, "'-' needs a number, not %s",
                          value_type_a(out->type));
    return !__builtin_sub_overflow(0, out->u.i, &out->u.i) ||
           overflow(ev, e->e.loc);
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
    switch (v.type) {
    case VALUE_BOOL:
        *truth = v.u.b;
        return true;
    case VALUE_INT:
        *truth = v.u.i != 0;
        return true;
    case VALUE_STR:
        if (spells_boolean(value_text(v)))
            return eval_error(ev, DIAG_STRING_CONDITION, e->loc,
                              "the string \"%.*s\" as a condition; compare it "
                              "(== \"%.*s\"), or declare the parameter with a "
                              "bool default (@param x = false)",
                              STR_ARG(value_text(v)), STR_ARG(value_text(v)));
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
        return eval_for(ev, (const void *)e, out);
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
