/* SPDX-License-Identifier: MIT */
/* In: a value that does not fit a type. Out: a sentence that says which part of
 * it is wrong, what it should be, and what was probably meant. */
#include "base/near.h"
#include "eval/type_describe.h"
#include "eval/value_json.h"

/* What is wrong, on the way into the value. */
struct wrong {
    struct type_member m, whole; /* and all that may stand there */
    struct value v, within;      /* and the list or map that holds it; or BAD */
    const struct expr *e;        /* where v came from; or NULL */
    struct loc loc;              /* of the innermost e that is known */
    struct str subject, key; /* of v, in a map that holds it; ptr NULL: none */
    bool data;               /* v is of --data or -D */
    uint32_t *skip;          /* mistakes before the one that is asked for */
};

/* Whether this mistake is the one that is asked for. */
static bool is_asked(const struct wrong *w)
{
    return (*w->skip)-- == 0;
}

/* Whether v is part of what a data file, or the command line, gave as a whole.
 */
static bool is_data(struct eval *ev, const struct wrong *w)
{
    struct span at;
    struct str path;
    return w->data || (!w->e && w->within.type != VALUE_BAD &&
                       data_place(&ev->cx, w->within, &at, &path));
}

static const struct str another = {NULL, 0};

/* "SUBJECT is LIST, not v" */
static struct str say(struct eval *ev, const struct wrong *w,
                      const struct type_members *list)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    if (!is_asked(w))
        return another;
    buf_add(work, w->subject);
    buf_add_cstr(work, " is ");
    type_describe_members(ev, list, work);
    buf_add_cstr(work, ", not ");
    type_add_value(work, w->v);
    type_add_hint(ev, &w->whole, list, w->v, w->e, is_data(ev, w), work);
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

/* Item i of a list does not fit. */
static struct str explain_item(struct eval *ev, struct wrong *w, uint32_t i)
{
    const struct type_of *t = (const struct type_of *)w->m.t;
    bool sure;
    const struct expr *e = item_of(ev, w->e, i, &sure);
    w->key = STR_ABSENT;
    w->subject =
        sure || !ev->judging
            ? arena_printf(ev->cx.run, "%.*s[%u]", STR_ARG(w->subject), i)
            : ARENA_CONCAT(ev->cx.run, STR("an item of "), w->subject);
    return explain_part(ev, w, t->item, value_item(w->v, i), e);
}

static struct str explain_list(struct eval *ev, struct wrong *w)
{
    const struct type_of *t = (const struct type_of *)w->m.t;
    const struct wrong whole = *w;
    struct str text = another;
    bool some = false;
    for (uint32_t i = 0; i < whole.v.len && !text.ptr; i++) {
        if (type_fits(ev, whole.m.file, t->item, value_item(whole.v, i)) ==
            FIT_YES)
            continue;
        some = true;
        *w = whole;
        text = explain_item(ev, w, i);
    }
    return some ? text : say_one(ev, w);
}

/* The key of an entry does not fit. */
static struct str explain_key(struct eval *ev, struct wrong *w, struct str key)
{
    const struct type_of *t = (const struct type_of *)w->m.t;
    const struct entry *n = entry_of(w->e, key);
    w->subject = ARENA_CONCAT(ev->cx.run, STR("a key of "), w->subject);
    w->key = key;
    return explain_part(ev, w, t->key, value_str(key), n ? n->key : NULL);
}

static struct str explain_entry(struct eval *ev, struct wrong *w,
                                const struct type *t, struct str key,
                                struct value item)
{
    const struct expr *e = value_of(w->e, key);
    w->subject = with_key(ev, w->subject, key);
    w->key = key;
    return explain_part(ev, w, t, item, e);
}

static struct str explain_map(struct eval *ev, struct wrong *w)
{
    const struct type_of *t = (const struct type_of *)w->m.t;
    const struct wrong whole = *w;
    struct str text = another;
    bool some = false;
    for (uint32_t i = 0; i < whole.v.len && !text.ptr; i++) {
        struct str key = value_map_key(whole.v, i);
        struct value item = value_map_at(whole.v, i);
        bool bad_key = t->key && type_fits(ev, whole.m.file, t->key,
                                           value_str(key)) != FIT_YES;
        if (!bad_key &&
            (!t->item || type_fits(ev, whole.m.file, t->item, item) == FIT_YES))
            continue;
        some = true;
        *w = whole;
        text = bad_key ? explain_key(ev, w, key)
                       : explain_entry(ev, w, t->item, key, item);
    }
    return some ? text : say_one(ev, w);
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
    if (!is_asked(w))
        return another;
    for (const struct field *f = t->fields; f; f = f->next)
        near_offer(&near, f->key);
    if (n)
        w->loc = n->key->loc;
    w->within = w->v;
    w->key = key;
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

/* A key is missing, or what it holds does not fit. */
static struct str explain_field(struct eval *ev, struct wrong *w,
                                const struct field *f, const struct value *item)
{
    if (item)
        return explain_entry(ev, w, f->type, f->key, *item);
    return is_asked(w) ? arena_printf(ev->cx.run, "%.*s needs the key '%.*s'",
                                      STR_ARG(w->subject), STR_ARG(f->key))
                       : another;
}

static bool field_fits(struct eval *ev, struct scope *file,
                       const struct field *f, const struct value *item)
{
    if (f->optional && (!item || item->type == VALUE_NULL))
        return true;
    return item && type_fits(ev, file, f->type, *item) == FIT_YES;
}

static struct str explain_record(struct eval *ev, struct wrong *w)
{
    const struct type_record *t = (const struct type_record *)w->m.t;
    const struct wrong whole = *w;
    struct str text = another;
    bool some = false, unknown = false;
    for (uint32_t i = 0; i < whole.v.len && !text.ptr; i++) {
        if (field_of(t, value_map_key(whole.v, i)))
            continue;
        some = unknown = true;
        text = unknown_key(ev, w, value_map_key(whole.v, i));
    }
    for (const struct field *f = t->fields; f && !text.ptr; f = f->next) {
        const struct value *item = value_map_get(whole.v, f->key);
        /* A key that it needs may be what an unknown one was to be. */
        if (field_fits(ev, whole.m.file, f, item) || (!item && unknown))
            continue;
        some = true;
        *w = whole;
        text = explain_field(ev, w, f, item);
    }
    return some ? text : say_one(ev, w);
}

enum {
    LITERAL_KEY = 1000 /* says more than all other keys */
};

/* How many keys of v the member has, if it is a record. One that tells such
 * records apart, as {kind: "a", …} does, decides. */
static uint32_t keys_in_common(struct eval *ev, const struct type_member *m,
                               struct value v)
{
    uint32_t n = 0;
    for (uint32_t i = 0; m->t->kind == TYPE_RECORD && i < v.len; i++) {
        const struct field *f =
            field_of((const void *)m->t, value_map_key(v, i));
        n += f != NULL;
        if (f && f->type->kind == TYPE_LITERAL &&
            type_fits(ev, m->file, f->type, value_map_at(v, i)) == FIT_YES)
            n += LITERAL_KEY;
    }
    return n;
}

/* The one of several members that v, a list or map, was meant to be. */
static const struct type_member *
meant(struct eval *ev, const struct type_members *list, struct value v)
{
    const struct type_member *best = NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        uint32_t n =
            v.type == VALUE_MAP ? keys_in_common(ev, &list->at[i], v) : 0;
        if (n > most)
            best = &list->at[i];
        else if (n == most && n)
            best = NULL;
        most = n > most ? n : most;
    }
    return list->n == 1 ? list->at : best;
}

/* The literals that all the members, records, have at a key; false: one has
 * none. */
static bool literals_at(struct eval *ev, const struct type_members *list,
                        struct str key, struct type_members *literals)
{
    for (uint32_t i = 0; i < list->n; i++) {
        const struct type_member *m = &list->at[i];
        const struct field *f = m->t->kind == TYPE_RECORD
                                    ? field_of((const void *)m->t, key)
                                    : NULL;
        if (!f || f->type->kind != TYPE_LITERAL)
            return false;
        vec_push(ev->cx.run, literals,
                 ((struct type_member){m->file, f->type}));
    }
    return list->n > 1;
}

static bool any_fits(struct eval *ev, const struct type_members *list,
                     struct value v)
{
    for (uint32_t i = 0; i < list->n; i++)
        if (type_fits(ev, list->at[i].file, list->at[i].t, v) == FIT_YES)
            return true;
    return false;
}

/* Of records that a key tells apart, {kind: "a", …} | {kind: "b", …}, v is
 * none: that key is wrong. ptr NULL: there is no such key. */
static bool explain_tag(struct eval *ev, struct wrong *w,
                        const struct type_members *list, struct str *text)
{
    for (uint32_t i = 0; w->v.type == VALUE_MAP && i < w->v.len; i++) {
        struct type_members literals = {NULL, 0, 0};
        struct str key = value_map_key(w->v, i);
        struct value item = value_map_at(w->v, i);
        const struct expr *e = value_of(w->e, key);
        if (!literals_at(ev, list, key, &literals) ||
            any_fits(ev, &literals, item))
            continue;
        w->subject = with_key(ev, w->subject, key);
        w->m = w->whole = literals.at[0];
        w->within = w->v;
        w->key = key;
        w->v = item;
        w->e = e;
        w->loc = e ? e->loc : w->loc;
        *text = say(ev, w, &literals);
        return true;
    }
    return false;
}

static struct str explain_union(struct eval *ev, struct wrong *w)
{
    struct type_members all = type_members(ev, w->m.file, w->m.t);
    struct type_members list =
        type_members_taking(ev, &all, (enum value_type)w->v.type);
    const struct type_member *one = meant(ev, &list, w->v);
    struct type_member whole = w->m;
    struct str text;
    if (explain_tag(ev, w, &list, &text))
        return text;
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

static struct misfit explain_nth(struct eval *ev, struct wrong *w, uint32_t n)
{
    w->within = value_bad();
    w->whole = w->m;
    w->skip = &n;
    struct str text = explain(ev, w);
    return (struct misfit){text, w->loc, w->v, w->within, w->key};
}

struct misfit type_explain(struct eval *ev, struct scope *file,
                           const struct type *t, struct value v,
                           const struct expr *e, struct str subject)
{
    return type_explain_nth(ev, file, t, v, e, subject, 0);
}

struct misfit type_explain_nth(struct eval *ev, struct scope *file,
                               const struct type *t, struct value v,
                               const struct expr *e, struct str subject,
                               uint32_t n)
{
    struct wrong w = {.m = {file, t}, .v = v, .e = e, .subject = subject};
    if (e)
        w.loc = e->loc;
    return explain_nth(ev, &w, n);
}

struct misfit type_explain_data(struct eval *ev, struct scope *file,
                                const struct type *t, struct value v,
                                struct str subject, uint32_t n)
{
    struct wrong w = {.m = {file, t}, .v = v, .subject = subject, .data = true};
    return explain_nth(ev, &w, n);
}

void type_note(struct eval *ev, struct diag *d, const struct misfit *why)
{
    bool unknown = value_is(why->value, why->within); /* a key of it */
    if ((unknown || !data_note(&ev->cx, d, why->value)) &&
        !data_note_key(&ev->cx, d, why->within, why->key))
        data_note(&ev->cx, d, why->within);
}

void type_note_declared(struct eval *ev, struct diag *d, struct source *source,
                        struct loc loc)
{
    struct str name = str_slice(source->text, loc.off, loc.len);
    diag_note(ev->cx.diags, d, (struct span){source, loc.off, loc.len},
              "'%.*s' is declared here", STR_ARG(name));
}
