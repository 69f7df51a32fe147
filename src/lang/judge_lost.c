/* SPDX-License-Identifier: MIT */
/* In: a file whose names are good. Out: warnings. Two ideas: a @let that reads
 * the name it binds, in a scope where nothing reads that name afterwards, was
 * meant to change the variable outside, and so was one with the name of a
 * variable of the file; and a '…' string with "@{x}" in it, where x is bound,
 * was meant to take the value. */
#include "lang/judge_lost.h"

/* --- @let where @set was meant --- */

/* Whether a scope reads a name after a place. */
struct search {
    const struct judge *judge;
    name_id name, defined;
    uint32_t after;
    bool found;
};

static bool look_at_expr(void *ctx, const struct expr *e)
{
    struct search *s = ctx;
    const struct expr_call *c = (const struct expr_call *)e;
    fault_steps(s->judge->diags->fault, 1);
    if (e->loc.off < s->after)
        return true;
    if (e->kind == EXPR_NAME)
        s->found = s->found || ((const struct expr_name *)e)->name == s->name;
    else if (e->kind == EXPR_CALL && c->name == s->defined)
        s->found = true;
    return !s->found;
}

static bool look_at_node(void *ctx, const struct node *n)
{
    struct search *s = ctx;
    bool sets =
        n->kind == NODE_SET && ((const struct node_let *)n)->name == s->name;
    fault_steps(s->judge->diags->fault, 1);
    if (n->loc.off >= s->after && (sets || n->kind == NODE_INCLUDE))
        s->found = true;
    return !s->found;
}

static struct search search_new(const struct judge *j, name_id name,
                                uint32_t after)
{
    return (struct search){j, name, name_find(j->names, STR("defined")), after,
                           false};
}

static bool reads(const struct judge *j, const struct expr *e, name_id name)
{
    struct search s = search_new(j, name, 0);
    struct visitor v = {.ctx = &s, .expr = look_at_expr, .node = look_at_node};
    visit_expr(&v, e);
    return s.found;
}

static bool is_read(const struct judge *j, const struct node *scope,
                    const struct node_let *n)
{
    struct loc value = n->expr->loc;
    struct search s = search_new(j, n->name, value.off + value.len);
    struct visitor v = {.ctx = &s, .expr = look_at_expr, .node = look_at_node};
    visit_nodes(&v, scope);
    return s.found;
}

/* Where lines stand. */
struct place {
    const struct judge_table *t;
    const struct file *file;
    const struct node *scope; /* the first node of it; NULL: the file */
};

static void look_at_let(const struct place *p, const struct node_let *n)
{
    const struct judge *j = p->t->judge;
    struct str name = name_text(j->names, n->name);
    if (!p->scope || is_read(j, p->scope, n) ||
        (!reads(j, n->expr, n->name) && !file_binds(p->file, n->name)))
        return;
    diag_report(
        j->diags, DIAG_SHADOWED,
        (struct span){p->file->source, n->name_loc.off, n->name_loc.len}, NULL,
        "this binds another '%.*s', which nothing reads; to change the "
        "one outside write @set %.*s = …",
        STR_ARG(name), STR_ARG(name));
}

static void look_at_nodes(struct place p, const struct node *n);

/* n begins a scope of its own. */
static void look_inside(struct place p, const struct node *n)
{
    p.scope = n;
    look_at_nodes(p, n);
}

static void look_at_nodes(struct place p, const struct node *n)
{
    for (; n; n = n->next) {
        switch (n->kind) {
        case NODE_LET:
            look_at_let(&p, (const struct node_let *)n);
            break;
        case NODE_IF:
            for (const struct arm *a = ((const struct node_if *)n)->arms; a;
                 a = a->next)
                look_at_nodes(p, a->body);
            break;
        case NODE_FOR:
            look_inside(p, ((const struct node_for *)n)->body);
            break;
        case NODE_DEFINE:
            look_inside(p, ((const struct node_define *)n)->body);
            break;
        case NODE_FILE:
            look_inside(p, ((const struct node_block *)n)->body);
            break;
        case NODE_JOIN:
        case NODE_DEFER:
            look_at_nodes(p, ((const struct node_block *)n)->body);
            break;
        case NODE_INSERT:
            look_inside(p, ((const struct node_insert *)n)->body);
            break;
        case NODE_BLOCK:
            look_inside(p, ((const struct node_argument *)n)->body);
            break;
        default:
            break;
        }
    }
}

/* --- '…@{x}…' --- */

/* The name in the "@{x}" that text begins with; empty when there is more. */
static struct str value_name(struct str text)
{
    struct str inner = str_part(str_from_off(text, 2), 0, '}');
    inner = str_trim(inner);
    size_t end = str_span(inner, 0, ASCII_NAME_START | ASCII_DIGIT);
    return end == inner.len ? inner : STR("");
}

static void look_at_plain(const struct judge_table *t, const struct file *file,
                          struct loc loc)
{
    struct str all = str_slice(file->source->text, loc.off, loc.len);
    for (size_t at = 0; (at = str_find(all, STR("@{"), at)) != STR_NONE;
         at += 2) {
        struct str name = value_name(str_from_off(all, at));
        name_id id = name_find(t->judge->names, name);
        if (id == NAME_NONE || !(judge_table_get(t, id)->bound & BOUND_VALUE) ||
            (at && all.ptr[at - 1] == '@'))
            continue;
        diag_report(
            t->judge->diags, DIAG_ESCAPED_NAME,
            (struct span){file->source, loc.off + (uint32_t)at,
                          (uint32_t)(name.ptr - all.ptr - at + name.len + 1)},
            NULL,
            "in '…' this is text, although '%.*s' is bound; a string "
            "with values stands in \"…\"",
            STR_ARG(name));
        return;
    }
}

void judge_lost(const struct judge_table *t, const struct file *file)
{
    struct place p = {t, file, NULL};
    if (file->failed)
        return;
    look_at_nodes(p, file->body);
    for (uint32_t i = 0; i < file->plain.n; i++)
        look_at_plain(t, file, file->plain.at[i]);
}
