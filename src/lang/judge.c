/* SPDX-License-Identifier: MIT */
/* In: a root file whose links are set. Out: reports of names and calls that
 * cannot be right. The one idea: a name is judged against everything that the
 * unit binds anywhere, so nothing that some run could make right is refused,
 * and a typo is found in a branch that no run takes. */
#include "lang/judge.h"

#include "lang/file_list.h"
#include "lang/judge_logic.h"
#include "lang/judge_lost.h"
#include "lang/judge_near.h"
#include "lang/judge_table.h"
#include "lang/judge_text.h"
#include "lang/judge_type.h"
#include "lang/judge_unread.h"
#include "lang/judge_warn.h"

#include <string.h>

struct pass {
    struct judge *judge;
    struct judged *done;
    struct judge_table table;
    struct visitor visitor;
    struct sight sight;
    struct judge_types types;
    const struct unit_file *u; /* being judged */
    const struct file *root;   /* of a computed include; or NULL */
    unsigned widened;          /* how much of root's names is in the table */
    struct text_cursor cursor; /* in the text of u */
    struct judge_near near;    /* of calls that nothing defines */
    const struct node *node;   /* whose expressions are looked at */
    const char *place; /* what to write for an unknown name of this node … */
    const char *why;   /* … and for the next one; NULL: see rules_not_value */
};

static bool is_bad(struct pass *p)
{
    p->table.good = false;
    return false;
}

/* --- what is in sight --- */

/* A computed include sees its includer's names. They are looked at only when
 * its own do not do: first those of the root template, then those of other
 * computed includes, one of which may stand between. False: no more. */
static bool widen(struct pass *p)
{
    if (!p->root || p->widened == 2)
        return false;
    if (p->widened++ == 0)
        judge_table_add(&p->table, p->root, UNIT_FOREIGN);
    else
        for (uint32_t i = 0; i < p->done->late.n; i++)
            judge_table_add(&p->table, p->done->late.at[i], UNIT_FOREIGN);
    return true;
}

/* What name stands for, bound as one of `wanted` if anything can be. */
static const struct known *look_up(struct pass *p, name_id name,
                                   unsigned wanted)
{
    const struct known *k = judge_table_get(&p->table, name);
    while (!(k->bound & wanted) && widen(p))
        k = judge_table_get(&p->table, name);
    return k;
}

static const struct signature *builtin_of(const struct pass *p, name_id name)
{
    return p->judge->builtin(p->judge->builtin_ctx, name);
}

static struct span span_of(const struct pass *p, struct loc loc)
{
    return (struct span){p->u->file->source, loc.off, loc.len};
}

/* True if nothing can be said of what name stands for. */
static bool is_doubtful(const struct pass *p, name_id name)
{
    return judge_table_get(&p->table, name)->doubtful;
}

static bool mentions(const struct pass *p, name_id name)
{
    return judge_table_get(&p->table, name)->mentioned || is_doubtful(p, name);
}

static bool is_import(const struct known *k)
{
    return k->bound & BOUND_IMPORT && !(k->bound & BOUND_VALUE);
}

/* --- variables --- */

static bool judge_loop(struct pass *p, struct loc loc)
{
    if (p->visitor.choosing) {
        rules_loop_in_condition(&p->sight, loc);
        return is_bad(p);
    }
    if (p->visitor.loops || p->u->part == UNIT_INCLUDED)
        return true;
    rules_no_loop(&p->sight, loc);
    return is_bad(p);
}

static bool judge_variable(struct pass *p, name_id name, struct loc loc)
{
    if (name == p->table.loop) {
        if (!judge_loop(p, loc))
            return false;
        rules_bare_loop(&p->sight, loc);
        return is_bad(p);
    }
    if ((name == WORD_IT && p->visitor.wheres) ||
        rules_special(name_text(p->judge->names, name)) != SPECIAL_NONE ||
        look_up(p, name, BOUND_VALUE)->bound & BOUND_VALUE || mentions(p, name))
        return true;
    if (p->visitor.wheres)
        p->why = "the value that a type is asked about is called 'it'";
    rules_not_value(&p->sight, name, loc, p->why);
    p->why = p->place;
    return is_bad(p);
}

/* --- signatures --- */

static bool fits(struct pass *p, const struct signature *sig,
                 const struct expr_call *c, const struct node_insert *body,
                 const struct source *library, bool report)
{
    return signature_check(
        sig, p->judge->names, report ? p->judge->diags : NULL,
        p->u->file->source, NULL, c, body, SPLICE_ANY,
        library ? judge_table_library(&p->table, library) : NULL);
}

static bool fits_macro(struct pass *p, const struct macro_def *m,
                       const struct expr_call *c,
                       const struct node_insert *body, bool report)
{
    struct str callee = c->module == NAME_NONE
                            ? STR("")
                            : source_span_text(span_of(p, c->name_loc));
    const struct signature *sig = &m->define->signature;
    const struct source *library = callee.len ? m->source : NULL;
    return fits(p, sig, c, body, library, report) &&
           judge_type_arguments(&p->types, sig, c, body != NULL, m->source,
                                callee, report);
}

static bool fits_builtin(struct pass *p, const struct signature *builtin,
                         const struct expr_call *c,
                         const struct node_insert *body, bool report)
{
    struct str callee = source_span_text(span_of(p, c->name_loc));
    return fits(p, builtin, c, body, NULL, report) &&
           judge_type_arguments(&p->types, builtin, c, false, NULL, callee,
                                report);
}

/* A call must fit one of the definitions, or the builtin of that name (or
 * NULL); if none, the first definition is shown. */
static bool judge_arguments(struct pass *p, const struct macro_def *m,
                            const struct signature *builtin,
                            const struct expr_call *c,
                            const struct node_insert *body)
{
    if (builtin && fits_builtin(p, builtin, c, body, false))
        return true;
    for (; m->next; m = m->next)
        if (fits_macro(p, m, c, body, false))
            return true;
    return fits_macro(p, m, c, body, true) || is_bad(p);
}

/* --- members of libraries --- */

static bool judge_member(struct pass *p, name_id alias, name_id name,
                         struct loc loc, unsigned wanted, struct member **out)
{
    bool known;
    struct member *m = judge_table_imported(&p->table, alias, name, &known);
    *out = m;
    if (!known)
        return true;
    if (m && m->bound & wanted &&
        name_text(p->judge->names, name).ptr[0] != '_')
        return true;
    rules_not_member(&p->sight, alias, name, loc, wanted, m ? m->bound : 0);
    return is_bad(p);
}

/* alias.name as a value. */
static bool judge_member_value(struct pass *p, const struct expr_access *a)
{
    const struct expr_name *base = (const struct expr_name *)a->base;
    const struct step *s = a->steps;
    struct member *m;
    if (s->kind != STEP_KEY)
        return judge_variable(p, base->name, base->e.loc);
    struct loc loc = {base->e.loc.off,
                      s->loc.off + s->loc.len - base->e.loc.off};
    return judge_member(p, base->name, name_intern(p->judge->names, s->key),
                        loc, BOUND_VALUE, &m);
}

/* --- calls --- */

static bool judge_module_call(struct pass *p, const struct expr_call *c,
                              const struct node_insert *body)
{
    const struct known *k = look_up(p, c->module, BOUND_IMPORT);
    struct member *m;
    if (is_import(k) && !k->doubtful) {
        bool good =
            judge_member(p, c->module, c->name, c->name_loc, BOUND_MACRO, &m);
        if (!good || !m)
            return good;
        judge_warn_deprecated(p->judge, p->u->file, m->macros, c);
        return judge_arguments(p, m->macros, NULL, c, body);
    }
    if (k->bound & BOUND_IMPORT || mentions(p, c->module))
        return true;
    rules_not_library(&p->sight, c->module, c->name_loc);
    return is_bad(p);
}

static bool judge_call(struct pass *p, const struct expr_call *c,
                       const struct node_insert *body)
{
    if (c->module != NAME_NONE)
        return judge_module_call(p, c, body);
    const struct known *k = look_up(p, c->name, BOUND_MACRO);
    const struct signature *builtin = builtin_of(p, c->name);
    if (k->doubtful)
        return true;
    if (builtin && !k->macros)
        return fits_builtin(p, builtin, c, body, true) || is_bad(p);
    if (builtin && judge_table_hides(&p->table, k->macros, p->u->file))
        builtin = NULL;
    if (k->macros)
        return judge_arguments(p, k->macros, builtin, c, body);
    if (mentions(p, c->name))
        return true;
    rules_not_callable(&p->sight, c->name, c->name_loc);
    return is_bad(p);
}

/* --- "@name(" lines --- */

/* Nothing defines it, so the line is text; unless a typo is likelier. */
static bool judge_text_line(struct pass *p, const struct node_insert *n,
                            const struct expr_call *c)
{
    struct span span = span_of(p, c->name_loc);
    if (judge_refuse_keyword(&p->table, span) ||
        (!is_doubtful(p, c->name) &&
         judge_refuse_near(&p->near, &p->table, span, c->module != NAME_NONE)))
        return is_bad(p);
    if (n->if_text && !n->if_text->failed)
        visit_nodes(&p->visitor, n->if_text->nodes);
    return true;
}

static bool judge_line(struct pass *p, const struct node_insert *n)
{
    const struct expr_call *c = (const struct expr_call *)n->expr;
    if (file_is_broken(p->u->file, c->name_loc.off))
        return true;
    bool dotted = c->module != NAME_NONE;
    unsigned wanted = dotted ? BOUND_IMPORT : BOUND_MACRO;
    const struct known *k = look_up(p, dotted ? c->module : c->name, wanted);
    const struct line_text *t = n->if_text;
    if (!(k->bound & wanted))
        return judge_text_line(p, n, c);
    if (dotted && !is_import(k))
        return true;
    if (!t || !t->error.ptr) {
        visit_expr(&p->visitor, n->expr);
        return true;
    }
    diag_report(p->judge->diags, (enum diag_id)t->error_id,
                span_of(p, t->error_loc), NULL, "%.*s", STR_ARG(t->error));
    return is_bad(p);
}

/* --- the visit --- */

static bool judge_access(struct pass *p, const struct expr_access *a)
{
    const struct expr_name *base = (const struct expr_name *)a->base;
    if (base->e.kind != EXPR_NAME)
        return true;
    if (base->name == p->table.loop) {
        if (judge_loop(p, base->e.loc) &&
            rules_loop_key(a->steps) == LOOP_NONE) {
            rules_bad_loop_key(&p->sight, a->steps->loc);
            is_bad(p);
        }
    } else if (is_import(look_up(p, base->name, BOUND_VALUE | BOUND_IMPORT))) {
        judge_member_value(p, a);
    } else {
        p->why = judge_index(&p->table, a, p->why);
        return true;
    }
    visit_steps(&p->visitor, a->steps);
    return false;
}

static bool judge_expr(void *ctx, const struct expr *e)
{
    struct pass *p = ctx;
    if (!judge_type_value(&p->types, p->node, e) ||
        !judge_unbound(&p->table, p->u->file, &p->visitor, e))
        return is_bad(p);
    if (!judge_logic_expr(p->judge->diags, p->u->file->source, e))
        is_bad(p);
    if (e->kind == EXPR_NAME) {
        judge_variable(p, ((const struct expr_name *)e)->name, e->loc);
    } else if (e->kind == EXPR_CALL) {
        const struct expr_call *c = (const struct expr_call *)e;
        judge_call(p, c, NULL);
        if (c->module == NAME_NONE && c->name == p->table.defined)
            p->why = "defined() takes the name as a string, in quotes";
    } else if (e->kind == EXPR_ACCESS) {
        return judge_access(p, (const struct expr_access *)e);
    }
    return true;
}

/* @call: its block is one argument more. */
static void judge_block_call(struct pass *p, const struct node_insert *n)
{
    if (n->expr) {
        judge_call(p, (const struct expr_call *)n->expr, n);
        visit_args(&p->visitor, (const struct expr_call *)n->expr);
    }
    visit_nodes(&p->visitor, n->body);
}

static bool judge_type_in(void *ctx, const struct type *t)
{
    struct pass *p = ctx;
    if (t->kind == TYPE_WHERE &&
        !judge_type_where(&p->types, (const struct type_where *)t))
        return is_bad(p);
    if (!judge_type(&p->types, t))
        is_bad(p);
    return true;
}

static bool judge_node(void *ctx, const struct node *n)
{
    struct pass *p = ctx;
    if (!judge_type_node(&p->types, n) ||
        !judge_logic_node(p->judge->diags, p->u->file->source, n))
        is_bad(p);
    p->node = n;
    p->why = p->place = judge_place(n);
    if (n->kind == NODE_SET) {
        const struct node_let *s = (const struct node_let *)n;
        if (!judge_table_get(&p->table, s->name)->bound) {
            p->why = "@set changes what is bound; write @let to bind it";
            if (!judge_variable(p, s->name, s->name_loc))
                judge_table_bind(&p->table, s->name);
        }
        return true;
    }
    if (n->kind == NODE_TEXT)
        judge_text(&p->table, p->u->file, &p->cursor, (const void *)n);
    if (n->kind == NODE_DEFINE)
        judge_warn_shadowed(&p->table, p->u->file, (const void *)n);
    if (n->kind != NODE_INSERT || n->flag == INSERT_VALUE)
        return true;
    if (n->flag == INSERT_LINE)
        judge_line(p, (const struct node_insert *)n);
    else
        judge_block_call(p, (const struct node_insert *)n);
    return false;
}

/* --- units --- */

static bool *verdict_of(struct judged *done, const struct file *file)
{
    while (done->good.n <= file->source->order)
        vec_push(done->arena, &done->good, false);
    return &done->good.at[file->source->order];
}

/* No other file sees the variables of a template that includes none. */
static bool is_template(const struct file *file)
{
    return !file->library && file->includes.n == 0 &&
           !str_ends(file->source->name, STR(".spp"));
}

/* Judges root and its includes; the files that are its own are counted in
 * *own. */
static bool judge_unit(struct pass *p, const struct file *root, uint32_t *own)
{
    judge_table_clear(&p->table);
    judge_near_clear(&p->near);
    p->table.good = true;
    judge_table_add(&p->table, root, p->root ? UNIT_INCLUDED : UNIT_TEMPLATE);
    *own = p->table.files.n;
    for (uint32_t i = 0; i < *own; i++) {
        struct unit_file u = p->table.files.at[i];
        p->u = &u;
        p->cursor = (struct text_cursor){0};
        p->sight.source = u.file->source;
        p->types.file = u.file;
        judge_table_mark(&p->table, u.file, true);
        visit_nodes(&p->visitor, u.file->body);
        judge_table_mark(&p->table, u.file, false);
    }
    for (uint32_t i = 0; i < *own; i++) {
        const struct file *file = p->table.files.at[i].file;
        *verdict_of(p->done, file) = p->table.good;
        if (p->table.good) {
            judge_warn_unused(p->judge, file);
            judge_lost(&p->table, file);
            judge_unread(&p->table, file, i == 0 && is_template(file));
        }
    }
    return p->table.good;
}

static void add_library(struct pass *p, file_list *list,
                        const struct file *file)
{
    if (!file || file->judged || *verdict_of(p->done, file))
        return;
    file_list_add(p->judge->arena, list, file);
}

/* Judges file and, as units of their own, all libraries that it leads to. */
static bool judge_units(struct pass *p, const struct file *file)
{
    file_list units = {NULL, 0, 0};
    bool good = true;
    uint32_t own;
    vec_push(p->judge->arena, &units, file);
    for (uint32_t i = 0; i < units.n; i++) {
        good = judge_unit(p, units.at[i], &own) && good;
        p->root = NULL;
        for (uint32_t f = 0; f < own; f++) {
            const struct file *of = p->table.files.at[f].file;
            for (uint32_t k = 0; k < of->imports.n; k++)
                add_library(p, &units, of->imports.at[k]->target);
        }
    }
    return good;
}

static bool run_pass(struct judge *j, struct judged *done,
                     const struct file *file, const struct file *root)
{
    struct arena_mark mark = arena_mark(j->arena);
    struct pass p = {.judge = j, .done = done, .root = root};
    p.visitor = (struct visitor){.ctx = &p,
                                 .expr = judge_expr,
                                 .node = judge_node,
                                 .type = judge_type_in};
    judge_table_init(&p.table, j);
    p.sight = judge_sight(&p.table);
    p.types = (struct judge_types){.table = &p.table, .sight = &p.sight};
    bool good = judge_units(&p, file);
    done->endless = done->endless || p.types.endless;
    arena_rewind(j->arena, mark);
    return good;
}

bool judge_root(struct judge *j, struct judged *done, const struct file *root)
{
    return run_pass(j, done, root, NULL);
}

bool judge_late(struct judge *j, struct judged *done, const struct file *root,
                const struct file *file)
{
    if (file->judged || *verdict_of(done, file))
        return true;
    if (!run_pass(j, done, file, root))
        return false;
    vec_push(done->arena, &done->late, file);
    return true;
}
