/* SPDX-License-Identifier: MIT */
/* Chains of keys and indices, of which libraries and `loop` take the first for
 * themselves. */
#include "eval/eval_sight.h"
#include "lang/hint.h"

#include "base/near.h"

/* The iteration of the innermost @for; NULL outside of any. */
static const struct loop *loop_of(const struct eval *ev)
{
    const struct scope *s = ev->cx.scope;
    while (s && !s->loop.length)
        s = s->up;
    return s ? &s->loop : NULL;
}

static bool loop_member(struct eval *ev, const struct expr *base,
                        const struct step *s, struct value *out)
{
    const struct loop *loop = loop_of(ev);
    struct sight sight = eval_sight(ev);
    if (!loop) {
        rules_no_loop(&sight, base->loc);
        return false;
    }
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
        rules_bad_loop_key(&sight, s->loc);
        return false;
    }
}

static bool module_member(struct eval *ev, const struct module *m,
                          const struct expr_access *a, struct value *out)
{
    const struct expr_name *base = (const struct expr_name *)a->base;
    const struct step *s = a->steps;
    if (s->kind != STEP_KEY)
        return eval_refuse_value(ev, base->name, base->e.loc);
    name_id name = name_intern(ev->cx.names, s->key);
    const struct binding *b = scope_own(m->scope, name);
    struct loc loc = {base->e.loc.off,
                      s->loc.off + s->loc.len - base->e.loc.off};
    if (!b || b->kind != BOUND_VALUE || s->key.ptr[0] == '_') {
        struct sight sight = eval_sight(ev);
        rules_not_member(&sight, base->name, name, loc, BOUND_VALUE,
                         b ? b->kind : 0);
        return false;
    }
    *out = b->u.value;
    return out->type != VALUE_BAD;
}

/* What was said in an earlier round of the same key, which may be like another
 * one there; ptr NULL: nothing. */
static struct str said_before(struct eval *ev, struct str key, struct loc loc)
{
    const struct diags *all = ev->cx.diags;
    struct str begin =
        ARENA_CONCAT(ev->cx.run, STR("no key '"), key, STR("' in the map"));
    for (uint32_t i = 0; i < all->list.n; i++) {
        const struct diag *d = all->list.at[i];
        if (d->id == DIAG_MISSING_KEY && d->span.source == ev->cx.source &&
            d->span.off == loc.off && str_starts(d->message, begin))
            return d->message;
    }
    return STR_ABSENT;
}

static bool missing_key(struct eval *ev, struct value map, struct str key,
                        struct loc loc)
{
    struct near near = near_start(key);
    struct str said = said_before(ev, key, loc);
    if (said.ptr)
        return eval_error_of(ev, DIAG_MISSING_KEY, loc, map, "%.*s",
                             STR_ARG(said));
    for (uint32_t i = 0; i < map.len && i < 1000; i++)
        near_offer(&near, value_map_key(map, i));
    if (near.best.ptr)
        return eval_error_of(ev, DIAG_MISSING_KEY, loc, map,
                             "no key '%.*s' in the map; did you mean '%.*s'?",
                             STR_ARG(key), STR_ARG(near.best));
    struct str hint = hint_word(ev->cx.run, key, HINT_KEY, STR(""));
    if (hint.len)
        return eval_error_of(ev, DIAG_MISSING_KEY, loc, map,
                             "no key '%.*s' in the map%.*s", STR_ARG(key),
                             STR_ARG(hint));
    return eval_error_of(ev, DIAG_MISSING_KEY, loc, map,
                         "no key '%.*s' in the map (if it may be missing, '?' "
                         "after it gives null and '?\?' a default)",
                         STR_ARG(key));
}

/* True for the '.' of 'a . b', which joins strings elsewhere. */
static bool is_spaced(const struct eval *ev, struct loc dot)
{
    struct str text = ev->cx.source->text;
    return dot.off > 0 && ascii_is_blank(text.ptr[dot.off - 1]) &&
           text.ptr[dot.off] == '.';
}

/* True for the name of a file whose data was meant. */
static bool names_data(struct str text)
{
    return str_ends(text, STR(".json")) || str_ends(text, STR(".yaml")) ||
           str_ends(text, STR(".yml"));
}

static bool no_keys(struct eval *ev, struct value v, struct str key,
                    struct loc loc)
{
    struct str hint = hint_word(ev->cx.run, key, HINT_KEY, STR(""));
    if (v.type == VALUE_NULL)
        hint = STR("; if it may be null write '?' or '?\?' at the end of the "
                   "chain");
    else if (hint.len == 0)
        hint = hint_word(ev->cx.run, key, HINT_METHOD, STR(""));
    if (hint.len == 0 && v.type == VALUE_STR && names_data(value_text(v)))
        hint = STR("; a data file is given with --data NAME=FILE, or read by "
                   "data(\"FILE\")");
    if (hint.len == 0 && v.type == VALUE_STR && is_spaced(ev, loc))
        hint = STR("; strings are joined by a + b");
    if (hint.len == 0 && v.type == VALUE_LIST)
        hint = STR("; an item is list[0], and all of them [x.key for x in "
                   "list]");
    return eval_error_of(ev, DIAG_TYPE, loc, v,
                         "%s has no keys (asked for '%.*s')%.*s",
                         value_type_a(v.type), STR_ARG(key), STR_ARG(hint));
}

static bool access_key(struct eval *ev, struct value v, struct str key,
                       struct loc loc, bool forgiving, struct value *out)
{
    if (v.type == VALUE_NULL && forgiving) {
        *out = v;
        return true;
    }
    if (v.type != VALUE_MAP)
        return no_keys(ev, v, key, loc);
    fault_bytes(ev->cx.fault, key.len);
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
        return eval_error_of(
            ev, DIAG_TYPE, loc, v, "%s cannot be indexed by a number%s",
            value_type_a(v.type),
            v.type == VALUE_STR   ? "; a part of it is substr(s, start, 1)"
            : v.type == VALUE_MAP ? "; its keys are strings: m[\"0\"]"
                                  : "");
    int64_t at = i < 0 ? i + (int64_t)v.len : i;
    if (at >= 0 && at < (int64_t)v.len)
        *out = value_item(v, (uint32_t)at);
    else if (forgiving)
        *out = value_null();
    else
        return eval_error_of(
            ev, DIAG_MISSING_INDEX, loc, v, "no item %lld in a list of %u%s",
            (long long)i, v.len,
            i == v.len && v.len ? "; items count from 0"
                                : " (if it may be missing, '?' after it gives "
                                  "null and '?\?' a default)");
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
    const struct binding *b =
        scope_find(ev->cx.scope, name, BOUND_VALUE | BOUND_IMPORT);
    if (!b || b->kind != BOUND_IMPORT)
        return eval_expr(ev, e->base, out);
    *steps = e->steps->next;
    return module_member(ev, b->u.module, e, out);
}

bool eval_access(struct eval *ev, const struct expr_access *e, bool forgiving,
                 struct value *out)
{
    const struct step *s;
    if (!access_base(ev, e, &s, out))
        return false;
    for (; s; s = s->next)
        if (!access_step(ev, s, forgiving || s->forgiving, out))
            return false;
    return true;
}
