/* SPDX-License-Identifier: MIT */
/* In: a value and a type. Out: whether it fits. Each item of the value is
 * looked at once for each member that it could be; where several members of a
 * union are of the value's kind, the answers are remembered, so that types
 * that contain themselves cost no more. */
#include "eval/type.h"

#include "eval/eval_sight.h"

#include "eval/eval_judge.h"
#include "eval/type_answer.h"

#include <string.h>

static enum value_type type_of_literal(const struct type_literal *t)
{
    return t->value->kind == EXPR_STR   ? VALUE_STR
           : t->value->kind == EXPR_INT ? VALUE_INT
                                        : VALUE_BOOL;
}

/* --- where types are written --- */

static struct scope *module_scope(const struct eval *ev,
                                  const struct file *file)
{
    for (uint32_t i = ev->modules.n; i-- > 0;)
        if (ev->modules.at[i]->file == file)
            return ev->modules.at[i]->scope;
    return NULL;
}

struct scope *type_scope(struct eval *ev, struct scope *file,
                         const struct type_name *t)
{
    struct scope *s = file;
    while (s && s->source != t->file->source)
        s = s->up;
    if (!s)
        s = module_scope(ev, t->file);
    if (s)
        return s;
    if (ev->judging)
        return scope_new(ev->cx.scratch, NULL, t->file->source, NULL, 0);
    if (file && eval_has_failed(ev, file, t->module))
        return NULL;
    struct str name = t->file->source->name;
    diag_report(ev->cx.diags, DIAG_UNKNOWN_TYPE,
                (struct span){file->source, t->t.loc.off, t->t.loc.len},
                ev->cx.chain,
                "the library of this type, '%.*s', is not imported here; move "
                "the @import out of branches",
                STR_ARG(name));
    return NULL;
}

/* The value of e, which stands in t; scope: what it sees. `what` says what is
 * wanted: another value is refused. */
static bool eval_inside(struct eval *ev, const struct type *t,
                        struct scope *scope, const struct expr *e,
                        enum value_type wanted, const char *what,
                        struct value *out)
{
    struct fit_memory memory = ev->fits;
    struct str text =
        source_span_text((struct span){scope->source, t->loc.off, t->loc.len});
    struct frame from =
        eval_descend(ev, TRACE_TYPE, text, ev->cx.at, scope->source, scope);
    ev->fits.open = ev->fits.named = 0;
    ev->cx.at = e->loc;
    eval_steps(ev, 1);
    bool good = eval_expr(ev, e, out);
    ev->fits = memory;
    eval_ascend(ev, from);
    if (!good || out->type == wanted)
        return good;
    struct span at = {scope->source, e->loc.off, e->loc.len};
    diag_report(ev->cx.diags, DIAG_TYPE, at, ev->cx.chain, "%s, not %s", what,
                value_type_a((enum value_type)out->type));
    return false;
}

/* --- conditions and lists --- */

bool type_unknown_text(struct value v)
{
    return v.type == VALUE_STR && v.len == 0 && v.u.s == NULL;
}

bool type_is_unknown(struct value v)
{
    if (v.type == VALUE_BAD || type_unknown_text(v))
        return true;
    for (uint32_t i = 0; v.type == VALUE_LIST && i < v.len; i++)
        if (type_is_unknown(value_item(v, i)))
            return true;
    for (uint32_t i = 0; v.type == VALUE_MAP && i < v.len; i++)
        if (type_is_unknown(value_map_at(v, i)))
            return true;
    return false;
}

/* What the condition says of v, which fits without it. */
static enum fit ask(struct eval *ev, struct scope *file,
                    const struct type_where *t, struct value v)
{
    struct region r;
    struct value answer;
    bool yes;
    if (type_answer_known(ev, t, v, &yes))
        return yes ? FIT_YES : FIT_NO;
    eval_region_begin(ev, &r);
    struct scope *s = scope_new(ev->cx.scratch, file, file->source, &r, 1);
    scope_bind_value(ev->cx.scratch, s, WORD_IT, v, t->t.loc);
    bool good =
        eval_inside(ev, &t->t, s, t->condition, VALUE_BOOL,
                    "the condition of a type is true or false", &answer);
    eval_region_end(ev, &r);
    if (!good)
        return FIT_FAILED;
    type_answer_keep(ev, file, t, v, answer.u.b);
    return answer.u.b ? FIT_YES : FIT_NO;
}

static enum fit fits_where(struct eval *ev, struct scope *file,
                           const struct type_where *t, struct value v)
{
    enum fit fit = type_fits(ev, file, t->of, v);
    if (fit != FIT_YES || !t->condition)
        return fit;
    if (ev->judging &&
        (type_is_unknown(v) || !eval_judge_pure(ev, file, t->condition))) {
        ev->guessed++;
        return fit;
    }
    return ask(ev, file, t, v);
}

/* Whether it is known, or how it is to be remembered. */
static bool find_list(const struct eval *ev, const struct scope *file,
                      const struct type_in *t, struct type_list *out)
{
    *out = (struct type_list){.type = t,
                              .file = ev->judging ? NULL : file,
                              .region = ev->judging ? ev->cx.program->files.n
                                                    : file->region};
    for (uint32_t i = 0; i < ev->type_lists.n; i++) {
        const struct type_list *l = &ev->type_lists.at[i];
        if (l->type == t && l->file == out->file && l->region == out->region) {
            *out = *l;
            return true;
        }
    }
    return false;
}

/* The list before the run, in memory that lasts as long as what is remembered.
 */
static struct value judged_list(struct eval *ev, struct scope *file,
                                const struct expr *e)
{
    struct arena *scratch = ev->cx.scratch;
    ev->cx.scratch = ev->cx.run;
    struct value list = eval_judge_list(ev, file, e);
    ev->cx.scratch = scratch;
    return list;
}

enum fit type_choices(struct eval *ev, struct scope *file,
                      const struct type_in *t, struct value *list)
{
    struct type_list l;
    if (!find_list(ev, file, t, &l)) {
        if (ev->judging)
            l.list = judged_list(ev, file, t->list);
        else if (!eval_inside(ev, &t->t, file, t->list, VALUE_LIST,
                              "'in' takes a list", &l.list))
            return FIT_FAILED;
        else
            l.list = eval_copy(ev, l.list);
        vec_push(ev->cx.run, &ev->type_lists, l);
    }
    *list = l.list;
    return list->type == VALUE_LIST ? FIT_YES : FIT_NO;
}

static enum fit fits_in(struct eval *ev, struct scope *file,
                        const struct type_in *t, struct value v)
{
    struct value list;
    enum fit fit = type_fits(ev, file, t->of, v);
    if (fit != FIT_YES)
        return fit;
    fit = type_choices(ev, file, t, &list);
    if (ev->judging &&
        (fit != FIT_YES || type_is_unknown(v) || type_is_unknown(list))) {
        ev->guessed++;
        return FIT_YES;
    }
    if (fit != FIT_YES)
        return fit;
    return value_contains(ev->cx.scratch, list, v) ? FIT_YES : FIT_NO;
}

/* --- lists, maps and records --- */

static enum fit fits_items(struct eval *ev, struct scope *file,
                           const struct type_of *t, struct value v)
{
    enum fit fit = FIT_YES;
    if (!t->item)
        return fit;
    eval_steps(ev, v.len);
    for (uint32_t i = 0; i < v.len && fit == FIT_YES; i++)
        fit = type_fits(ev, file, t->item, value_item(v, i));
    return fit;
}

static enum fit fits_entries(struct eval *ev, struct scope *file,
                             const struct type_of *t, struct value v)
{
    enum fit fit = FIT_YES;
    if (!t->key && !t->item)
        return fit;
    eval_steps(ev, v.len);
    for (uint32_t i = 0; i < v.len && fit == FIT_YES; i++) {
        if (t->key)
            fit = type_fits(ev, file, t->key, value_str(value_map_key(v, i)));
        if (fit == FIT_YES && t->item)
            fit = type_fits(ev, file, t->item, value_map_at(v, i));
    }
    return fit;
}

static enum fit fits_record(struct eval *ev, struct scope *file,
                            const struct type_record *t, struct value v)
{
    enum fit fit = FIT_YES;
    uint32_t known = 0;
    eval_steps(ev, t->n);
    for (const struct field *f = t->fields; f && fit == FIT_YES; f = f->next) {
        const struct value *item = value_map_get(v, f->key);
        known += item != NULL;
        if (!item && !f->optional)
            return FIT_NO;
        if (item && !(f->optional && item->type == VALUE_NULL))
            fit = type_fits(ev, file, f->type, *item);
    }
    return fit == FIT_YES && known != v.len ? FIT_NO : fit;
}

/* --- unions --- */

static bool takes(const struct type *t, enum value_type type, unsigned *budget)
{
    static const uint8_t kinds[] = {
        [TYPE_NULL] = VALUE_NULL,       [TYPE_BOOL] = VALUE_BOOL,
        [TYPE_INT] = VALUE_INT,         [TYPE_STRING] = VALUE_STR,
        [TYPE_VERSION] = VALUE_VERSION, [TYPE_BLOCK] = VALUE_STR,
        [TYPE_LIST] = VALUE_LIST,       [TYPE_MAP] = VALUE_MAP,
        [TYPE_RECORD] = VALUE_MAP,
    };
    const struct type_name *name = (const struct type_name *)t;
    const struct type *member;
    if (*budget == 0)
        return true;
    --*budget;
    switch (t->kind) {
    case TYPE_ANY:
    case TYPE_BAD:
        return true;
    case TYPE_LITERAL:
        return type == type_of_literal((const struct type_literal *)t);
    case TYPE_NAME:
        return !name->target || takes(name->target->type, type, budget);
    case TYPE_IN:
        return takes(((const struct type_in *)t)->of, type, budget);
    case TYPE_WHERE:
        return takes(((const struct type_where *)t)->of, type, budget);
    case TYPE_UNION:
        member = ((const struct type_union *)t)->members;
        while (member && !takes(member, type, budget))
            member = member->next;
        return member != NULL;
    default:
        return type == kinds[t->kind];
    }
}

/* Types that name each other can open more ways than there is time to follow:
 * when the budget is used up, the answer is yes. */
bool type_takes(const struct type *t, enum value_type type)
{
    unsigned budget = 1000;
    return takes(t, type, &budget);
}

/* Two things could be asked again and again: whether a list or map is one of
 * several members, and whether a value is of a union that others name. The
 * answers are kept while the outermost of them is being asked. */
struct asked {
    const struct type *type;
    const struct scope *file;
    const void *store;
    uint64_t len, kind;
};

static void open_memory(struct eval *ev)
{
    if (ev->fits.open++ == 0)
        ev->fits = (struct fit_memory){.open = 1, .named = ev->fits.named};
}

static enum fit fits_once(struct eval *ev, struct scope *file,
                          const struct type *t, struct value v)
{
    struct fit_memory *m = &ev->fits;
    struct arena *a = ev->cx.scratch;
    struct asked asked = {t, file, v.u.list, v.len, v.type};
    struct str key = {(const char *)&asked, sizeof asked};
    uint32_t i = map_find(&m->keys, key);
    if (i != MAP_NONE)
        return (enum fit)m->answers.at[i];
    enum fit fit = type_fits(ev, file, t, v);
    map_put(&m->keys, a, arena_str(a, key), NULL);
    vec_push(a, &m->answers, (uint8_t)fit);
    return fit;
}

static enum fit fits_several(struct eval *ev, struct scope *file,
                             const struct type *members, struct value v)
{
    enum fit fit = FIT_NO;
    open_memory(ev);
    for (const struct type *m = members; m && fit == FIT_NO; m = m->next)
        if (type_takes(m, (enum value_type)v.type))
            fit = fits_once(ev, file, m, v);
    ev->fits.open--;
    return fit;
}

static enum fit fits_union(struct eval *ev, struct scope *file,
                           const struct type_union *t, struct value v)
{
    const struct type *only = NULL;
    enum fit fit = FIT_NO;
    if (value_nests(v)) {
        for (const struct type *m = t->members; m; m = m->next) {
            if (!type_takes(m, (enum value_type)v.type))
                continue;
            if (only)
                return fits_several(ev, file, t->members, v);
            only = m;
        }
        return only ? type_fits(ev, file, only, v) : FIT_NO;
    }
    for (const struct type *m = t->members; m && fit == FIT_NO; m = m->next)
        fit = type_fits(ev, file, m, v);
    return fit;
}

/* --- all of them --- */

static bool is_literal(const struct type_literal *t, struct value v)
{
    if (v.type != type_of_literal(t))
        return false;
    if (v.type == VALUE_STR)
        return type_unknown_text(v) ||
               str_eq(value_text(v), expr_str_value(t->value));
    if (v.type == VALUE_INT)
        return v.u.i == ((const struct expr_int *)t->value)->value;
    return v.u.b == (t->value->flag != 0);
}

static enum fit fits_name(struct eval *ev, struct scope *file,
                          const struct type_name *t, struct value v)
{
    if (!t->target) /* reported, or of a library that is missing */
        return ev->judging ? FIT_YES : FIT_FAILED;
    struct scope *of = type_scope(ev, file, t);
    if (!of)
        return FIT_FAILED;
    eval_steps(ev, 1); /* types may name each other in many ways */
    if (t->target->type->kind != TYPE_UNION)
        return type_fits(ev, of, t->target->type, v);
    open_memory(ev);
    enum fit fit = ev->fits.named++ == 0
                       ? type_fits(ev, of, t->target->type, v)
                       : fits_once(ev, of, t->target->type, v);
    ev->fits.named--;
    ev->fits.open--;
    return fit;
}

static enum fit fits(struct eval *ev, struct scope *file, const struct type *t,
                     struct value v)
{
    switch (t->kind) {
    case TYPE_ANY:
    case TYPE_BAD:
        return FIT_YES;
    case TYPE_NULL:
        return v.type == VALUE_NULL;
    case TYPE_BOOL:
        return v.type == VALUE_BOOL;
    case TYPE_INT:
        return v.type == VALUE_INT;
    case TYPE_STRING:
    case TYPE_BLOCK:
        return v.type == VALUE_STR;
    case TYPE_VERSION:
        return v.type == VALUE_VERSION;
    case TYPE_LITERAL:
        return is_literal((const struct type_literal *)t, v);
    case TYPE_LIST:
        return v.type == VALUE_LIST ? fits_items(ev, file, (const void *)t, v)
                                    : FIT_NO;
    case TYPE_MAP:
        return v.type == VALUE_MAP ? fits_entries(ev, file, (const void *)t, v)
                                   : FIT_NO;
    case TYPE_RECORD:
        return v.type == VALUE_MAP ? fits_record(ev, file, (const void *)t, v)
                                   : FIT_NO;
    case TYPE_NAME:
        return fits_name(ev, file, (const void *)t, v);
    case TYPE_IN:
        return fits_in(ev, file, (const void *)t, v);
    case TYPE_UNION:
        return fits_union(ev, file, (const void *)t, v);
    default:
        return fits_where(ev, file, (const void *)t, v);
    }
}

enum fit type_fits_inside(struct eval *ev, struct scope *file,
                          const struct type *t, struct value v)
{
    if (v.type == VALUE_BAD) /* not known before the run */
        return FIT_YES;
    eval_enter(ev);
    enum fit fit = fits(ev, file, t, v);
    eval_leave(ev);
    return fit;
}
