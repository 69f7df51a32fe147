/* SPDX-License-Identifier: MIT */
/* In: definitions, calls and imports of files being judged. Out: warnings. */
#include "lang/judge_warn.h"

#include "lang/file_list.h"
#include "lang/type.h"
#include "lang/unused.h"

/* --- parameters that hide a variable --- */

/* What to look for: the name, read in an expression or the target of @set. */
struct search {
    name_id name;
    bool read, set;
};

static bool look_at_expr(void *ctx, const struct expr *e)
{
    struct search *s = ctx;
    if (e->kind == EXPR_NAME && ((const struct expr_name *)e)->name == s->name)
        s->read = true;
    return !s->read;
}

static bool look_at_node(void *ctx, const struct node *n)
{
    struct search *s = ctx;
    if (n->kind == NODE_SET && ((const struct node_let *)n)->name == s->name)
        s->set = true;
    return !s->set;
}

static bool skip_expr(void *ctx, const struct expr *e)
{
    (void)ctx, (void)e;
    return false;
}

/* True if a call that leaves p out does not get the variable: f(x=x) is meant
 * to. */
static bool default_differs(const struct param *p)
{
    struct search s = {p->name, false, false};
    struct visitor v = {.ctx = &s, .expr = look_at_expr};
    visit_expr(&v, p->value);
    return p->value && !s.read;
}

static bool is_set(const struct node_define *d, name_id name)
{
    struct search s = {name, false, false};
    struct visitor v = {.ctx = &s, .expr = skip_expr, .node = look_at_node};
    visit_nodes(&v, d->body);
    return s.set;
}

void judge_warn_shadowed(const struct judge_table *t, const struct file *file,
                         const struct node_define *d)
{
    struct judge *j = t->judge;
    for (uint32_t i = 0; !file->failed && i < d->signature.n; i++) {
        const struct param *p = &d->signature.params[i];
        const struct variable *hidden = judge_table_get(t, p->name)->variable;
        if (!hidden)
            continue;
        bool differs = default_differs(p);
        if (!differs && !is_set(d, p->name))
            continue;
        struct str name = name_text(j->names, p->name);
        struct diag *w = diag_report(
            j->diags, DIAG_SHADOWED,
            (struct span){file->source, p->loc.off, p->loc.len}, NULL,
            "the parameter '%.*s' hides a variable of this file; %s",
            STR_ARG(name),
            differs ? "a call without it takes the default, not the variable"
                    : "@set changes the parameter, not the variable");
        diag_note(j->diags, w,
                  (struct span){file->source, hidden->loc.off, hidden->loc.len},
                  "the variable");
    }
}

/* --- parameters that are not used --- */

static void say_unused(struct judge *j, const struct file *file,
                       const struct node_define *d, const struct param *p)
{
    struct str name = name_text(j->names, p->name);
    struct loc loc = unused_meant(j->arena, j->names, d, p);
    struct span at = {file->source, p->loc.off, p->loc.len};
    struct span meant = {file->source, loc.off, loc.len};
    struct str text = source_span_text(meant);
    if (loc.len == 0)
        diag_report(j->diags, DIAG_UNUSED_PARAMETER, at, NULL,
                    "the parameter '%.*s' is never used; if that is meant, "
                    "begin its name with '_'",
                    STR_ARG(name));
    else
        diag_note(j->diags,
                  diag_report(j->diags, DIAG_UNUSED_PARAMETER, at, NULL,
                              "the parameter '%.*s' is never used; its value "
                              "in text is written @{%.*s%s}, not %.*s",
                              STR_ARG(name), STR_ARG(name),
                              p->rest == REST_LIST  ? " | join(\" \")"
                              : p->rest == REST_MAP ? " | json"
                                                    : "",
                              STR_ARG(text)),
                  meant, "'%.*s' is text", STR_ARG(text));
}

static void warn_unused(struct judge *j, const struct file *file,
                        const struct node_define *d)
{
    for (uint32_t i = 0; i < d->signature.n; i++)
        if (unused_parameter(j->names, file, d, &d->signature.params[i]))
            say_unused(j, file, d, &d->signature.params[i]);
}

void judge_warn_unused(struct judge *j, const struct file *file)
{
    for (uint32_t i = 0; !file->failed && i < file->defines.n; i++)
        warn_unused(j, file, file->defines.at[i]);
}

/* --- macros that are deprecated --- */

void judge_warn_deprecated(struct judge *j, const struct file *file,
                           const struct macro_def *m, const struct expr_call *c)
{
    for (const struct macro_def *i = m; i; i = i->next)
        if (!i->define->deprecated.ptr)
            return;
    while (m->next) /* to the one that comes first in the file */
        m = m->next;
    const struct node_define *d = m->define;
    struct span at = {file->source, c->name_loc.off, c->name_loc.len};
    struct str name = source_span_text(at);
    struct diag *w = diag_report(
        j->diags, DIAG_DEPRECATED, at, NULL, "%.*s is deprecated%s%.*s",
        STR_ARG(name), d->deprecated.len ? ": " : "", STR_ARG(d->deprecated));
    diag_note(j->diags, w,
              (struct span){m->source, d->name_loc.off, d->name_loc.len},
              "it is defined here");
}

/* --- imports that nobody uses --- */

/* A template with the files that it includes: they see its imports. */
struct users {
    file_list files;
    VEC(bool) names; /* by name_id: it is read, called, or a type's library */
    struct arena *arena;
};

static void use(struct users *u, name_id name)
{
    if (name == NAME_NONE)
        return;
    while (u->names.n <= name)
        vec_push(u->arena, &u->names, false);
    u->names.at[name] = true;
}

static bool use_in_expr(void *ctx, const struct expr *e)
{
    if (e->kind == EXPR_NAME)
        use(ctx, ((const struct expr_name *)e)->name);
    if (e->kind == EXPR_CALL)
        use(ctx, ((const struct expr_call *)e)->module);
    return true;
}

static bool use_in_node(void *ctx, const struct node *n)
{
    (void)ctx, (void)n;
    return true;
}

static bool use_in_type(void *ctx, const struct type *t)
{
    if (t->kind == TYPE_NAME)
        use(ctx, ((const struct type_name *)t)->module);
    return true;
}

/* False if a file may be included that is not known. */
static bool add_included(struct users *u, const struct file *file)
{
    bool known = !file->failed;
    for (uint32_t i = 0; i < file->includes.n; i++) {
        const struct file *target = file->includes.at[i]->target;
        known = known && target;
        if (target)
            file_list_add(u->arena, &u->files, target);
    }
    return known;
}

static void warn_imports(const struct judge *j, const struct users *u,
                         const struct file *file)
{
    for (uint32_t i = 0; i < file->imports.n; i++) {
        const struct node_import *n = file->imports.at[i];
        struct str name = name_text(j->names, n->name);
        if (n->name >= u->names.n || !u->names.at[n->name])
            diag_report(
                j->diags, DIAG_UNUSED_IMPORT,
                (struct span){file->source, n->path_loc.off, n->path_loc.len},
                NULL, "nothing uses the library '%.*s'", STR_ARG(name));
    }
}

void judge_warn_imports(const struct judge *j, const struct file *root)
{
    struct arena_mark mark = arena_mark(j->arena);
    struct users u = {.arena = j->arena};
    struct visitor v = {.ctx = &u,
                        .expr = use_in_expr,
                        .node = use_in_node,
                        .type = use_in_type};
    bool known = diag_enabled(j->diags, DIAG_UNUSED_IMPORT);
    file_list_add(j->arena, &u.files, root);
    for (uint32_t i = 0; i < u.files.n && known; i++) {
        const struct file *file = u.files.at[i];
        known = add_included(&u, file);
        visit_nodes(&v, file->body);
        for (uint32_t k = 0; k < file->mentions.n; k++)
            use(&u, file->mentions.at[k]);
    }
    for (uint32_t i = 0; i < u.files.n && known; i++)
        warn_imports(j, &u, u.files.at[i]);
    arena_rewind(j->arena, mark);
}
