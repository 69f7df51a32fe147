/* SPDX-License-Identifier: MIT */
/* In: text from the command line, and the type that is wanted. Out: a value.
 * The members of the type are tried in their order; no text at all is null, if
 * that is taken and no string is. */
#include "base/version.h"
#include "eval/type_describe.h"
#include "eval/value_data.h"

/* A conversion under way. */
struct text {
    struct eval *ev;
    struct str text;
    struct data_error *err;
    struct value nested; /* the last list or map that the text was read as */
};

enum {
    MOST_LEAVES = 200
};

static bool to_bool(struct str s, struct value *out)
{
    static const struct str yes[] = {STR("true"), STR("1"), STR("yes"),
                                     STR("on")};
    static const struct str no[] = {STR("false"), STR("0"), STR("no"),
                                    STR("off")};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        bool is_yes = str_distance(s, yes[i], 0) == 0;
        if (is_yes || str_distance(s, no[i], 0) == 0) {
            *out = value_bool(is_yes);
            return true;
        }
    }
    return false;
}

static bool to_int(struct str s, struct value *out)
{
    int64_t number;
    if (!str_to_int(s, &number))
        return false;
    *out = value_int(number);
    return true;
}

static bool to_version(struct str s, struct value *out)
{
    size_t rest;
    *out = value_version(s);
    return version_valid(s, &rest);
}

/* Strings in it are versions where m has them, as in data files. */
static bool from_json(struct text *x, const struct type_member *m,
                      enum value_type type, struct value *out)
{
    type_originals originals = {NULL, 0, 0};
    if (!value_data_read(x->ev->cx.run, DATA_JSON, x->text, out, x->err) ||
        out->type != type)
        return false;
    *out = type_from_data(x->ev, m->file, m->t, *out, &originals);
    x->nested = *out;
    return true;
}

/* An item between commas, which t, if there is one, converts; one that it
 * cannot convert is a string. */
static enum fit add_item(struct text *x, const struct type_member *m,
                         struct str word, struct value *list)
{
    const struct type *t = ((const struct type_of *)m->t)->item;
    struct value item = value_str(str_trim(word));
    enum fit fit = FIT_YES;
    if (t)
        fit = type_from_text(x->ev, m->file, t, str_trim(word), &item, x->err);
    if (fit == FIT_NO)
        item = value_str(str_trim(word));
    *list = value_list_add(x->ev->cx.run, *list, item);
    return fit;
}

/* Words between commas. */
static enum fit split_list(struct text *x, const struct type_member *m,
                           struct value *out)
{
    struct str rest = x->text;
    enum fit worst = FIT_YES;
    *out = value_list_new(x->ev->cx.run, 0);
    while (rest.ptr && (rest.len || out->len) && worst != FIT_FAILED) {
        size_t comma = str_chr(rest, ',', 0);
        bool last = comma == STR_NONE;
        enum fit fit =
            add_item(x, m, str_slice(rest, 0, last ? rest.len : comma), out);
        worst = fit == FIT_YES ? worst : fit;
        rest = last ? (struct str){NULL, 0} : str_from_off(rest, comma + 1);
    }
    return worst;
}

/* A JSON list, or words between commas. */
static enum fit to_list(struct text *x, const struct type_member *m,
                        struct value *out)
{
    if (str_starts(x->text, STR("[")))
        return from_json(x, m, VALUE_LIST, out) ? FIT_YES : FIT_NO;
    enum fit fit = split_list(x, m, out);
    x->nested = *out;
    return fit;
}

static bool to_literal(const struct type_literal *t, struct str s,
                       struct value *out)
{
    *out = value_str(s);
    return t->value->kind == EXPR_STR   ? true
           : t->value->kind == EXPR_INT ? to_int(s, out)
                                        : to_bool(s, out);
}

static enum fit convert(struct text *x, const struct type_member *m,
                        struct value *out)
{
    const struct type *t = m->t;
    switch (t->kind) {
    case TYPE_NULL:
        return FIT_NO;
    case TYPE_BOOL:
        return to_bool(x->text, out) ? FIT_YES : FIT_NO;
    case TYPE_INT:
        return to_int(x->text, out) ? FIT_YES : FIT_NO;
    case TYPE_VERSION:
        return to_version(x->text, out) ? FIT_YES : FIT_NO;
    case TYPE_LIST:
        return to_list(x, m, out);
    case TYPE_MAP:
    case TYPE_RECORD:
        return from_json(x, m, VALUE_MAP, out) ? FIT_YES : FIT_NO;
    case TYPE_LITERAL:
        return to_literal((const void *)t, x->text, out) ? FIT_YES : FIT_NO;
    default:
        *out = value_str(x->text);
        return FIT_YES;
    }
}

/* All that t is made of, conditions aside: text is converted to one of these,
 * and then held against t. */
static void add_leaves(struct eval *ev, struct scope *file,
                       const struct type *t, struct type_members *list)
{
    struct type_members all = type_members(ev, file, t);
    eval_enter(ev);
    for (uint32_t i = 0; i < all.n && list->n < MOST_LEAVES; i++) {
        const struct type *m = all.at[i].t;
        if (m->kind == TYPE_IN)
            add_leaves(ev, all.at[i].file, ((const struct type_in *)m)->of,
                       list);
        else if (m->kind == TYPE_WHERE)
            add_leaves(ev, all.at[i].file, ((const struct type_where *)m)->of,
                       list);
        else
            vec_push(ev->cx.run, list, all.at[i]);
    }
    eval_leave(ev);
}

enum fit type_from_text(struct eval *ev, struct scope *file,
                        const struct type *t, struct str text,
                        struct value *out, struct data_error *err)
{
    struct type_members all = {NULL, 0, 0};
    struct text x = {ev, text, err, value_bad()};
    bool may_be_null = text.len == 0 && !type_takes(t, VALUE_STR);
    enum fit fit = FIT_NO;
    eval_enter(ev);
    eval_steps(ev, 1);
    if (may_be_null) {
        *out = value_null();
        fit = type_fits(ev, file, t, *out);
    }
    add_leaves(ev, file, t, &all);
    for (uint32_t i = 0; i < all.n && fit == FIT_NO; i++) {
        const struct type_member *m = &all.at[i];
        fit = convert(&x, m, out);
        if (fit == FIT_YES)
            fit = type_fits(ev, file, t, *out);
    }
    eval_leave(ev);
    if (fit == FIT_NO)
        *out = x.nested;
    return fit;
}
