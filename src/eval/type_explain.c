/* SPDX-License-Identifier: MIT */
/* In: a value that does not fit a type. Out: a sentence that says which part of
 * it is wrong, what it should be, and what was probably meant. */
#include "base/near.h"
#include "base/version.h"
#include "eval/type_describe.h"
#include "eval/value_json.h"

enum {
    LONGEST_NUMBER = 30, /* that is worth a hint */
    LONGEST_WORDS = 80
};

/* --- what was meant --- */

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
    } else {
        buf_add_cstr(out, "; without quotes: ");
        value_print(out, other);
    }
    return true;
}

/* Adds a list of the words of a string. */
static void add_words(struct buf *out, struct str text)
{
    const char *before = "; write [";
    for (size_t at = 0; at <= text.len;) {
        struct str word = str_part(text, at, ' ');
        at += word.len + 1;
        if (word.len == 0)
            continue;
        buf_add_cstr(out, before);
        value_json(out, value_str(word));
        before = ", ";
    }
    if (before[0] == ',')
        buf_add_cstr(out, "]");
}

/* m: all that may stand there; list: the members that are spoken of. */
static void add_hint(struct eval *ev, const struct type_member *m,
                     const struct type_members *list, struct value v,
                     const struct expr *e, struct buf *out)
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
            add_words(out, value_text(v));
    } else if (v.type == VALUE_NULL) {
        if (one && would_take(ev, m, value_str(STR("")), NULL))
            buf_add_cstr(out, "; write … ?? \"\" if it may be null");
    } else if (one && would_take_text(ev, m, v)) {
        buf_add_cstr(out, e && e->kind <= EXPR_INT ? "; put it in quotes"
                                                   : "; write str(…)");
    }
}

/* --- the sentence --- */

/* What is wrong, on the way into the value. */
struct wrong {
    struct type_member m, whole; /* and all that may stand there */
    struct value v, within;      /* and the list or map that holds it; or BAD */
    const struct expr *e;        /* where v came from; or NULL */
    struct loc loc;              /* of the innermost e that is known */
    struct str subject;
};

/* "SUBJECT is LIST, not v" */
static struct str say(struct eval *ev, const struct wrong *w,
                      const struct type_members *list)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    buf_add(work, w->subject);
    buf_add_cstr(work, " is ");
    type_describe_members(ev, list, work);
    buf_add_cstr(work, ", not ");
    type_add_value(work, w->v);
    add_hint(ev, &w->whole, list, w->v, w->e, work);
    return context_take(&ev->cx, mark);
}

static struct str say_one(struct eval *ev, const struct wrong *w)
{
    struct type_member m = w->m;
    struct type_members list = {&m, 1, 1};
    return say(ev, w, &list);
}

static struct str explain(struct eval *ev, struct wrong *w);

static struct str explain_part(struct eval *ev, struct wrong *w,
                               const struct type *t, struct value v,
                               const struct expr *e)
{
    w->m.t = t;
    w->whole = w->m;
    w->within = w->v;
    w->v = v;
    w->e = e;
    if (e)
        w->loc = e->loc;
    return explain(ev, w);
}

/* The expression of item i of a list. *sure: no item before it may be left out
 * or be several, so that i is its number in the run; before the run, i counts
 * single items alone (see eval_judge_literal). */
static const struct expr *item_of(const struct eval *ev, const struct expr *e,
                                  uint32_t i, bool *sure)
{
    *sure = true;
    if (!e || e->kind != EXPR_LIST)
        return NULL;
    const struct item *item = ((const struct expr_list *)e)->items;
    for (; item && (*sure || ev->judging); item = item->next) {
        *sure = *sure && !item->splice && !item->cond;
        if (!item->splice && i-- == 0)
            return *sure || ev->judging ? item->expr : NULL;
    }
    return NULL;
}

static const struct entry *entry_of(const struct expr *e, struct str key)
{
    if (!e || e->kind != EXPR_MAP)
        return NULL;
    const struct entry *n = ((const struct expr_map *)e)->entries;
    for (; n; n = n->next)
        if (n->key->kind == EXPR_STR && str_eq(expr_str_value(n->key), key))
            return n;
    return NULL;
}

static const struct expr *value_of(const struct expr *e, struct str key)
{
    const struct entry *n = entry_of(e, key);
    return n ? n->value : NULL;
}

static bool is_word(struct str s)
{
    bool word = s.len && ascii_is_name_start(s.ptr[0]);
    for (size_t i = 0; word && i < s.len; i++)
        word = ascii_is_name(s.ptr[i]);
    return word;
}

static struct str with_key(struct eval *ev, struct str subject, struct str key)
{
    struct arena *a = ev->cx.run;
    if (is_word(key))
        return ARENA_CONCAT(a, subject, STR("."), key);
    size_t mark = ev->cx.work.len;
    type_add_value(&ev->cx.work, value_str(key));
    struct str quoted = context_take(&ev->cx, mark);
    return ARENA_CONCAT(a, subject, STR("["), quoted, STR("]"));
}

static struct str explain_list(struct eval *ev, struct wrong *w)
{
    const struct type_of *t = (const struct type_of *)w->m.t;
    uint32_t i = 0;
    while (i < w->v.len &&
           type_fits(ev, w->m.file, t->item, value_item(w->v, i)) == FIT_YES)
        i++;
    if (i == w->v.len)
        return say_one(ev, w);
    bool sure;
    const struct expr *e = item_of(ev, w->e, i, &sure);
    w->subject =
        sure || !ev->judging
            ? arena_printf(ev->cx.run, "%.*s[%u]", STR_ARG(w->subject), i)
            : ARENA_CONCAT(ev->cx.run, STR("an item of "), w->subject);
    return explain_part(ev, w, t->item, value_item(w->v, i), e);
}

static struct str explain_map(struct eval *ev, struct wrong *w)
{
    const struct type_of *t = (const struct type_of *)w->m.t;
    for (uint32_t i = 0; i < w->v.len; i++) {
        struct str key = value_map_key(w->v, i);
        struct value item = value_map_at(w->v, i);
        if (t->key &&
            type_fits(ev, w->m.file, t->key, value_str(key)) != FIT_YES) {
            const struct entry *n = entry_of(w->e, key);
            w->subject = ARENA_CONCAT(ev->cx.run, STR("a key of "), w->subject);
            return explain_part(ev, w, t->key, value_str(key),
                                n ? n->key : NULL);
        }
        if (!t->item || type_fits(ev, w->m.file, t->item, item) == FIT_YES)
            continue;
        w->subject = with_key(ev, w->subject, key);
        return explain_part(ev, w, t->item, item, value_of(w->e, key));
    }
    return say_one(ev, w);
}

static const struct field *field_of(const struct type_record *t, struct str key)
{
    const struct field *f = t->fields;
    while (f && !str_eq(f->key, key))
        f = f->next;
    return f;
}

static struct str unknown_key(struct eval *ev, struct wrong *w, struct str key)
{
    const struct type_record *t = (const struct type_record *)w->m.t;
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    struct near near = near_start(key);
    const struct entry *n = entry_of(w->e, key);
    for (const struct field *f = t->fields; f; f = f->next)
        near_offer(&near, f->key);
    if (n)
        w->loc = n->key->loc;
    buf_printf(work, "%.*s has no key '%.*s'", STR_ARG(w->subject),
               STR_ARG(key));
    if (near.best.ptr) {
        buf_printf(work, "; did you mean '%.*s'?", STR_ARG(near.best));
    } else if (t->n) {
        buf_add_cstr(work, "; it may have ");
        type_describe_keys(t, work);
    }
    return context_take(&ev->cx, mark);
}

static struct str explain_record(struct eval *ev, struct wrong *w)
{
    const struct type_record *t = (const struct type_record *)w->m.t;
    for (uint32_t i = 0; i < w->v.len; i++)
        if (!field_of(t, value_map_key(w->v, i)))
            return unknown_key(ev, w, value_map_key(w->v, i));
    for (const struct field *f = t->fields; f; f = f->next) {
        const struct value *item = value_map_get(w->v, f->key);
        if (!item && f->optional)
            continue;
        if (!item)
            return arena_printf(ev->cx.run, "%.*s needs the key '%.*s'",
                                STR_ARG(w->subject), STR_ARG(f->key));
        if ((f->optional && item->type == VALUE_NULL) ||
            type_fits(ev, w->m.file, f->type, *item) == FIT_YES)
            continue;
        w->subject = with_key(ev, w->subject, f->key);
        return explain_part(ev, w, f->type, *item, value_of(w->e, f->key));
    }
    return say_one(ev, w);
}

/* How many keys of v the member has, if it is a record. */
static uint32_t keys_in_common(const struct type_member *m, struct value v)
{
    uint32_t n = 0;
    if (m->t->kind == TYPE_RECORD)
        for (uint32_t i = 0; i < v.len; i++)
            n += field_of((const void *)m->t, value_map_key(v, i)) != NULL;
    return n;
}

/* The one of several members that v, a list or map, was meant to be. */
static const struct type_member *meant(const struct type_members *list,
                                       struct value v)
{
    const struct type_member *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        uint32_t n = v.type == VALUE_MAP ? keys_in_common(&list->at[i], v) : 0;
        if (n > most)
            best = &list->at[i];
        else if (n == most && n)
            best = NULL;
        most = n > most ? n : most;
    }
    return list->n == 1 ? list->at : best;
}

static struct str explain_union(struct eval *ev, struct wrong *w)
{
    struct type_members all = type_members(ev, w->m.file, w->m.t);
    struct type_members list =
        type_members_taking(ev, &all, (enum value_type)w->v.type);
    const struct type_member *one = meant(&list, w->v);
    struct type_member whole = w->m;
    if (one && (value_nests(w->v) || all.n == 1)) {
        w->m = *one;
        return explain(ev, w);
    }
    if (list.n == 0)
        list = type_members_taking(ev, &all, VALUE_BAD);
    w->m = whole;
    return say(ev, w, list.n ? &list : &all);
}

static struct str explain_where(struct eval *ev, struct wrong *w)
{
    const struct type_where *t = (const struct type_where *)w->m.t;
    bool inside =
        value_nests(w->v) && type_takes(t->of, (enum value_type)w->v.type);
    if ((t->description.ptr && !inside) ||
        type_fits(ev, w->m.file, t->of, w->v) == FIT_YES)
        return say_one(ev, w);
    w->m.t = t->of;
    return explain(ev, w);
}

static struct str explain(struct eval *ev, struct wrong *w)
{
    const struct type_of *of = (const struct type_of *)w->m.t;
    eval_enter(ev);
    struct str text;
    if (w->m.t->kind == TYPE_LIST && w->v.type == VALUE_LIST && of->item)
        text = explain_list(ev, w);
    else if (w->m.t->kind == TYPE_MAP && w->v.type == VALUE_MAP)
        text = explain_map(ev, w);
    else if (w->m.t->kind == TYPE_RECORD && w->v.type == VALUE_MAP)
        text = explain_record(ev, w);
    else if (w->m.t->kind == TYPE_NAME || w->m.t->kind == TYPE_UNION)
        text = explain_union(ev, w);
    else if (w->m.t->kind == TYPE_WHERE)
        text = explain_where(ev, w);
    else
        text = say_one(ev, w);
    eval_leave(ev);
    return text;
}

struct misfit type_explain(struct eval *ev, struct scope *file,
                           const struct type *t, struct value v,
                           const struct expr *e, struct str subject)
{
    struct wrong w = {.m = {file, t},
                      .whole = {file, t},
                      .v = v,
                      .within = value_bad(),
                      .e = e,
                      .subject = subject};
    if (e)
        w.loc = e->loc;
    struct str text = explain(ev, &w);
    return (struct misfit){text, w.loc, w.v, w.within};
}

void type_note(struct eval *ev, struct diag *d, const struct misfit *why)
{
    if (!data_note(&ev->cx, d, why->value))
        data_note(&ev->cx, d, why->within);
}

void type_note_declared(struct eval *ev, struct diag *d, struct source *source,
                        struct loc loc)
{
    struct str name = str_slice(source->text, loc.off, loc.len);
    diag_note(ev->cx.diags, d, (struct span){source, loc.off, loc.len},
              "'%.*s' is declared here", STR_ARG(name));
}
