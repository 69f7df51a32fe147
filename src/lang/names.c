/* SPDX-License-Identifier: MIT */
/* In: a root file whose links are known. Out: reports of names and calls that
 * cannot be right. The one idea: a name is judged against everything that the
 * unit binds anywhere, so nothing that some run could make right is refused,
 * and a typo is found in a branch that no run takes. */
#include "lang/names_table.h"
#include "lang/parser.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct pass {
    struct names_env *env;
    struct names_table table;
    struct walk walk;
    const struct unit_file *u; /* being checked */
    struct file *more;         /* the includer of a computed include */
    unsigned widened;          /* how much of it is in the table */
    struct map words;          /* calls that nothing defines … */
    VEC(struct str) near;      /* … and the macro each may have meant */
    const char *why; /* why a name here may lack its quotes; or NULL */
};

/* --- near misses --- */

struct near {
    struct str word;
    struct str best;
    unsigned distance;
};

/* True if candidate is nearer than all before. */
static bool near_try(struct near *n, struct str candidate)
{
    if (!str_nearer(n->word, candidate, &n->distance))
        return false;
    n->best = candidate;
    return true;
}

static struct near near_start(struct str word)
{
    return (struct near){word, {NULL, 0}, STR_FAR};
}

/* All names are looked at each time: not for more reports than anybody reads,
 * which --limit errors=N may ask for. */
static bool suggests(const struct pass *p)
{
    return p->env->diags->errors < 200;
}

/* The nearest of the unit's names that are bound so. */
static void near_bound(struct pass *p, struct near *near, unsigned bound)
{
    if (!suggests(p))
        return;
    fault_steps(p->env->diags->fault, p->table.n);
    for (name_id i = 0; i < p->table.n; i++)
        if (names_table_get(&p->table, i)->bound & bound)
            near_try(near, name_text(p->env->names, i));
}

static void near_builtin(struct pass *p, struct near *near)
{
    if (!suggests(p))
        return;
    fault_steps(p->env->diags->fault, p->table.n);
    for (name_id i = 0; i < p->table.n; i++)
        if (p->env->builtin(p->env->builtin_ctx, i))
            near_try(near, name_text(p->env->names, i));
}

/* The same for BOUND_MACRO and BOUND_IMPORT, of which there are few. */
static void near_callable(struct pass *p, struct near *near, unsigned bound)
{
    fault_steps(p->env->diags->fault, p->table.callable.n);
    for (uint32_t i = 0; i < p->table.callable.n; i++) {
        name_id name = p->table.callable.at[i];
        if (names_table_get(&p->table, name)->bound & bound)
            near_try(near, name_text(p->env->names, name));
    }
}

/* "alias.macro" of each imported library, where word has a dot too. */
static void near_member(struct pass *p, struct near *near)
{
    const struct names *names = p->env->names;
    char full[256];
    for (uint32_t i = 0; i < p->table.callable.n; i++) {
        name_id import = p->table.callable.at[i];
        struct str alias = name_text(names, import);
        const struct import_def *d =
            names_table_get(&p->table, import)->imports;
        for (; d; d = d->next) {
            if (d->library)
                fault_steps(p->env->diags->fault, d->library->members.n);
            for (uint32_t k = 0; d->library && k < d->library->members.n; k++) {
                const struct member *m = &d->library->members.at[k];
                struct str name = name_text(names, m->name);
                struct str text = {full, alias.len + 1 + name.len};
                if (!(m->bound & BOUND_MACRO) || name.ptr[0] == '_' ||
                    text.len > sizeof full)
                    continue;
                memcpy(full, alias.ptr, alias.len);
                full[alias.len] = '.';
                memcpy(full + alias.len + 1, name.ptr, name.len);
                if (near_try(near, text))
                    near->best = arena_str(p->env->arena, text);
            }
        }
    }
}

/* --- reports --- */

static struct span span_of(const struct pass *p, struct loc loc)
{
    return (struct span){p->u->file->source, loc.off, loc.len};
}

static struct str text_at(const struct pass *p, struct loc loc)
{
    return span_text(span_of(p, loc));
}

static void complain(struct pass *p, enum diag_id id, struct loc loc,
                     const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static void complain(struct pass *p, enum diag_id id, struct loc loc,
                     const char *fmt, ...)
{
    char text[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    p->table.good = false;
    diag_report(p->env->diags, id, span_of(p, loc), NULL, "%s", text);
}

/* "WHAT 'word'", and what may have been meant. */
static void complain_near(struct pass *p, enum diag_id id, struct loc loc,
                          const char *what, const struct near *near)
{
    if (near->best.ptr)
        complain(p, id, loc, "%s'%.*s'; did you mean '%.*s'?", what,
                 STR_ARG(near->word), STR_ARG(near->best));
    else
        complain(p, id, loc, "%s'%.*s'", what, STR_ARG(near->word));
}

/* --- the includer's names --- */

/* A computed include sees its includer's names. They are looked at only when
 * its own do not do: first those of the root template, then those of other
 * computed includes, one of which may stand between. False: no more. */
static bool widen(struct pass *p)
{
    if (!p->more || p->widened == 2)
        return false;
    if (p->widened++ == 0)
        names_table_add(&p->table, p->more, false, true);
    else
        for (uint32_t i = 0; i < p->more->late.n; i++)
            names_table_add(&p->table, p->more->late.at[i], true, true);
    memset(&p->words, 0, sizeof p->words);
    p->near.n = 0;
    return true;
}

/* What name stands for, bound as one of `wanted` if anything can be. */
static const struct known *look_up(struct pass *p, name_id name,
                                   unsigned wanted)
{
    const struct known *k = names_table_get(&p->table, name);
    while (!(k->bound & wanted) && widen(p))
        k = names_table_get(&p->table, name);
    return k;
}

/* --- variables --- */

static const struct str builtin_names[] = {{"__template__", 12},
                                           {"__file__", 8},
                                           {"__line__", 8},
                                           {"__version__", 11}};

#define BUILTIN_NAMES (sizeof builtin_names / sizeof *builtin_names)

static bool is_builtin_name(struct str name)
{
    for (size_t i = 0; i < BUILTIN_NAMES; i++)
        if (str_eq(name, builtin_names[i]))
            return true;
    return false;
}

static bool check_loop(struct pass *p, struct loc loc)
{
    if (p->walk.loops || p->u->included)
        return true;
    complain(p, DIAG_UNKNOWN_NAME, loc, "'loop': it is known inside @for only");
    return false;
}

/* loop.index and the like. */
static void check_loop_member(struct pass *p, struct loc loc,
                              const struct step *s)
{
    static const struct str members[] = {
        {"index", 5}, {"first", 5}, {"last", 4}, {"length", 6}};
    bool known = false;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        known = known || (s->kind == STEP_KEY && str_eq(s->key, members[i]));
    if (check_loop(p, loc) && !known)
        complain(p, DIAG_MISSING_KEY, s->loc,
                 "'loop' has index, first, last and length");
}

static void refuse_name(struct pass *p, name_id name, struct loc loc,
                        unsigned bound)
{
    struct str text = name_text(p->env->names, name);
    struct near near = near_start(text);
    if (bound & BOUND_MACRO) {
        complain(p, DIAG_NOT_A_VALUE, loc,
                 "'%.*s' is a macro, not a value; call it: %.*s(…)",
                 STR_ARG(text), STR_ARG(text));
    } else if (bound & BOUND_IMPORT) {
        complain(p, DIAG_NOT_A_VALUE, loc,
                 "'%.*s' is a library, not a value; use one of its names: "
                 "%.*s.NAME",
                 STR_ARG(text), STR_ARG(text));
    } else if (p->env->builtin(p->env->builtin_ctx, name)) {
        complain(p, DIAG_UNKNOWN_NAME, loc,
                 "'%.*s'; it is a function: write %.*s(…)", STR_ARG(text),
                 STR_ARG(text));
    } else {
        near_bound(p, &near, BOUND_VALUE);
        for (size_t i = 0; i < BUILTIN_NAMES; i++)
            near_try(&near, builtin_names[i]);
        if (!near.best.ptr)
            near_callable(p, &near, BOUND_MACRO | BOUND_IMPORT);
        if (p->why && !near.best.ptr)
            complain(p, DIAG_UNKNOWN_NAME, loc, "'%.*s'; %s", STR_ARG(text),
                     p->why);
        else
            complain_near(p, DIAG_UNKNOWN_NAME, loc, "", &near);
        p->why = NULL;
    }
}

static void check_variable(struct pass *p, name_id name, struct loc loc)
{
    if (name == p->table.loop) {
        if (check_loop(p, loc))
            complain(p, DIAG_NOT_A_VALUE, loc,
                     "'loop' is no value; it has loop.index, loop.first, "
                     "loop.last and loop.length");
        return;
    }
    if (names_table_get(&p->table, name)->bound & BOUND_VALUE ||
        is_builtin_name(name_text(p->env->names, name)))
        return;
    unsigned bound = look_up(p, name, BOUND_VALUE)->bound;
    if (bound & BOUND_VALUE ||
        names_table_mentions(&p->table, p->u->file, name))
        return;
    refuse_name(p, name, loc, bound);
}

/* --- signatures --- */

static bool fits(struct pass *p, const struct signature *sig,
                 const struct expr_call *c, bool body, bool report)
{
    return signature_check(sig, p->env->names, report ? p->env->diags : NULL,
                           p->u->file->source, NULL, c, body);
}

/* A call must fit one of the definitions; if none, the first is shown. */
static void check_macros(struct pass *p, struct macro_def *m,
                         const struct expr_call *c, bool body)
{
    struct macro_def *first = NULL;
    for (; m; m = m->next) {
        first = m;
        if (m->next && fits(p, &m->define->signature, c, body, false))
            return;
    }
    if (first && !fits(p, &first->define->signature, c, body, true))
        p->table.good = false;
}

/* --- members of libraries --- */

static void refuse_member(struct pass *p, const struct library *library,
                          name_id alias, name_id name, struct loc loc,
                          const char *what, unsigned wanted)
{
    const struct names *names = p->env->names;
    struct str text = name_text(names, name), of = name_text(names, alias);
    struct near near = near_start(text);
    for (uint32_t i = 0; i < library->members.n; i++) {
        struct str member = name_text(names, library->members.at[i].name);
        if (library->members.at[i].bound & wanted && member.ptr[0] != '_')
            near_try(&near, member);
    }
    complain(p, DIAG_UNKNOWN_MEMBER, loc,
             "library %.*s has no %s '%.*s'%s%.*s%s", STR_ARG(of), what,
             STR_ARG(text), near.best.ptr ? "; did you mean '" : "",
             STR_ARG(near.best), near.best.ptr ? "'?" : "");
}

/* The member `name` of what is imported as alias; NULL when it cannot be
 * judged or was refused. Several imports under one name (in the arms of an @if)
 * are judged together: one that has it is enough. */
static struct member *find_member(struct pass *p, name_id alias, name_id name,
                                  struct loc loc, const char *what,
                                  unsigned wanted)
{
    const struct import_def *d = names_table_get(&p->table, alias)->imports;
    struct str text = name_text(p->env->names, name);
    const struct library *library = NULL;
    struct member *found = NULL;
    bool single = !d || !d->next;
    for (; d; d = d->next) {
        struct member *m = d->library ? library_member(d->library, name) : NULL;
        if (!d->library || (m && !single))
            return NULL;
        library = d->library;
        found = m;
    }
    if (library && text.ptr[0] == '_')
        complain(p, DIAG_UNKNOWN_MEMBER, loc,
                 "'%.*s' is private to the library %.*s", STR_ARG(text),
                 STR_ARG(name_text(p->env->names, alias)));
    else if (library && !found)
        refuse_member(p, library, alias, name, loc, what, wanted);
    else
        return found;
    return NULL;
}

static void check_member_call(struct pass *p, const struct expr_call *c,
                              bool body)
{
    struct member *m =
        find_member(p, c->module, c->name, c->name_loc, "macro", BOUND_MACRO);
    if (!m)
        return;
    if (m->bound & BOUND_MACRO)
        check_macros(p, m->macros, c, body);
    else
        complain(p, DIAG_UNKNOWN_CALL, c->name_loc,
                 "'%.*s' is no macro and cannot be called",
                 STR_ARG(text_at(p, c->name_loc)));
}

/* alias.name as a value. */
static void check_member_value(struct pass *p, const struct expr_access *a)
{
    const struct expr_name *base = (const struct expr_name *)a->base;
    const struct step *s = a->steps;
    if (!s || s->kind != STEP_KEY) {
        check_variable(p, base->name, base->e.loc);
        return;
    }
    struct loc loc = {base->e.loc.off,
                      s->loc.off + s->loc.len - base->e.loc.off};
    name_id name = name_find(p->env->names, s->key);
    if (name == NAME_NONE)
        name = name_intern(p->env->names, s->key);
    struct member *m = find_member(p, base->name, name, loc, "value",
                                   BOUND_VALUE | BOUND_MACRO);
    if (!m || m->bound & BOUND_VALUE)
        return;
    struct str text = text_at(p, loc);
    if (m->bound & BOUND_MACRO)
        complain(p, DIAG_NOT_A_VALUE, loc,
                 "'%.*s' is a macro, not a value; call it: %.*s(…)",
                 STR_ARG(text), STR_ARG(text));
    else
        complain(p, DIAG_NOT_A_VALUE, loc,
                 "'%.*s' is a library, not a value; to use its names, import "
                 "it here too",
                 STR_ARG(text));
}

/* --- calls --- */

static bool is_import(const struct known *k)
{
    return k->bound & BOUND_IMPORT && !(k->bound & BOUND_VALUE);
}

static void check_module_call(struct pass *p, const struct expr_call *c,
                              bool body)
{
    const struct known *k = look_up(p, c->module, BOUND_IMPORT);
    struct str text = name_text(p->env->names, c->module);
    struct near near = near_start(text);
    if (is_import(k)) {
        check_member_call(p, c, body);
    } else if (k->bound & BOUND_IMPORT ||
               names_table_mentions(&p->table, p->u->file, c->module)) {
        return;
    } else if (k->bound) {
        complain(p, DIAG_UNKNOWN_CALL, c->name_loc,
                 "'%.*s' is no imported library, so '%.*s' cannot be called",
                 STR_ARG(text), STR_ARG(text_at(p, c->name_loc)));
    } else {
        near_callable(p, &near, BOUND_IMPORT);
        complain_near(p, DIAG_UNKNOWN_CALL, c->name_loc, "unknown library ",
                      &near);
    }
}

static void refuse_call(struct pass *p, const struct expr_call *c,
                        unsigned bound)
{
    struct str text = name_text(p->env->names, c->name);
    struct near near = near_start(text);
    if (bound & BOUND_VALUE) {
        complain(p, DIAG_UNKNOWN_CALL, c->name_loc,
                 "'%.*s' is a variable, not a macro or function",
                 STR_ARG(text));
    } else if (bound & BOUND_IMPORT) {
        complain(p, DIAG_UNKNOWN_CALL, c->name_loc,
                 "'%.*s' is a library; call one of its macros: %.*s.NAME(…)",
                 STR_ARG(text), STR_ARG(text));
    } else if (str_eq(text, STR("default"))) {
        complain(p, DIAG_UNKNOWN_CALL, c->name_loc,
                 "unknown function 'default'; a default is written x ?? y");
    } else {
        near_callable(p, &near, BOUND_MACRO);
        near_builtin(p, &near);
        complain_near(p, DIAG_UNKNOWN_CALL, c->name_loc,
                      "unknown macro or function ", &near);
    }
}

static void check_call(struct pass *p, const struct expr_call *c, bool body)
{
    if (c->module != NAME_NONE) {
        check_module_call(p, c, body);
        return;
    }
    const struct known *k = names_table_get(&p->table, c->name);
    const struct signature *builtin =
        k->macros ? NULL : p->env->builtin(p->env->builtin_ctx, c->name);
    if (builtin) {
        if (!fits(p, builtin, c, body, true))
            p->table.good = false;
        return;
    }
    if (!k->macros)
        k = look_up(p, c->name, BOUND_MACRO);
    if (k->macros)
        check_macros(p, k->macros, c, body);
    else if (!names_table_mentions(&p->table, p->u->file, c->name))
        refuse_call(p, c, k->bound);
}

/* --- "@name(" lines --- */

/* The macro in sight that an unknown "@word(" may have meant. */
static struct str near_macro(struct pass *p, struct str word, bool dotted)
{
    bool added;
    uint32_t i = map_put(&p->words, p->env->arena, word, &added);
    if (added) {
        struct near near = near_start(word);
        if (dotted)
            near_member(p, &near);
        else
            near_callable(p, &near, BOUND_MACRO);
        vec_push(p->env->arena, &p->near, near.best);
    }
    return p->near.at[i];
}

static void check_text_line(struct pass *p, const struct node_insert *n,
                            const struct expr_call *c)
{
    struct str word = text_at(p, c->name_loc);
    struct str near = near_macro(p, word, c->module != NAME_NONE);
    if (near.ptr)
        complain(p, DIAG_UNKNOWN_CALL, c->name_loc,
                 "unknown macro '%.*s'; did you mean '%.*s'? (for text, write "
                 "'@@%.*s')",
                 STR_ARG(word), STR_ARG(near), STR_ARG(word));
    else if (n->if_text && !n->if_text->failed)
        walk_nodes(&p->walk, n->if_text->nodes);
}

static void check_line(struct pass *p, const struct node_insert *n)
{
    const struct expr_call *c = (const struct expr_call *)n->expr;
    bool dotted = c->module != NAME_NONE;
    name_id name = dotted ? c->module : c->name;
    unsigned wanted = dotted ? BOUND_IMPORT : BOUND_MACRO;
    const struct known *k = look_up(p, name, wanted);
    const struct line_text *t = n->if_text;
    if (!(k->bound & wanted))
        check_text_line(p, n, c);
    else if (dotted && !is_import(k))
        return;
    else if (t && t->error.ptr)
        complain(p, (enum diag_id)t->error_id, t->error_loc, "%.*s",
                 STR_ARG(t->error));
    else
        walk_expr(&p->walk, n->expr);
}

/* --- the walk --- */

static bool check_expr(void *ctx, const struct expr *e)
{
    struct pass *p = ctx;
    if (e->kind == EXPR_NAME) {
        check_variable(p, ((const struct expr_name *)e)->name, e->loc);
    } else if (e->kind == EXPR_CALL) {
        const struct expr_call *c = (const struct expr_call *)e;
        check_call(p, c, false);
        if (c->module == NAME_NONE && c->name == p->table.defined)
            p->why = "defined() takes the name as a string, in quotes";
    } else if (e->kind == EXPR_ACCESS) {
        const struct expr_access *a = (const struct expr_access *)e;
        const struct expr_name *base = (const struct expr_name *)a->base;
        if (base->e.kind != EXPR_NAME || !a->steps)
            return true;
        if (base->name == p->table.loop)
            check_loop_member(p, base->e.loc, a->steps);
        else if (!is_import(look_up(p, base->name, BOUND_VALUE | BOUND_IMPORT)))
            return true;
        else
            check_member_value(p, a);
        walk_steps(&p->walk, a->steps);
        return false;
    }
    return true;
}

/* @call: its block is one argument more. */
static void check_block_call(struct pass *p, const struct node_insert *n)
{
    if (n->expr) {
        check_call(p, (const struct expr_call *)n->expr, true);
        walk_args(&p->walk, (const struct expr_call *)n->expr);
    }
    walk_nodes(&p->walk, n->body);
}

static bool check_node(void *ctx, const struct node *n)
{
    struct pass *p = ctx;
    p->why = n->kind == NODE_INCLUDE || n->kind == NODE_FILE
                 ? "a path is a string: write it in quotes"
                 : NULL;
    if (n->kind == NODE_SET) {
        const struct node_let *s = (const struct node_let *)n;
        if (!names_table_get(&p->table, s->name)->bound)
            check_variable(p, s->name, s->name_loc);
        return true;
    }
    if (n->kind != NODE_INSERT || n->flag == INSERT_VALUE)
        return true;
    if (n->flag == INSERT_LINE)
        check_line(p, (const struct node_insert *)n);
    else
        check_block_call(p, (const struct node_insert *)n);
    return false;
}

/* --- units --- */

/* Checks root and its includes; the files that are its own are counted in
 * *own. */
static bool check_unit(struct pass *p, struct file *root, uint32_t *own)
{
    names_table_clear(&p->table);
    memset(&p->words, 0, sizeof p->words);
    p->near.n = 0;
    p->widened = 0;
    p->table.good = true;
    names_table_add(&p->table, root, p->more != NULL, false);
    *own = p->table.files.n;
    for (uint32_t i = 0; i < *own; i++) {
        struct unit_file u = p->table.files.at[i];
        p->u = &u;
        walk_nodes(&p->walk, u.file->body);
    }
    p->u = NULL;
    for (uint32_t i = 0; i < *own; i++)
        p->table.files.at[i].file->checked = p->table.good;
    return p->table.good;
}

typedef VEC(struct file *) file_list;

static void add_library(struct pass *p, file_list *list, struct file *file,
                        bool again)
{
    /* The compiled-in library was checked when it was built. */
    if (!file || (file->checked && !again) ||
        file->source->kind == SOURCE_COMPILED)
        return;
    for (uint32_t i = 0; i < list->n; i++)
        if (list->at[i] == file)
            return;
    vec_push(p->env->arena, list, file);
}

static bool check_units(struct pass *p, struct file *root)
{
    file_list units = {NULL, 0, 0};
    bool good = true, again = !p->more;
    uint32_t own;
    vec_push(p->env->arena, &units, root);
    for (uint32_t i = 0; i < units.n; i++) {
        good = check_unit(p, units.at[i], &own) && good;
        p->more = NULL;
        for (uint32_t f = 0; f < own; f++) {
            const struct file *file = p->table.files.at[f].file;
            for (uint32_t k = 0; k < file->imports.n; k++)
                add_library(p, &units, file->imports.at[k]->target, again);
        }
    }
    return good;
}

bool names_check(struct names_env *env, struct file *root, struct file *more)
{
    /* Reports may lie in the same arena; then nothing can be given back. */
    bool own =
        env->arena != env->diags->arena && env->arena != env->names->arena;
    struct arena_mark mark = arena_mark(env->arena);
    struct pass p = {.env = env, .more = more};
    p.walk = (struct walk){&p, check_expr, check_node, 0};
    names_table_init(&p.table, env);
    bool good = check_units(&p, root);
    if (own)
        arena_rewind(env->arena, mark);
    if (more && good)
        vec_push(env->names->arena, &more->late, root);
    return good;
}
