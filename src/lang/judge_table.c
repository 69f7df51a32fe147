/* SPDX-License-Identifier: MIT */
/* In: trees. Out: for each interned name, everything that binds it anywhere in
 * the unit, whatever the scope and whether the branch is taken or not. */
#include "lang/judge_table.h"

#include "base/ascii.h"

#include <string.h>

void judge_table_init(struct judge_table *t, struct judge *judge)
{
    uint32_t n = judge->names->map.n;
    *t = (struct judge_table){
        .judge = judge,
        .at = arena_array(judge->arena, n + 1, sizeof *t->at),
        .n = n,
        .defined = name_find(judge->names, STR("defined")),
        .loop = name_find(judge->names, STR("loop")),
    };
}

void judge_table_clear(struct judge_table *t)
{
    memset(t->at, 0, (t->n + 1) * sizeof *t->at);
    if (t->seen.n)
        memset(t->seen.at, 0, t->seen.n * sizeof *t->seen.at);
    t->files.n = t->bound.n = t->callable.n = 0;
}

/* NAME_NONE and names younger than the table share the last entry. */
static struct known *entry_of(const struct judge_table *t, name_id name)
{
    return &t->at[name < t->n ? name : t->n];
}

const struct known *judge_table_get(const struct judge_table *t, name_id name)
{
    static const struct known nothing;
    return name < t->n ? &t->at[name] : &nothing;
}

void judge_table_bind(struct judge_table *t, name_id name)
{
    entry_of(t, name)->bound |= BOUND_VALUE;
}

void judge_table_mark(struct judge_table *t, const struct file *file, bool on)
{
    for (uint32_t i = 0; i < file->mentions.n; i++)
        entry_of(t, file->mentions.at[i])->mentioned = on;
    for (uint32_t i = file->variables.n; i-- > 0;) {
        const struct variable *v = &file->variables.at[i];
        if (v->of_file)
            entry_of(t, v->name)->variable = on ? v : NULL;
    }
}

/* --- libraries --- */

static struct str name_key(const name_id *name)
{
    return (struct str){(const char *)name, sizeof *name};
}

struct member *judge_table_member(const struct library *library, name_id name)
{
    uint32_t i = map_find(&library->map, name_key(&name));
    return i == MAP_NONE ? NULL : &library->members.at[i];
}

static struct member *member_put(struct judge_table *t, struct library *library,
                                 const name_id *name, unsigned bound)
{
    struct arena *a = t->judge->arena;
    bool added;
    uint32_t i = map_put(&library->map, a, name_key(name), &added);
    if (added) {
        struct member m = {*name, 0, NULL};
        vec_push(a, &library->members, m);
    }
    library->members.at[i].bound |= bound;
    return &library->members.at[i];
}

static struct macro_def *macro_new(struct judge_table *t,
                                   const struct node_define *define,
                                   struct source *source,
                                   struct macro_def *next)
{
    struct macro_def *m = arena_new(t->judge->arena, struct macro_def);
    m->define = define;
    m->source = source;
    m->next = next;
    return m;
}

static void put_unpacked(struct judge_table *t, struct library *library,
                         const struct node_unpack *n)
{
    for (uint32_t i = 0; i < n->nnames; i++)
        if (n->names[i].name != NAME_NONE)
            member_put(t, library, &n->names[i].name, BOUND_VALUE);
}

static void fill_library(struct judge_table *t, struct library *library,
                         const struct node *n)
{
    for (; n; n = n->next) {
        if (n->kind == NODE_DEFINE) {
            const struct node_define *d = (const struct node_define *)n;
            struct member *m = member_put(t, library, &d->name, BOUND_MACRO);
            m->macros = macro_new(t, d, library->file->source, m->macros);
        } else if (n->kind == NODE_LET) {
            member_put(t, library, &((const struct node_let *)n)->name,
                       BOUND_VALUE);
        } else if (n->kind == NODE_PARAM) { /* which will be refused */
            member_put(t, library, &((const struct node_param *)n)->name,
                       BOUND_VALUE);
        } else if (n->kind == NODE_UNPACK) {
            put_unpacked(t, library, (const struct node_unpack *)n);
        } else if (n->kind == NODE_IMPORT) {
            member_put(t, library, &((const struct node_import *)n)->name,
                       BOUND_IMPORT);
        } else if (n->kind == NODE_IF) {
            const struct arm *arm = ((const struct node_if *)n)->arms;
            for (; arm; arm = arm->next)
                fill_library(t, library, arm->body);
        }
    }
}

static struct library *library_of(struct judge_table *t,
                                  const struct file *file)
{
    struct arena *a = t->judge->arena;
    if (!file || file->failed)
        return NULL;
    while (t->libraries.n <= file->source->order)
        vec_push(a, &t->libraries, NULL);
    struct library **slot = &t->libraries.at[file->source->order];
    if (!*slot) {
        *slot = arena_new(a, struct library);
        (*slot)->file = file;
        fill_library(t, *slot, file->body);
    }
    return *slot;
}

const struct file *judge_table_library(const struct judge_table *t,
                                       const struct source *source)
{
    const struct library *library =
        source->order < t->libraries.n ? t->libraries.at[source->order] : NULL;
    return library ? library->file : NULL;
}

struct member *judge_table_imported(const struct judge_table *t, name_id alias,
                                    name_id name, bool *known)
{
    const struct import_def *d = judge_table_get(t, alias)->imports;
    struct member *found = NULL;
    bool single = d && !d->next;
    *known = d != NULL;
    for (; d; d = d->next) {
        found = d->library ? judge_table_member(d->library, name) : NULL;
        if (!d->library || (found && !single)) {
            *known = false;
            return NULL;
        }
    }
    return found;
}

/* --- binding --- */

/* Name is bound as one thing more. */
static struct known *bind(struct judge_table *t, name_id name, enum bound as)
{
    static const unsigned callable = BOUND_MACRO | BOUND_IMPORT;
    struct known *k = entry_of(t, name);
    if (name == NAME_NONE) /* of an import that failed */
        return k;
    if (!k->bound)
        vec_push(t->judge->arena, &t->bound, name);
    if (!(k->bound & callable) && (as & callable))
        vec_push(t->judge->arena, &t->callable, name);
    k->bound |= as;
    return k;
}

static void bind_import(struct judge_table *t, const struct node_import *n)
{
    struct known *k = bind(t, n->name, BOUND_IMPORT);
    struct library *library = library_of(t, n->target);
    for (struct import_def *i = k->imports; i; i = i->next)
        if (i->library == library)
            return;
    struct import_def *i = arena_new(t->judge->arena, struct import_def);
    i->library = library;
    i->next = k->imports;
    k->imports = i;
}

static void check_define(struct judge_table *t, const struct unit_file *u,
                         const struct node_define *d)
{
    struct judge *j = t->judge;
    struct source *source = u->file->source;
    struct span span = {source, d->name_loc.off, d->name_loc.len};
    struct str name = name_text(j->names, d->name);
    const struct macro_def *first = NULL;
    if (d->conditional || entry_of(t, d->name)->doubtful)
        return;
    for (const struct macro_def *m = entry_of(t, d->name)->macros; m;
         m = m->next)
        if (m->source == source && !m->define->conditional)
            first = m;
    if (!first)
        return;
    struct loc loc = first->define->name_loc;
    t->good = false;
    diag_note(j->diags,
              diag_report(j->diags, DIAG_DUPLICATE_NAME, span, NULL,
                          "a macro '%.*s' is defined above", STR_ARG(name)),
              (struct span){source, loc.off, loc.len}, "the first definition");
}

static void bind_define(struct judge_table *t, const struct unit_file *u,
                        const struct node_define *d)
{
    if (u->part != UNIT_FOREIGN)
        check_define(t, u, d);
    struct known *k = bind(t, d->name, BOUND_MACRO);
    k->macros = macro_new(t, d, u->file->source, k->macros);
}

/* --- files --- */

static void doubt_names(struct judge_table *t, struct str text)
{
    for (size_t at = 0, end; at < text.len; at = end) {
        end = at + 1;
        if (!ascii_is_name_start(text.ptr[at]))
            continue;
        while (end < text.len && ascii_is_name(text.ptr[end]))
            end++;
        struct str word = str_slice(text, at, end - at);
        entry_of(t, name_find(t->judge->names, word))->doubtful = true;
    }
}

static void doubt_broken(struct judge_table *t, const struct file *file)
{
    for (uint32_t i = 0; i < file->broken.n; i++)
        doubt_names(t, str_slice(file->source->text, file->broken.at[i].off,
                                 file->broken.at[i].len));
}

static void add_file(struct judge_table *t, const struct file *file,
                     enum unit_part part)
{
    struct unit_file u = {file, part};
    while (t->seen.n <= file->source->order)
        vec_push(t->judge->arena, &t->seen, false);
    if (t->seen.at[file->source->order])
        return;
    t->seen.at[file->source->order] = true;
    vec_push(t->judge->arena, &t->files, u);
}

static void bind_names(struct judge_table *t, const struct unit_file *u)
{
    const struct file *f = u->file;
    for (uint32_t i = 0; i < f->variables.n; i++)
        bind(t, f->variables.at[i].name, BOUND_VALUE);
    for (uint32_t i = 0; i < f->defines.n; i++)
        bind_define(t, u, f->defines.at[i]);
    for (uint32_t i = 0; i < f->imports.n; i++)
        bind_import(t, f->imports.at[i]);
}

void judge_table_add(struct judge_table *t, const struct file *file,
                     enum unit_part part)
{
    uint32_t from = t->files.n;
    enum unit_part below = part == UNIT_FOREIGN ? part : UNIT_INCLUDED;
    add_file(t, file, part);
    for (uint32_t i = from; i < t->files.n; i++) {
        struct unit_file u = t->files.at[i];
        doubt_broken(t, u.file);
        bind_names(t, &u);
        for (uint32_t k = 0; k < u.file->includes.n; k++)
            if (u.file->includes.at[k]->target)
                add_file(t, u.file->includes.at[k]->target, below);
    }
}

bool judge_table_hides(const struct judge_table *t, const struct macro_def *m,
                       const struct file *file)
{
    const struct source *root = t->files.at[0].file->source;
    for (; m; m = m->next)
        if (!m->define->conditional &&
            (m->source == file->source || m->source == root))
            return true;
    return false;
}
