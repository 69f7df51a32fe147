/* SPDX-License-Identifier: MIT */
/* In: a type. Out: words that complete "X is …": its description, or what it is
 * made of. Also what was given, in words as short as will do. */
#include "eval/type_describe.h"

#include "eval/value_json.h"
#include "lang/written.h"

/* --- values in words --- */

enum {
    LONGEST_VALUE = 60
};

/* True if no part of v that its JSON begins with is unknown. A value may hold
 * another one many times, so it is not walked to its end. */
static bool begins_known(struct value v, unsigned *left)
{
    if (v.type == VALUE_BAD || type_unknown_text(v))
        return false;
    for (uint32_t i = 0; value_nests(v) && i<v.len && * left> 0; i++) {
        --*left;
        if (!begins_known(v.type == VALUE_LIST ? value_item(v, i)
                                               : value_map_at(v, i),
                          left))
            return false;
    }
    return true;
}

/* JSON, if there is not too much of it. */
static bool add_short(struct buf *out, struct value v)
{
    size_t from = out->len;
    unsigned left = LONGEST_VALUE;
    bool all = false;
    if (begins_known(v, &left))
        value_json_start(out, v, LONGEST_VALUE, &all);
    if (!all)
        buf_truncate(out, from);
    return all;
}

/* A string of any length. */
static void add_text(struct buf *out, struct value v)
{
    bool all;
    if (v.type == VALUE_VERSION)
        v.type = VALUE_STR;
    if (!value_json_start(out, v, LONGEST_VALUE, &all))
        buf_add_cstr(out, "a string that is not UTF-8");
    else if (!all)
        buf_add_cstr(out, "…\"");
}

void type_add_value(struct buf *out, struct value v)
{
    if (type_unknown_text(v)) {
        buf_add_cstr(out, "a string");
    } else if (v.type == VALUE_STR) {
        add_text(out, v);
    } else if (v.type == VALUE_VERSION) {
        buf_add_cstr(out, "the version ");
        add_text(out, v);
    } else if (!value_nests(v)) {
        value_json(out, v);
    } else if (!add_short(out, v)) {
        bool list = v.type == VALUE_LIST;
        buf_printf(out, "a %s of %u %s%s", list ? "list" : "map", v.len,
                   list ? "item" : "key", v.len == 1 ? "" : "s");
    }
}

enum {
    MOST_CHOICES = 40, /* that are all shown */
    FIRST_CHOICES = 20 /* of more */
};

/* How many of n choices are shown. */
static uint32_t choices_shown(uint32_t n)
{
    return n > MOST_CHOICES ? FIRST_CHOICES : n;
}

static void add_rest(struct buf *out, uint32_t n)
{
    if (n > MOST_CHOICES)
        buf_printf(out, ", … (%u in all)", n);
}

void type_add_choices(struct buf *out, struct value list)
{
    for (uint32_t i = 0; i < choices_shown(list.len); i++) {
        buf_add_cstr(out, i ? ", " : "");
        if (value_item(list, i).type == VALUE_BAD)
            buf_add_cstr(out, "…");
        else
            type_add_value(out, value_item(list, i));
    }
    add_rest(out, list.len);
}

/* --- types in words --- */

/* More members than a message should name. */
enum {
    MOST_NAMED = 200,
    DEEPEST_WORDS = 6,
    LONGEST_WORDS = 4000 /* bytes of a list of them, but for its last item */
};

/* True if the list that begins at `from` goes on; else it ends with "…". */
static bool list_goes_on(struct buf *out, size_t from)
{
    bool more = out->len - from <= LONGEST_WORDS;
    if (!more)
        buf_add_cstr(out, ", …");
    return more;
}

/* Names that are being followed. */
struct followed {
    const struct followed *up;
    const struct node_type *type;
};

/* False if t has no end: then names of it are being followed already, or too
 * many. It was reported, unless nobody judges the names. */
static bool may_follow(const struct followed *f, const struct node_type *t)
{
    int n = 0;
    for (; f && n < MOST_NAMED_TYPES && f->type != t; f = f->up)
        n++;
    return !f;
}

static void add_members(struct eval *ev, const struct type_member *m,
                        const struct followed *up, struct type_members *list)
{
    const struct type_name *name = (const struct type_name *)m->t;
    if (list->n == MOST_NAMED)
        return;
    eval_steps(ev, 1);
    if (m->t->kind == TYPE_UNION) {
        const struct type *t = ((const struct type_union *)m->t)->members;
        for (; t; t = t->next)
            add_members(ev, &(struct type_member){m->file, t}, up, list);
    } else if (m->t->kind == TYPE_NAME && name->target) {
        struct followed f = {up, name->target};
        struct scope *of = type_scope(ev, m->file, name);
        if (of && may_follow(up, name->target))
            add_members(ev, &(struct type_member){of, name->target->type}, &f,
                        list);
    } else {
        vec_push(ev->cx.run, list, *m);
    }
}

struct type_members type_members(struct eval *ev, struct scope *file,
                                 const struct type *t)
{
    struct type_members list = {NULL, 0, 0};
    add_members(ev, &(struct type_member){file, t}, NULL, &list);
    return list;
}

struct type_members type_members_taking(struct eval *ev,
                                        const struct type_members *all,
                                        enum value_type type)
{
    struct type_members list = {NULL, 0, 0};
    for (uint32_t i = 0; i < all->n; i++) {
        const struct type *t = all->at[i].t;
        if (t->kind != TYPE_NULL && (type == VALUE_BAD || type_takes(t, type)))
            vec_push(ev->cx.run, &list, all->at[i]);
    }
    return list;
}

static void add_written(const struct type_member *m, struct loc loc,
                        struct eval *ev, struct buf *out)
{
    struct str text = str_slice(m->file->source->text, loc.off, loc.len);
    buf_add(out, written_line(ev->cx.run, text));
}

void type_describe_keys(const struct type_record *t, struct buf *out)
{
    for (const struct field *f = t->fields; f; f = f->next) {
        buf_add_cstr(out, f == t->fields ? "" : f->next ? ", " : " and ");
        buf_add(out, f->key);
    }
}

static void add_choices(struct eval *ev, const struct type_member *m,
                        struct buf *out)
{
    const struct type_in *t = (const struct type_in *)m->t;
    struct value list;
    if (type_choices(ev, m->file, t, &list) != FIT_YES) {
        buf_add_cstr(out, "an item of ");
        add_written(m, t->list->loc, ev, out);
        return;
    }
    struct value fitting = value_list_new(ev->cx.run, 0);
    for (uint32_t i = 0; i < list.len; i++)
        if (type_fits(ev, m->file, t->of, value_item(list, i)) == FIT_YES)
            fitting = value_list_add(ev->cx.run, fitting, value_item(list, i));
    buf_add_cstr(out, fitting.len ? "one of " : "one of no values: ");
    if (fitting.len)
        type_add_choices(out, fitting);
    else
        add_written(m, m->t->loc, ev, out);
}

static void describe(struct eval *ev, const struct type_member *m,
                     struct buf *out);

static void describe_where(struct eval *ev, const struct type_member *m,
                           struct buf *out)
{
    const struct type_where *t = (const struct type_where *)m->t;
    if (t->description.ptr) {
        buf_add(out, t->description);
        return;
    }
    describe(ev, &(struct type_member){m->file, t->of}, out);
    buf_add_cstr(out, " where ");
    add_written(m, t->condition->loc, ev, out);
}

/* True for a name that says nothing to who calls a library. */
static bool is_private(const struct eval *ev, const struct type *t)
{
    const struct type_name *name = (const struct type_name *)t;
    return t && t->kind == TYPE_NAME && name->module == NAME_NONE &&
           name_text(ev->cx.names, name->name).ptr[0] == '_';
}

/* Several lists, or maps, differ only in what is in them. */
static bool several_of(const struct type_members *list, enum type_kind kind)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < list->n; i++)
        n += list->at[i].t->kind == kind;
    return n > 1;
}

void type_describe_members(struct eval *ev, const struct type_members *list,
                           struct buf *out)
{
    uint32_t literals = 0;
    for (uint32_t i = 0; i < list->n; i++)
        literals += list->at[i].t->kind == TYPE_LITERAL;
    bool choices = literals == list->n && literals > 1;
    bool lists = several_of(list, TYPE_LIST);
    bool maps = several_of(list, TYPE_MAP);
    size_t from = out->len;
    uint32_t n = choices ? choices_shown(list->n) : list->n;
    buf_add_cstr(out, choices ? "one of " : "");
    for (uint32_t i = 0; i < n && list_goes_on(out, from); i++) {
        bool last = i + 1 == list->n && !choices;
        buf_add_cstr(out, i == 0 ? "" : last ? " or " : ", ");
        enum type_kind kind = (enum type_kind)list->at[i].t->kind;
        if (list->n > 1 && kind == TYPE_BOOL) {
            buf_add_cstr(out, "a bool");
        } else if (((lists && kind == TYPE_LIST) ||
                    (maps && kind == TYPE_MAP)) &&
                   !is_private(ev,
                               ((const struct type_of *)list->at[i].t)->item)) {
            buf_add_cstr(out, "a ");
            add_written(&list->at[i], list->at[i].t->loc, ev, out);
        } else {
            describe(ev, &list->at[i], out);
        }
    }
    if (choices)
        add_rest(out, list->n);
}

static void describe_union(struct eval *ev, const struct type_member *m,
                           struct buf *out)
{
    struct type_members all = type_members(ev, m->file, m->t);
    struct type_members list = type_members_taking(ev, &all, VALUE_BAD);
    type_describe_members(ev, list.n ? &list : &all, out);
}

/* A list or map; what is in it, as it was written, or in words. */
static void describe_of(struct eval *ev, const struct type_member *m,
                        const char *what, struct buf *out)
{
    const struct type_of *t = (const struct type_of *)m->t;
    buf_add_cstr(out, what);
    if (!t->item)
        return;
    buf_add_cstr(out, " (");
    if (is_private(ev, t->item)) {
        buf_add_cstr(out, t->t.kind == TYPE_LIST ? "each item is "
                                                 : "each value is ");
        describe(ev, &(struct type_member){m->file, t->item}, out);
    } else {
        add_written(m, m->t->loc, ev, out);
    }
    buf_add_char(out, ')');
}

static void describe(struct eval *ev, const struct type_member *m,
                     struct buf *out)
{
    static const char *const simple[] = {
        [TYPE_ANY] = "any value",      [TYPE_NULL] = "null",
        [TYPE_BOOL] = "true or false", [TYPE_INT] = "an int",
        [TYPE_STRING] = "a string",    [TYPE_VERSION] = "a version",
        [TYPE_BLOCK] = "text",
    };
    const struct type *t = m->t;
    if (ev->describing == DEEPEST_WORDS) {
        add_written(m, t->loc, ev, out);
        return;
    }
    ev->describing++;
    switch (t->kind) {
    case TYPE_LIST:
        describe_of(ev, m, "a list", out);
        break;
    case TYPE_MAP:
        describe_of(ev, m, "a map", out);
        break;
    case TYPE_RECORD:
        buf_add_cstr(out, "a map of ");
        type_describe_keys((const struct type_record *)t, out);
        break;
    case TYPE_LITERAL:
        add_written(m, t->loc, ev, out);
        break;
    case TYPE_IN:
        add_choices(ev, m, out);
        break;
    case TYPE_WHERE:
        describe_where(ev, m, out);
        break;
    case TYPE_NAME:
    case TYPE_UNION:
        describe_union(ev, m, out);
        break;
    default:
        buf_add_cstr(out, simple[t->kind]);
    }
    ev->describing--;
}

void type_describe(struct eval *ev, struct scope *file, const struct type *t,
                   struct buf *out)
{
    describe(ev, &(struct type_member){file, t}, out);
}
