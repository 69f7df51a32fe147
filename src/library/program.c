/* SPDX-License-Identifier: MIT */
/* In: the source of a template. Out: its tree and those of everything it names
 * literally, linked. A work list instead of recursion, so that the length of a
 * chain of includes costs no stack. */
#include "library/program.h"

#include "base/utf8.h"
#include "base/version.h"
#include "lang/judge_warn.h"

static struct span span_in(struct source *source, struct loc loc)
{
    return (struct span){source, loc.off, loc.len};
}

static struct linked *linked_of(struct program *p, const struct source *source)
{
    while (p->linked.n <= source->order)
        vec_push(p->arena, &p->linked, (struct linked){0});
    return &p->linked.at[source->order];
}

/* --- libraries --- */

/* The first line of text that is not blank; false when all lines are. */
static bool first_words(const struct node_text *t, struct loc *loc)
{
    struct str text = t->n.loc.off == 0 ? utf8_skip_bom(t->text) : t->text;
    struct str words = str_part(str_trim(text), 0, '\n');
    loc->off = t->n.loc.off + (uint32_t)(words.ptr - t->text.ptr);
    loc->len = (uint32_t)words.len;
    return words.len > 0;
}

/* The first node that no library may hold: where it is. */
static bool find_foreign(const struct node *n, struct loc *loc)
{
    for (; n; n = n->next) {
        *loc = n->loc;
        switch (n->kind) {
        case NODE_DEFINE:
        case NODE_LET:
        case NODE_TYPE:
        case NODE_UNPACK:
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

/* What to write instead of the text that no library may hold. */
static const char *why_not(struct str text)
{
    if (str_starts(text, STR("#")))
        return "a comment of a library begins with @#";
    if (str_starts(text, STR("@param")))
        return "what its users choose is a parameter of a macro";
    if (str_starts(text, STR("@")))
        return "other directives stand in a macro";
    return "a file with text is for @include";
}

static bool is_library(struct program *p, struct file *file)
{
    struct linked *e = linked_of(p, file->source);
    struct loc loc;
    if (e->library_checked)
        return e->good;
    e->library_checked = true;
    e->good = !find_foreign(file->body, &loc);
    if (!e->good)
        diag_report(p->loader->diags, DIAG_LIBRARY, span_in(file->source, loc),
                    NULL,
                    "a library may hold only @define, @function, @let, "
                    "@type, @import, comments and blank lines; %s",
                    why_not(str_from_off(file->source->text, loc.off)));
    return e->good;
}

/* --- versions --- */

/* Nothing else of a library with another version than is wanted is judged: what
 * does not fit there follows from that. */
static bool has_version(const struct node_import *n, const struct file *file)
{
    struct str have = file->library ? file->library->version : STR_ABSENT, bad;
    size_t rest;
    if (have.ptr && !version_valid(have, &rest))
        return false;
    return !n->version.ptr ||
           (have.ptr && version_in(have, n->version, &bad) == VERSION_YES);
}

/* A version that is none is a mistake of the library. */
static bool refuse_library(struct diags *d, const struct file *file,
                           const struct trace *chain)
{
    const struct node_library *n = file->library;
    size_t rest;
    if (!n || !n->version.ptr || version_valid(n->version, &rest))
        return false;
    diag_report(d, DIAG_VERSION, span_in(file->source, n->version_loc), chain,
                "'%.*s' is not a version", STR_ARG(n->version));
    return true;
}

static void refuse_version(struct diags *d, struct source *from,
                           const struct node_import *n,
                           const struct trace *chain)
{
    struct span at = span_in(from, n->version_loc);
    struct str have =
        n->unfit->library ? n->unfit->library->version : STR_ABSENT;
    struct str bad;
    if (refuse_library(d, n->unfit, chain))
        return;
    if (!have.ptr)
        diag_report(d, DIAG_LIBRARY_VERSION, at, chain,
                    "the library '%.*s' does not say its version (@library "
                    "\"…\" version \"1.0\")",
                    STR_ARG(n->path));
    else if (version_in(have, n->version, &bad) == VERSION_NO)
        diag_report(d, DIAG_LIBRARY_VERSION, at, chain,
                    "the library '%.*s' has version %.*s, but %.*s is wanted",
                    STR_ARG(n->path), STR_ARG(have), STR_ARG(n->version));
    else
        diag_report(d, DIAG_VERSION, at, chain,
                    "'%.*s' is not a version range; write a comparison, such "
                    "as \">= 2.1\" or \">= 2.1, < 3\"",
                    STR_ARG(bad));
}

/* --- links --- */

static struct file *reach(struct program *p, struct source *source)
{
    struct file *file = loader_load(p->loader, source);
    struct linked *e = linked_of(p, source);
    if (!e->reached)
        vec_push(p->arena, &p->files, file);
    e->reached = true;
    return file;
}

/* The tree of what path names; NULL when nothing can be read. */
static struct file *find_target(struct program *p, struct source *from,
                                struct str path, bool library)
{
    struct source *source;
    struct resolve_request q = {
        .from = from, .path = path, .library = library, .quiet = true};
    if (resolve_read(p->loader->resolver, &q, &source) != RESOLVE_FOUND)
        return NULL;
    return reach(p, source);
}

static bool link_file(struct program *p, struct file *file)
{
    bool good = !file->failed;
    p->broken = p->broken || file->failed;
    p->tangled = p->tangled || file->tangled;
    for (uint32_t i = 0; i < file->imports.n; i++) {
        struct node_import *n = file->imports.at[i];
        struct file *found = find_target(p, file->source, n->path, true);
        bool fits = found && has_version(n, found);
        n->target = fits ? found : NULL;
        n->unfit = fits ? NULL : found;
        good = (!n->target || is_library(p, n->target)) && good;
    }
    for (uint32_t i = 0; i < file->includes.n; i++) {
        struct node_include *n = file->includes.at[i];
        if (n->path->kind == EXPR_STR)
            n->target =
                find_target(p, file->source, expr_str_value(n->path), false);
    }
    return good;
}

/* --- circles of imports --- */

struct step_in {
    struct file *file;
    uint32_t next; /* import to follow */
};

typedef VEC(struct step_in) import_chain;

static void report_circle(struct program *p, const import_chain *c,
                          const struct node_import *n)
{
    struct file *file = c->at[c->n - 1].file;
    VEC(struct str) names = {0};
    uint32_t i = c->n;
    while (c->at[i - 1].file != n->target)
        i--;
    for (i--; i < c->n; i++)
        vec_push(p->arena, &names, c->at[i].file->source->name);
    vec_push(p->arena, &names, n->target->source->name);
    struct str circle = arena_join(p->arena, names.at, names.n, STR(" -> "));
    diag_report(p->loader->diags, DIAG_CYCLE,
                span_in(file->source, n->path_loc), NULL,
                "circular import: %.*s", STR_ARG(circle));
}

static void chain_push(struct program *p, import_chain *c, struct file *file)
{
    struct step_in in = {file, 0};
    struct linked *e = linked_of(p, file->source);
    e->walked = e->open = true;
    vec_push(p->arena, c, in);
}

/* Follows the imports of file, deepest first; false after a circle. */
static bool walk_imports(struct program *p, struct file *file)
{
    import_chain c = {NULL, 0, 0};
    bool good = true;
    if (!linked_of(p, file->source)->walked)
        chain_push(p, &c, file);
    while (c.n) {
        struct step_in *top = &c.at[c.n - 1];
        if (top->next == top->file->imports.n) {
            linked_of(p, top->file->source)->open = false;
            c.n--;
            continue;
        }
        const struct node_import *n = top->file->imports.at[top->next++];
        struct linked *e = n->target ? linked_of(p, n->target->source) : NULL;
        if (e && !e->walked) {
            chain_push(p, &c, n->target);
        } else if (e && e->open) {
            report_circle(p, &c, n);
            p->circular = true;
            good = false;
        }
    }
    return good;
}

/* --- all of it --- */

/* Links the files from the one numbered `from` on; the list grows under way. */
static bool link_files(struct program *p, uint32_t from)
{
    bool good = true;
    for (uint32_t i = from; i < p->files.n; i++)
        good = link_file(p, p->files.at[i]) && good;
    for (uint32_t i = from; i < p->files.n; i++)
        good = walk_imports(p, p->files.at[i]) && good;
    for (uint32_t i = from; i < p->files.n; i++)
        program_link_types(p, p->files.at[i]);
    return good;
}

bool program_link(struct program *p, struct source *root)
{
    p->root = reach(p, root);
    return link_files(p, 0);
}

bool program_can_run(const struct program *p)
{
    return !p->tangled && !p->circular && !p->names.endless;
}

bool program_judge(struct program *p)
{
    judge_warn_imports(p->judge, p->root);
    return judge_root(p->judge, &p->names, p->root);
}

void program_refuse_versions(struct program *p)
{
    for (uint32_t i = 0; i < p->files.n; i++) {
        const struct file *file = p->files.at[i];
        for (const struct node *n = file->body; n; n = n->next) {
            const struct node_import *import = (const void *)n;
            if (n->kind == NODE_IMPORT && import->unfit)
                refuse_version(p->loader->diags, file->source, import, NULL);
        }
    }
}

void program_check_library(struct program *p)
{
    is_library(p, p->files.at[0]);
}

bool program_only_defines(const struct program *p)
{
    struct loc loc;
    return !find_foreign(p->root->body, &loc);
}

bool program_is_library(const struct program *p, const struct source *source)
{
    return source->order < p->linked.n &&
           p->linked.at[source->order].library_checked;
}

const struct file *program_file(const struct program *p,
                                const struct source *source)
{
    for (uint32_t i = 0; i < p->files.n; i++)
        if (p->files.at[i]->source == source)
            return p->files.at[i];
    return NULL;
}

/* --- lines with syntax errors --- */

static bool is_in_broken(const struct program *p, struct str word)
{
    for (uint32_t i = 0; i < p->files.n; i++) {
        const struct file *file = p->files.at[i];
        for (uint32_t k = 0; k < file->broken.n; k++)
            if (str_has_word(str_slice(file->source->text,
                                       file->broken.at[k].off,
                                       file->broken.at[k].len),
                             word))
                return true;
    }
    return false;
}

bool program_doubts(const struct program *p, struct str text)
{
    bool found = false;
    for (size_t at = 0; at < text.len; at++) {
        size_t end = str_span(text, at, ASCII_NAME_START | ASCII_DIGIT);
        if (end == at || (end < text.len && text.ptr[end] != '.'))
            return false;
        found = found || is_in_broken(p, str_slice(text, at, end - at));
        at = end;
    }
    return found;
}

bool program_is_broken(const struct program *p, const struct source *source,
                       struct loc loc)
{
    const struct file *file = program_file(p, source);
    return file && file_is_broken(file, loc.off);
}

/* --- what is reached while expanding --- */

void program_missing_import(struct program *p, struct source *from,
                            const struct node_import *n,
                            const struct trace *chain)
{
    struct source *source;
    if (n->unfit) {
        refuse_version(p->loader->diags, from, n, chain);
        return;
    }
    struct resolve_request q = {.from = from,
                                .path = n->path,
                                .library = true,
                                .at = span_in(from, n->path_loc),
                                .chain = chain};
    if (resolve_read(p->loader->resolver, &q, &source) == RESOLVE_FOUND)
        diag_report(p->loader->diags, DIAG_UNREADABLE, q.at, chain,
                    "the library '%.*s' was not there when the template was "
                    "read",
                    STR_ARG(n->path));
}

const struct file *program_late_include(struct program *p, struct source *from,
                                        const struct node_include *n,
                                        struct str path,
                                        const struct trace *chain,
                                        enum resolve_status *status)
{
    struct source *source;
    struct resolve_request q = {.from = from,
                                .path = path,
                                .optional = n->n.flag == 1,
                                .at = span_in(from, n->path->loc),
                                .chain = chain};
    uint32_t known = p->files.n;
    *status = resolve_read(p->loader->resolver, &q, &source);
    if (*status != RESOLVE_FOUND)
        return NULL;
    struct file *file = reach(p, source);
    if (link_files(p, known) && !file->failed &&
        judge_late(p->judge, &p->names, p->root, file))
        return file;
    *status = RESOLVE_FAILED;
    return NULL;
}
