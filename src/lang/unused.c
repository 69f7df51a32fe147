/* SPDX-License-Identifier: MIT */
/* The one idea: a name that is written counts, whatever it turns out to stand
 * for, and so does what may look names up: a file that is included sees them,
 * and defined() asks for one. */
#include "lang/unused.h"

#include "lang/visit.h"

struct search {
    name_id name, defined;
    struct str text; /* of the name */
    bool found;
};

static bool asks_for(const struct search *s, const struct expr_call *c)
{
    if (c->name != s->defined || c->module != NAME_NONE || c->nargs != 1)
        return false;
    const struct expr *e = c->args[0].expr;
    return e->kind != EXPR_STR ||
           str_eq(str_part(expr_str_value(e), 0, '.'), s->text);
}

static bool look_at_expr(void *ctx, const struct expr *e)
{
    struct search *s = ctx;
    if (e->kind == EXPR_NAME)
        s->found = s->found || ((const struct expr_name *)e)->name == s->name;
    else if (e->kind == EXPR_CALL)
        s->found = s->found || asks_for(s, (const struct expr_call *)e);
    return !s->found;
}

static bool look_at_node(void *ctx, const struct node *n)
{
    struct search *s = ctx;
    const struct param *at = n->kind == NODE_MESSAGE
                                 ? ((const struct node_message *)n)->param
                                 : NULL;
    bool binds = n->kind == NODE_SET || n->kind == NODE_LET;
    if (n->kind == NODE_INCLUDE || (at && at->name == s->name) ||
        (binds && ((const struct node_let *)n)->name == s->name))
        s->found = true;
    return !s->found;
}

/* In the body, or in the default of a later parameter. */
static bool names_parameter(struct search *s, const struct node_define *d)
{
    struct visitor v = {.ctx = s, .expr = look_at_expr, .node = look_at_node};
    uint32_t i = 0;
    while (i < d->signature.n && d->signature.params[i].name != s->name)
        i++;
    while (++i < d->signature.n)
        visit_expr(&v, d->signature.params[i].value);
    visit_expr(&v, d->expr);
    visit_nodes(&v, d->body);
    return s->found;
}

static struct search search_new(const struct names *names, name_id name)
{
    return (struct search){.name = name,
                           .defined = name_find(names, STR("defined")),
                           .text = name_text(names, name)};
}

bool unused_parameter(const struct names *names, const struct file *file,
                      const struct node_define *d, const struct param *p)
{
    struct search s = search_new(names, p->name);
    if (s.text.ptr[0] == '_' || names_parameter(&s, d))
        return false;
    for (uint32_t i = 0; d->conditional && i < file->defines.n; i++)
        if (file->defines.at[i]->name == d->name)
            names_parameter(&s, file->defines.at[i]);
    return !s.found;
}

static bool look_at_set(void *ctx, const struct node *n)
{
    struct search *s = ctx;
    if (n->kind == NODE_SET && ((const struct node_let *)n)->name == s->name)
        s->found = true;
    return !s->found;
}

bool unused_variable(const struct names *names, const struct file *file,
                     name_id name)
{
    struct search s = search_new(names, name);
    struct visitor v = {.ctx = &s, .expr = look_at_expr, .node = look_at_set};
    visit_nodes(&v, file->body);
    return !s.found;
}

/* --- what was meant --- */

/* Ways to write a parameter, by its name or by its number. */
static const struct notation {
    const char *before, *after;
    bool number;
} notations[] = {
    {"${", "}", true}, {"$", "", true},       {"${", "}", false},
    {"$", "", false},  {"{{ ", " }}", false}, {"{{", "}}", false},
    {"%", "%", false}, {"@", "@", false},     {"$(", ")", false},
};

struct meant {
    struct arena *a;
    struct str name, number;
    struct loc found;
};

/* True if what ends at `end` of text goes on as a name or a number. */
static bool goes_on(struct str text, size_t end)
{
    return end < text.len && ascii_is_name(text.ptr[end]);
}

static void look_for(struct meant *m, const struct node_text *t,
                     const struct notation *n)
{
    struct str word =
        ARENA_CONCAT(m->a, str_from(n->before), n->number ? m->number : m->name,
                     str_from(n->after));
    size_t at = str_find(t->text, word, 0);
    while (at != STR_NONE && goes_on(t->text, at + word.len))
        at = str_find(t->text, word, at + 1);
    if (at != STR_NONE && m->found.len == 0)
        m->found =
            (struct loc){t->n.loc.off + (uint32_t)at, (uint32_t)word.len};
}

static bool look_at_text(void *ctx, const struct node *n)
{
    struct meant *m = ctx;
    for (size_t i = 0;
         n->kind == NODE_TEXT && i < sizeof notations / sizeof *notations; i++)
        look_for(m, (const struct node_text *)n, &notations[i]);
    return m->found.len == 0;
}

/* "$@" and its like, of a *rest. */
static bool look_for_all(void *ctx, const struct node *n)
{
    static const struct str words[] = {STR("$@"), STR("$*"), STR("$#")};
    struct meant *m = ctx;
    const struct node_text *t = (const struct node_text *)n;
    for (size_t i = 0; n->kind == NODE_TEXT && i < 3 && !m->found.len; i++) {
        size_t at = str_find(t->text, words[i], 0);
        if (at != STR_NONE)
            m->found = (struct loc){t->n.loc.off + (uint32_t)at, 2};
    }
    return m->found.len == 0;
}

static bool no_expr(void *ctx, const struct expr *e)
{
    (void)ctx;
    (void)e;
    return false;
}

struct loc unused_meant(struct arena *a, const struct names *names,
                        const struct node_define *d, const struct param *p)
{
    unsigned number = (unsigned)(p - d->signature.params) + 1;
    struct meant m = {
        a, name_text(names, p->name), arena_printf(a, "%u", number), {0, 0}};
    struct visitor v = {.ctx = &m,
                        .expr = no_expr,
                        .node = p->rest ? look_for_all : look_at_text};
    visit_nodes(&v, d->body);
    return m.found;
}
