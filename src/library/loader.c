/* SPDX-License-Identifier: MIT */
/* In: a file that was read. Out: its tree, and those of everything it names
 * literally. A work list instead of recursion, so that the length of a chain
 * of includes costs no stack. Nothing is followed twice in a run; a run after
 * the first only looks at the links again, and parses what had errors anew, so
 * that they are reported anew. */
#include "library/loader.h"

#include "base/utf8.h"
#include "lang/parser.h"

#include <string.h>

typedef VEC(struct file *) file_list;

void loader_init(struct loader *l, struct arena *arena, struct names *names,
                 struct diags *diags, struct resolver *resolver)
{
    memset(l, 0, sizeof *l);
    l->arena = arena;
    l->names = names;
    l->diags = diags;
    l->resolver = resolver;
}

static struct loaded *loaded_of(struct loader *l, const struct source *source)
{
    struct loaded none = {0};
    while (l->table.n <= source->order)
        vec_push(l->arena, &l->table, none);
    return &l->table.at[source->order];
}

static struct span span_in(struct source *source, struct loc loc)
{
    return (struct span){source, loc.off, loc.len};
}

/* What the names pass found is of one run: in the next, other templates
 * include the file, or other values lead to others. */
static void forget_names(struct file *file)
{
    file->checked = false;
    file->late.n = 0;
}

struct file *loader_load(struct loader *l, struct source *source)
{
    struct loaded *e = loaded_of(l, source);
    uint32_t run = l->resolver->run;
    if (e->file && e->used != run)
        forget_names(e->file);
    e->used = run;
    if (e->file && (!e->file->failed || e->parsed == run))
        return e->file;
    memset(e, 0, sizeof *e);
    e->used = e->parsed = run;
    e->file = parser_parse(l->arena, l->names, l->diags, source);
    return e->file;
}

/* --- libraries --- */

/* The first line of text that is not blank; false when all lines are. */
static bool first_words(const struct node_text *t, struct loc *loc)
{
    struct str text = t->text;
    size_t at = 0;
    if (t->n.loc.off == 0)
        at = utf8_bom_len(text);
    while (at < text.len && strchr(" \t\r\n", text.ptr[at]) && text.ptr[at])
        at++;
    if (at == text.len)
        return false;
    size_t end = str_chr(text, '\n', at);
    loc->off = t->n.loc.off + (uint32_t)at;
    loc->len = (uint32_t)((end == STR_NONE ? text.len : end) - at);
    return true;
}

/* The first node that no library may hold: where it is. */
static bool find_foreign(const struct node *n, struct loc *loc)
{
    for (; n; n = n->next) {
        *loc = n->loc;
        switch (n->kind) {
        case NODE_DEFINE:
        case NODE_LET:
        case NODE_IMPORT:
        case NODE_LIBRARY:
            break;
        case NODE_TEXT:
            if (first_words((const struct node_text *)n, loc))
                return true;
            break;
        case NODE_IF: {
            const struct arm *arm = ((const struct node_if *)n)->arms;
            for (; arm; arm = arm->next)
                if (find_foreign(arm->body, loc))
                    return true;
            break;
        }
        default:
            return true;
        }
    }
    return false;
}

bool loader_check_library(struct loader *l, struct file *file)
{
    struct loaded *e = loaded_of(l, file->source);
    struct loc loc;
    if (e->judged == l->resolver->run)
        return e->good_library;
    e->judged = l->resolver->run;
    e->good_library = !find_foreign(file->body, &loc);
    if (!e->good_library)
        diag_report(l->diags, DIAG_LIBRARY, span_in(file->source, loc), NULL,
                    "a library may hold only @define, @let, @import, comments "
                    "and blank lines; a file with text is for @include");
    return e->good_library;
}

/* --- links --- */

/* The tree of what path names, or of what was found in a run before. */
static struct file *link_target(struct loader *l, struct source *from,
                                struct file *before, struct str path,
                                bool library)
{
    struct source *source;
    if (before) {
        resolve_use(l->resolver, before->source);
        return loader_load(l, before->source);
    }
    struct resolve_request q = {
        .from = from, .path = path, .library = library, .quiet = true};
    if (resolve_read(l->resolver, &q, &source) != RESOLVE_FOUND)
        return NULL;
    return loader_load(l, source);
}

static bool link_import(struct loader *l, struct source *from,
                        struct node_import *n)
{
    n->target = link_target(l, from, n->target, n->path, true);
    return !n->target || loader_check_library(l, n->target);
}

static void link_include(struct loader *l, struct source *from,
                         struct node_include *n)
{
    if (n->path->kind == EXPR_STR)
        n->target =
            link_target(l, from, n->target, expr_str_value(n->path), false);
}

/* Links file alone and adds its targets to the list. */
static bool link_one(struct loader *l, struct file *file, file_list *list)
{
    bool good = !file->failed;
    /* Its imports are linked when they are used; it has no includes. */
    if (file->source->kind == SOURCE_COMPILED)
        return good;
    for (uint32_t i = 0; i < file->imports.n; i++) {
        struct node_import *n = file->imports.at[i];
        good = link_import(l, file->source, n) && good;
        if (n->target)
            vec_push(l->arena, list, n->target);
    }
    for (uint32_t i = 0; i < file->includes.n; i++) {
        struct node_include *n = file->includes.at[i];
        link_include(l, file->source, n);
        if (n->target)
            vec_push(l->arena, list, n->target);
    }
    return good;
}

/* --- circles of imports --- */

struct step_in {
    struct file *file;
    uint32_t next; /* import to follow */
};

typedef VEC(struct step_in) import_chain;

static void report_circle(struct loader *l, const import_chain *c,
                          const struct node_import *n)
{
    struct file *file = c->at[c->n - 1].file;
    struct str text = STR("");
    uint32_t i = c->n;
    while (c->at[i - 1].file != n->target)
        i--;
    for (i--; i < c->n; i++)
        text = arena_printf(l->arena, "%.*s%.*s -> ", STR_ARG(text),
                            STR_ARG(c->at[i].file->source->name));
    diag_report(l->diags, DIAG_CYCLE, span_in(file->source, n->path_loc), NULL,
                "circular import: %.*s%.*s", STR_ARG(text),
                STR_ARG(n->target->source->name));
}

static void chain_push(struct loader *l, import_chain *c, struct file *file)
{
    struct step_in in = {file, 0};
    struct loaded *e = loaded_of(l, file->source);
    e->walked = l->resolver->run;
    e->open = true;
    vec_push(l->arena, c, in);
}

/* Follows the imports of file, deepest first; false after a circle. */
static bool walk_imports(struct loader *l, struct file *file, import_chain *c)
{
    bool good = true;
    if (loaded_of(l, file->source)->walked == l->resolver->run)
        return true;
    chain_push(l, c, file);
    while (c->n) {
        struct step_in *top = &c->at[c->n - 1];
        if (top->next == top->file->imports.n) {
            loaded_of(l, top->file->source)->open = false;
            c->n--;
            continue;
        }
        const struct node_import *n = top->file->imports.at[top->next++];
        struct loaded *e = n->target ? loaded_of(l, n->target->source) : NULL;
        if (e && e->walked != l->resolver->run) {
            chain_push(l, c, n->target);
        } else if (e && e->open) {
            report_circle(l, c, n);
            good = false;
        }
    }
    return good;
}

struct file *loader_reached(const struct loader *l, uint32_t i)
{
    const struct loaded *e = &l->table.at[i];
    return e->linked == l->resolver->run ? e->file : NULL;
}

bool loader_link(struct loader *l, struct file *root)
{
    file_list list = {NULL, 0, 0};
    import_chain chain = {NULL, 0, 0};
    bool good = true;
    if (loaded_of(l, root->source)->linked == l->resolver->run)
        return !root->failed;
    vec_push(l->arena, &list, root);
    for (uint32_t i = 0; i < list.n; i++) {
        struct loaded *e = loaded_of(l, list.at[i]->source);
        if (e->linked == l->resolver->run)
            continue;
        e->linked = l->resolver->run;
        good = link_one(l, list.at[i], &list) && good;
    }
    for (uint32_t i = 0; i < list.n; i++)
        good = walk_imports(l, list.at[i], &chain) && good;
    return good;
}

/* --- what is reached --- */

struct file *loader_import(struct loader *l, struct source *from,
                           const struct node_import *n,
                           const struct trace *chain)
{
    struct file *file = n->target;
    if (!file) {
        struct source *source;
        struct resolve_request q = {.from = from,
                                    .path = n->path,
                                    .library = true,
                                    .at = span_in(from, n->path_loc),
                                    .chain = chain};
        if (resolve_read(l->resolver, &q, &source) != RESOLVE_FOUND)
            return NULL;
        file = loader_load(l, source);
    }
    bool good = loader_link(l, file);
    return loader_check_library(l, file) && good ? file : NULL;
}

struct file *loader_include(struct loader *l, struct source *from,
                            const struct node_include *n, struct str path,
                            const struct trace *chain,
                            enum resolve_status *status)
{
    struct file *file = n->target;
    *status = RESOLVE_FOUND;
    if (!file) {
        struct source *source;
        struct resolve_request q = {.from = from,
                                    .path = path,
                                    .optional = n->n.flag == 1,
                                    .at = span_in(from, n->path->loc),
                                    .chain = chain};
        *status = resolve_read(l->resolver, &q, &source);
        if (*status != RESOLVE_FOUND)
            return NULL;
        file = loader_load(l, source);
    }
    if (loader_link(l, file))
        return file;
    *status = RESOLVE_FAILED;
    return NULL;
}
