/* SPDX-License-Identifier: MIT */
/* In: a value, and the types that do not take it. Out: what was probably meant,
 * to be added to the message: "; did you mean …", "; put it in quotes". */
#include "base/near.h"
#include "base/version.h"
#include "eval/type_describe.h"
#include "eval/value_json.h"

enum {
    LONGEST_NUMBER = 30, /* that is worth a hint */
    LONGEST_WORDS = 80
};

/* Offers the choices among the members. */
static void offer_choices(struct eval *ev, const struct type_members *list,
                          struct near *near)
{
    struct value items;
    for (uint32_t i = 0; i < list->n; i++) {
        const struct type_member *m = &list->at[i];
        const struct type_literal *l = (const struct type_literal *)m->t;
        if (m->t->kind == TYPE_LITERAL && l->value->kind == EXPR_STR)
            near_offer(near, expr_str_value(l->value));
        if (m->t->kind != TYPE_IN ||
            type_choices(ev, m->file, (const void *)m->t, &items) != FIT_YES)
            continue;
        for (uint32_t k = 0; k < items.len; k++)
            if (value_item(items, k).type == VALUE_STR)
                near_offer(near, value_text(value_item(items, k)));
    }
}

struct str type_nearest(struct eval *ev, struct scope *file,
                        const struct type *t, struct str text)
{
    struct near near = near_start(text);
    struct type_members all = type_members(ev, file, t);
    offer_choices(ev, &all, &near);
    return near.best;
}

/* Whether m takes v, or the text of a string v as something else. Conditions
 * that were not written for such a value may fail: nobody hears of it. */
static bool would_take(struct eval *ev, const struct type_member *m,
                       struct value v, struct value *other)
{
    struct data_error err;
    bool muted = ev->cx.diags->muted;
    uint32_t guessed = ev->guessed;
    ev->cx.diags->muted = true;
    enum fit fit =
        other ? type_from_text(ev, m->file, m->t, value_text(v), other, &err)
              : type_fits(ev, m->file, m->t, v);
    ev->cx.diags->muted = muted;
    return fit == FIT_YES && ev->guessed == guessed;
}

/* Whether m takes v as text. */
static bool would_take_text(struct eval *ev, const struct type_member *m,
                            struct value v)
{
    size_t mark = ev->cx.work.len;
    if (value_nests(v) || !type_takes(m->t, VALUE_STR) ||
        !value_print(&ev->cx.work, v))
        return false;
    struct str text = context_take(&ev->cx, mark);
    return would_take(ev, m, value_str(text), NULL);
}

/* Whether m takes the text of v, an int, as a version. */
static bool would_take_version(struct eval *ev, const struct type_member *m,
                               struct value v)
{
    size_t mark = ev->cx.work.len, rest;
    if (v.type != VALUE_INT || !type_takes(m->t, VALUE_VERSION) ||
        !value_print(&ev->cx.work, v))
        return false;
    struct str text = context_take(&ev->cx, mark);
    return version_valid(text, &rest) &&
           would_take(ev, m, value_version(text), NULL);
}

/* Adds what to write for a string that m takes as something else. */
static bool add_unquoted(struct eval *ev, const struct type_member *m,
                         struct value v, const struct expr *e, struct buf *out)
{
    struct value other;
    size_t rest;
    if (type_unknown_text(v) || v.len > LONGEST_NUMBER)
        return false;
    if (type_takes(m->t, VALUE_VERSION) &&
        version_valid(value_text(v), &rest) &&
        would_take(ev, m, value_version(value_text(v)), NULL)) {
        buf_add_cstr(out, "; write ver(…)");
        return true;
    }
    if (!would_take(ev, m, v, &other) ||
        (other.type != VALUE_INT && other.type != VALUE_BOOL))
        return false;
    if (e && e->kind != EXPR_STR && other.type == VALUE_INT) {
        buf_add_cstr(out, "; write int(…)");
        return true;
    }
    size_t from = out->len;
    value_print(out, other);
    bool same = str_eq(buf_from(out, from), value_text(v));
    buf_truncate(out, from);
    buf_add_cstr(out, same ? "; without quotes: " : "; write ");
    value_print(out, other);
    return true;
}

/* Adds what to write for what is not a string, but would do as the text of one
 * or as a version. */
static void add_quoted(struct eval *ev, const struct type_member *m,
                       struct value v, const struct expr *e, bool data,
                       struct buf *out)
{
    bool version = would_take_version(ev, m, v);
    bool literal = e && e->kind <= EXPR_INT;
    if (!version && !would_take_text(ev, m, v))
        return;
    if (data || (literal && !version))
        buf_add_cstr(out, "; put it in quotes");
    else if (!version)
        buf_add_cstr(out, "; write str(…)");
    else if (literal)
        buf_printf(out, "; write ver(\"%lld\")", (long long)v.u.i);
}

/* The words of a text. */
static struct value words_of(struct eval *ev, struct str text)
{
    struct value list = value_list_new(ev->cx.run, 0);
    for (size_t at = 0; at <= text.len;) {
        struct str word = str_part(text, at, ' ');
        at += word.len + 1;
        if (word.len)
            list = value_list_add(ev->cx.run, list, value_str(word));
    }
    return list;
}

/* Adds the list of the words of a string, if m takes that. */
static void add_words(struct eval *ev, const struct type_member *m,
                      struct str text, struct buf *out)
{
    struct value list = words_of(ev, text);
    if (list.len == 0 || !would_take(ev, m, list, NULL))
        return;
    buf_add_cstr(out, "; write ");
    value_json(out, list);
}

void type_add_hint(struct eval *ev, const struct type_member *m,
                   const struct type_members *list, struct value v,
                   const struct expr *e, bool data, struct buf *out)
{
    bool one = list->n == 1;
    if (v.type == VALUE_STR) {
        struct near near = near_start(value_text(v));
        if (add_unquoted(ev, m, v, e, out))
            return;
        offer_choices(ev, list, &near);
        if (near.best.ptr)
            buf_printf(out, "; did you mean \"%.*s\"?", STR_ARG(near.best));
        else if (one && list->at[0].t->kind == TYPE_LIST && e &&
                 e->kind == EXPR_STR && v.len <= LONGEST_WORDS)
            add_words(ev, m, value_text(v), out);
    } else if (v.type == VALUE_NULL) {
        bool computed = !data && !(e && e->kind == EXPR_NULL);
        if (one && computed && would_take(ev, m, value_str(STR("")), NULL))
            buf_add_cstr(out, "; write … ?? \"\" if it may be null");
    } else if (one) {
        add_quoted(ev, m, v, e, data, out);
    }
}
