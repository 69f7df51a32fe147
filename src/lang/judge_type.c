/* SPDX-License-Identifier: MIT */
/* In: types whose names are linked. Out: reports of those that cannot be right.
 */
#include "lang/judge_type.h"

#include "base/utf8.h"

#include <string.h>

enum {
    MOST_SHOWN = 60, /* bytes of an argument in a message */
    MOST_SWAPPED = 8 /* arguments that may have changed places */
};

static struct span span_of(const struct judge_types *j, struct loc loc)
{
    return (struct span){j->file->source, loc.off, loc.len};
}

static const struct names *names_of(const struct judge_types *j)
{
    return j->sight->names;
}

/* --- names --- */

/* What people who come from elsewhere write. */
static struct str counterpart(struct str word)
{
    static const struct str pairs[][2] = {
        {STR("str"), STR("string")},    {STR("text"), STR("string")},
        {STR("integer"), STR("int")},   {STR("number"), STR("int")},
        {STR("boolean"), STR("bool")},  {STR("array"), STR("list")},
        {STR("dict"), STR("map")},      {STR("object"), STR("map")},
        {STR("None"), STR("null")},     {STR("nil"), STR("null")},
        {STR("none"), STR("null")},     {STR("sequence"), STR("list")},
        {STR("iterable"), STR("list")}, {STR("mapping"), STR("map")},
        {STR("Array"), STR("list")},    {STR("Dict"), STR("map")},
        {STR("Text"), STR("string")},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_eq(word, pairs[i][0]))
            return pairs[i][1];
    return (struct str){NULL, 0};
}

static void offer_types(const struct judge_types *j, const struct file *file,
                        bool all, struct near *near)
{
    fault_steps(j->sight->diags->fault, file->types.n);
    for (uint32_t i = 0; i < file->types.n; i++) {
        struct str name = name_text(names_of(j), file->types.at[i]->name);
        if ((all || name.ptr[0] != '_') && !str_eq(name, near->word))
            near_offer(near, name);
    }
}

/* Types that could stand where t does; those of libraries only after their
 * name. */
static struct str nearest(const struct judge_types *j,
                          const struct type_name *t)
{
    struct near near = near_start(name_text(names_of(j), t->name));
    if (t->module == NAME_NONE) {
        near.best = counterpart(near.word);
        if (near.best.ptr)
            return near.best;
        for (int w = WORD_ANY; w <= WORD_MAP; w++)
            near_offer(&near, name_of_word((enum word)w));
        for (uint32_t i = 0; i < j->table->files.n; i++)
            offer_types(j, j->table->files.at[i].file, true, &near);
        return near.best;
    }
    const struct import_def *d = judge_table_get(j->table, t->module)->imports;
    for (; d; d = d->next)
        if (d->library)
            offer_types(j, d->library->file, false, &near);
    return near.best;
}

/* "library.name", of an import that has a type of t's name. */
static struct str exported(const struct judge_types *j,
                           const struct type_name *t)
{
    for (uint32_t i = 0; i < j->file->imports.n; i++) {
        const struct node_import *n = j->file->imports.at[i];
        if (n->target && type_of_name(names_of(j), n->target, t->name))
            return ARENA_CONCAT(j->sight->diags->arena,
                                name_text(names_of(j), n->name), STR("."),
                                name_text(names_of(j), t->name));
    }
    return (struct str){NULL, 0};
}

/* A name that is bound, but not as a type. */
static bool is_value(const struct judge_types *j, const struct type_name *t)
{
    if (t->module != NAME_NONE)
        return false;
    unsigned bound = j->sight->bound(j->sight->ctx, t->name);
    if (!(bound & (BOUND_VALUE | BOUND_MACRO)))
        return false;
    struct str name = name_text(names_of(j), t->name);
    diag_report(j->sight->diags, DIAG_UNKNOWN_TYPE, span_of(j, t->t.loc), NULL,
                "'%.*s' is a %s, not a type%s", STR_ARG(name),
                bound & BOUND_VALUE ? "variable" : "macro",
                t->after_is ? "; to compare two values write =="
                            : "; a type is made with @type");
    return true;
}

/* A library that was not found, or is none, has been or will be reported. */
static bool is_open(const struct judge_types *j, const struct type_name *t)
{
    const struct import_def *d =
        t->module == NAME_NONE ? NULL
                               : judge_table_get(j->table, t->module)->imports;
    for (; d; d = d->next)
        if (!d->library)
            return true;
    return false;
}

/* What asks for the same as "is WORD" elsewhere; NULL: nothing. */
static const char *text_asks(struct str word)
{
    static const struct {
        struct str word;
        const char *write;
    } asks[] = {
        {STR("defined"), "x != null, or defined(\"x\") of a name"},
        {STR("undefined"), "x == null, or not defined(\"x\") of a name"},
        {STR("empty"), "x == \"\", x == [] or x == {}"},
        {STR("odd"), "x % 2 == 1"},
        {STR("even"), "x % 2 == 0"},
        {STR("divisibleby"), "x % n == 0"},
        {STR("in"), "x in list"},
    };
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
        if (str_eq(word, asks[i].word))
            return asks[i].write;
    return NULL;
}

static bool unknown_type(const struct judge_types *j, const struct type_name *t)
{
    struct str name = source_span_text(span_of(j, t->t.loc));
    if (is_open(j, t))
        return true;
    if (is_value(j, t))
        return false;
    if (t->after_is && text_asks(name)) {
        diag_report(j->sight->diags, DIAG_UNKNOWN_TYPE, span_of(j, t->t.loc),
                    NULL, "unknown type '%.*s'; write %s", STR_ARG(name),
                    text_asks(name));
        return false;
    }
    struct str near = nearest(j, t);
    if (!near.ptr && t->module == NAME_NONE)
        near = exported(j, t);
    diag_report(j->sight->diags, DIAG_UNKNOWN_TYPE, span_of(j, t->t.loc), NULL,
                "unknown type '%.*s'" NEAR_FORMAT, STR_ARG(name),
                NEAR_ARG(near));
    return false;
}

static bool judge_name(const struct judge_types *j, const struct type_name *t)
{
    struct str name = name_text(names_of(j), t->name);
    if (!t->target)
        return unknown_type(j, t);
    if (t->module == NAME_NONE || name.ptr[0] != '_')
        return true;
    struct str of = name_text(names_of(j), t->module);
    diag_report(j->sight->diags, DIAG_UNKNOWN_TYPE, span_of(j, t->t.loc), NULL,
                "'%.*s' is private to the library %.*s", STR_ARG(name),
                STR_ARG(of));
    return false;
}

/* --- members and choices that decide nothing --- */

/* Whether x surely accepts all that y does. */
static bool asked_covers(const struct judge_types *j, const struct type *x,
                         const struct type *y)
{
    unsigned left = MOST_TYPES_LOOKED_AT;
    bool yes = type_covers(x, y, &left);
    fault_steps(j->sight->diags->fault, (MOST_TYPES_LOOKED_AT - left) >> 4);
    return yes;
}

static bool fits(const struct judge_types *j, const struct judge_binding *b,
                 bool report)
{
    const struct judge *judge = j->table->judge;
    return !b->type || !b->expr || !judge->fits || j->endless ||
           judge->fits(judge->fits_ctx, b, report);
}

static void judge_union(const struct judge_types *j, const struct type_union *u)
{
    for (const struct type *m = u->members->next; m; m = m->next) {
        const struct type *first = u->members;
        fault_steps(j->sight->diags->fault, 1);
        while (first != m && !asked_covers(j, first, m))
            first = first->next;
        if (first == m)
            continue;
        struct str text = source_span_text(span_of(j, first->loc));
        diag_report(j->sight->diags, DIAG_HIDDEN_MEMBER, span_of(j, m->loc),
                    NULL,
                    "this alternative is never reached: '%.*s' before it "
                    "accepts the same values",
                    STR_ARG(text));
    }
}

/* Whether a list that is written out may have an item of type t. */
static bool may_choose(const struct judge_types *j, const struct type_in *t)
{
    const struct expr_list *list = (const struct expr_list *)t->list;
    struct judge_binding b = {.type = t->of,
                              .source = j->file->source,
                              .declared = j->file->source,
                              .key = NAME_NONE};
    if (t->list->kind != EXPR_LIST)
        return true;
    for (const struct item *i = list->items; i; i = i->next) {
        b.expr = i->expr;
        if (i->splice || fits(j, &b, false))
            return true;
    }
    return false;
}

static void judge_choices(const struct judge_types *j, const struct type_in *t)
{
    if (may_choose(j, t))
        return;
    struct str of = source_span_text(span_of(j, t->of->loc));
    diag_report(j->sight->diags, DIAG_HIDDEN_MEMBER, span_of(j, t->list->loc),
                NULL,
                "no value fits this type: no item of the list fits '%.*s'",
                STR_ARG(of));
}

/* --- keys --- */

/* True if t may take something that is not a string. */
static bool takes_more(const struct type *t, struct type_look q)
{
    if (!type_look_goes_on(&q))
        return false;
    switch (t->kind) {
    case TYPE_STRING:
    case TYPE_BAD:
        return false;
    case TYPE_LITERAL:
        return ((const struct type_literal *)t)->value->kind != EXPR_STR;
    case TYPE_WHERE:
        return takes_more(((const struct type_where *)t)->of, q);
    case TYPE_IN:
        return takes_more(((const struct type_in *)t)->of, q);
    case TYPE_NAME: {
        const struct type_name *name = (const struct type_name *)t;
        return name->target && takes_more(name->target->type, q);
    }
    case TYPE_UNION:
        t = ((const struct type_union *)t)->members;
        while (t && !takes_more(t, q))
            t = t->next;
        return t != NULL;
    default:
        return true;
    }
}

static bool judge_key(const struct judge_types *j, const struct type *key)
{
    unsigned left = MOST_TYPES_LOOKED_AT;
    if (!key || !takes_more(key, (struct type_look){&left, 0}))
        return true;
    struct str text = source_span_text(span_of(j, key->loc));
    diag_report(j->sight->diags, DIAG_TYPE, span_of(j, key->loc), NULL,
                "the keys of a map are strings, and '%.*s' is not a type of "
                "strings",
                STR_ARG(text));
    return false;
}

bool judge_type(struct judge_types *j, const struct type *t)
{
    if (t->kind == TYPE_MAP)
        return judge_key(j, ((const struct type_of *)t)->key);

    if (t->kind == TYPE_NAME)
        return judge_name(j, (const struct type_name *)t);
    if (t->kind == TYPE_UNION)
        judge_union(j, (const struct type_union *)t);
    if (t->kind == TYPE_IN)
        judge_choices(j, (const struct type_in *)t);
    return true;
}

static bool judge_line(struct judge_types *j, const struct node_type *n)
{
    struct str name = name_text(names_of(j), n->name);
    const struct node_type *first = type_of_name(names_of(j), j->file, n->name);
    if (first == n)
        return judge_height(j, n);
    diag_note(j->sight->diags,
              diag_report(j->sight->diags, DIAG_DUPLICATE_NAME,
                          span_of(j, n->name_loc), NULL,
                          "a type '%.*s' is defined above", STR_ARG(name)),
              span_of(j, first->name_loc), "the first definition");
    return false;
}

/* --- literals --- */

static bool fits_beside(const struct judge_types *j, const struct type *type,
                        const struct expr *e, struct loc name)
{
    struct judge_binding b = {.expr = e,
                              .type = type,
                              .source = j->file->source,
                              .declared = j->file->source,
                              .name = name,
                              .key = NAME_NONE};
    return file_is_broken(j->file, name.off) || fits(j, &b, true);
}

/* A call whose arguments are held against their types. */
struct judged_call {
    const struct signature *sig;
    const struct expr_call *call;
    bool blocks;
    struct source *declared;
    struct str callee;
};

static bool argument_fits(const struct judge_types *j,
                          const struct judged_call *q, uint32_t i,
                          const struct param *param, bool report)
{
    struct judge_binding b = {.expr = q->call->args[i].expr,
                              .type = param ? param->type : NULL,
                              .source = j->file->source,
                              .declared = q->declared,
                              .name = param ? param->loc : (struct loc){0},
                              .key = param && param->rest == REST_MAP
                                         ? q->call->args[i].name
                                         : NAME_NONE,
                              .callee = q->callee};
    return fits(j, &b, report);
}

/* The parameter that argument i goes to by its place; NULL: by none. */
static const struct param *placed(const struct judged_call *q, uint32_t i)
{
    const struct param *p = q->call->args[i].name == NAME_NONE
                                ? signature_param(q->sig, q->call, q->blocks, i)
                                : NULL;
    return p && p->rest == REST_NONE && p->type ? p : NULL;
}

/* True if argument k cannot be what it is given for; of a builtin also if that
 * is not known, since the one beside it is certainly wrong. */
static bool may_be_lost(const struct judge_types *j,
                        const struct judged_call *q, uint32_t k,
                        const struct param *param)
{
    uint8_t kind = q->call->args[k].expr->kind;
    return !argument_fits(j, q, k, param, false) ||
           (!q->declared &&
            (kind == EXPR_NAME || kind == EXPR_ACCESS || kind == EXPR_CALL));
}

/* The argument that fits where argument i stands, which does not, as i fits
 * where it stands; c->nargs: there is none. */
static uint32_t swapped_with(const struct judge_types *j,
                             const struct judged_call *q, uint32_t i)
{
    const struct param *own = placed(q, i), *other;
    uint32_t k = 0;
    for (; own && k < q->call->nargs && k < MOST_SWAPPED; k++)
        if (k != i && (other = placed(q, k)) != NULL &&
            may_be_lost(j, q, k, other) &&
            argument_fits(j, q, i, other, false) &&
            argument_fits(j, q, k, own, false))
            return k;
    return q->call->nargs;
}

static void report_swapped(const struct judge_types *j,
                           const struct judged_call *q, uint32_t i, uint32_t k)
{
    struct loc a = q->call->args[i].expr->loc, b = q->call->args[k].expr->loc;
    struct str first = source_span_text(span_of(j, a));
    struct str second = source_span_text(span_of(j, b));
    struct str name = source_span_text(span_of(j, q->call->name_loc));
    struct str order = signature_text(j->sight->diags->arena, q->sig);
    diag_report(j->sight->diags, DIAG_TYPE, span_of(j, a), NULL,
                "%.*s: %.*s and %.*s are the other way round in %.*s",
                STR_ARG(name), STR_ARG(utf8_cut(first, MOST_SHOWN)),
                STR_ARG(utf8_cut(second, MOST_SHOWN)), STR_ARG(order));
}

bool judge_type_arguments(struct judge_types *j, const struct signature *sig,
                          const struct expr_call *c, bool blocks,
                          struct source *declared, struct str callee,
                          bool report)
{
    struct judged_call q = {sig, c, blocks, declared, callee};
    uint32_t told = c->nargs; /* with the one before it */
    bool good = true;
    for (uint32_t i = 0; i < c->nargs; i++) {
        const struct param *param = signature_param(sig, c, blocks, i);
        if (i == told || argument_fits(j, &q, i, param, false))
            continue;
        good = false;
        uint32_t k = report ? swapped_with(j, &q, i) : c->nargs;
        if (k < c->nargs)
            report_swapped(j, &q, i, told = k);
        else
            argument_fits(j, &q, i, param, report);
    }
    return good;
}

static bool judge_defaults(const struct judge_types *j,
                           const struct signature *sig)
{
    bool good = true;
    for (uint32_t i = 0; i < sig->n; i++)
        good = fits_beside(j, sig->params[i].type, sig->params[i].value,
                           sig->params[i].loc) &&
               good;
    return good;
}

bool judge_type_node(struct judge_types *j, const struct node *n)
{
    const struct node_let *l = (const struct node_let *)n;
    const struct node_param *p = (const struct node_param *)n;
    switch (n->kind) {
    case NODE_LET:
        return fits_beside(j, l->type, l->expr, l->name_loc);
    case NODE_PARAM:
        return fits_beside(j, p->type, p->value, p->name_loc);
    case NODE_DEFINE:
        return judge_defaults(j, &((const struct node_define *)n)->signature);
    case NODE_TYPE:
        return judge_line(j, (const struct node_type *)n);
    default:
        return true;
    }
}
