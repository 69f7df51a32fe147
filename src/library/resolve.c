/* SPDX-License-Identifier: MIT */
/* In: a path and who asks for it. Out: a source. The one idea: every candidate
 * of the search order is simply opened, so a file that is there costs no stat,
 * and what was read once is found again by its spelling or its identity. */
#include "library/resolve.h"

#include "base/file.h"
#include "base/near.h"
#include "base/path.h"
#include "library/stdmacros.h"

#include <errno.h>
#include <string.h>

struct candidate {
    struct str name;
    bool compiled; /* in the compiled-in library */
};

/* One request under way. */
struct search {
    struct resolver *r;
    const struct resolve_request *q;
    struct source *found;
    struct str name;      /* as what it was found */
    bool kept;            /* the arena holds something that must stay */
    struct str irregular; /* a candidate that is not a regular file */
    VEC(struct candidate) tried;
};

void resolve_init(struct resolver *r, struct sources *sources,
                  struct diags *diags)
{
    size_t size = stdmacros_count() * sizeof *r->compiled;
    *r = (struct resolver){.arena = sources->arena,
                           .sources = sources,
                           .diags = diags,
                           .compiled = arena_zalloc(sources->arena, size)};
}

void resolve_end(struct resolver *r)
{
    confine_end(&r->confine);
}

void resolve_add_dir(struct resolver *r, struct str dir)
{
    confine_add_dir(&r->confine, r->arena, dir);
}

/* Paths that were read before may lie outside of a new root. Questions about
 * the last run come before this, and find its files as they were. */
static void forget(struct resolver *r)
{
    if (r->new_loader)
        sources_forget_files(r->sources, r->load != NULL);
    else if (r->new_root)
        sources_forget_paths(r->sources);
    r->new_loader = r->new_root = false;
}

void resolve_begin(struct resolver *r)
{
    forget(r);
    sources_begin(r->sources);
}

void resolve_set_loader(struct resolver *r, resolve_loader *load, void *ctx)
{
    r->load = load;
    r->load_ctx = ctx;
    r->new_loader = true;
}

bool resolve_set_root(struct resolver *r, struct str dir)
{
    r->new_root = true;
    return confine_set_root(&r->confine, r->arena, dir);
}

/* --- reports --- */

/* Where a diagnostic of this request goes; false when it goes nowhere. */
static bool speaks(struct search *s)
{
    s->kept = s->kept || !s->q->quiet;
    return !s->q->quiet;
}

static enum resolve_status fail_unreadable(struct search *s, struct str name,
                                           const char *why)
{
    if (speaks(s))
        diag_report(s->r->diags, DIAG_UNREADABLE, s->q->at, s->q->chain,
                    "cannot read '%.*s': %s", STR_ARG(name), why);
    return RESOLVE_FAILED;
}

static enum resolve_status fail_too_big(struct search *s, struct str name)
{
    const struct limits *l = &s->r->arena->fault->limits;
    if (speaks(s))
        diag_report(s->r->diags, DIAG_LIMIT, s->q->at, s->q->chain,
                    "'%.*s' is longer than %llu bytes, the limit 'input' "
                    "(--limit input=N changes it)",
                    STR_ARG(name), (unsigned long long)l->max[LIMIT_INPUT]);
    return RESOLVE_FAILED;
}

static enum resolve_status fail_outside(struct search *s, struct str name)
{
    if (speaks(s))
        diag_report(s->r->diags, DIAG_OUTSIDE_ROOT, s->q->at, s->q->chain,
                    "'%.*s' is outside of the root '%.*s' and of the include "
                    "directories",
                    STR_ARG(name), STR_ARG(s->r->confine.root.path));
    return RESOLVE_FAILED;
}

static enum resolve_status fail_path(struct search *s, const char *why)
{
    if (speaks(s))
        diag_report(s->r->diags, DIAG_BAD_PATH, s->q->at, s->q->chain, "%s",
                    why);
    return RESOLVE_FAILED;
}

/* The compiled-in file that path may have meant; len 0 when there is none. */
static struct str near_library(struct str path)
{
    struct near near = near_start(path);
    struct str best = STR("");
    for (uint32_t i = 0; i < stdmacros_count(); i++) {
        struct str name = stdmacros_name(i);
        if (!str_ends(path, STR(".spp")))
            name.len -= 4; /* all of them have it */
        if (near_offer(&near, name) || near_offer(&near, path_base(name)))
            best = name;
    }
    return best;
}

static void report_missing(struct search *s)
{
    struct resolver *r = s->r;
    struct str near = near_library(s->q->path);
    VEC(struct str) places = {0};
    bool same = str_eq(near, s->q->path);
    struct diag *d =
        diag_report(r->diags, DIAG_NOT_FOUND, s->q->at, s->q->chain,
                    same ? "cannot find '%.*s'; it is a library: write @import "
                           "\"%.*s\""
                    : near.len ? "cannot find '%.*s'; did you mean '%.*s'?"
                               : "cannot find '%.*s'%.*s",
                    STR_ARG(s->q->path), STR_ARG(near));
    for (uint32_t i = 0; i < s->tried.n; i++) {
        struct str place = s->tried.at[i].name;
        if (s->tried.at[i].compiled)
            place = ARENA_CONCAT(r->arena, place, STR(" (compiled in)"));
        vec_push(r->arena, &places, place);
    }
    struct str list = arena_join(r->arena, places.at, places.n, STR(", "));
    diag_note(r->diags, d, source_nowhere, "looked for %.*s", STR_ARG(list));
}

/* What was read as name; id NULL when it came from a loader. */
static enum resolve_status found(struct search *s, struct str name,
                                 struct str bytes, const struct file_id *id)
{
    s->kept = true;
    s->found = sources_enter(s->r->sources, &name, bytes, id);
    s->name = name;
    return RESOLVE_FOUND;
}

/* --- candidates --- */

static enum resolve_status ask_loader(struct search *s, struct str name)
{
    struct resolver *r = s->r;
    struct str bytes = {NULL, 0};
    /* A loader's names are no directories: "a/../b" must be its "b". */
    struct str plain = path_normalise(r->arena, name);
    if (r->confine.root.path.ptr &&
        confine_judge(&r->confine, r->arena, plain) == CONFINE_OUTSIDE)
        return fail_outside(s, name);
    int answer = r->load(r->load_ctx, arena_cstr(r->arena, plain), &bytes.ptr,
                         &bytes.len);
    if (answer == 1)
        return RESOLVE_MISSING;
    if (answer != 0)
        return fail_unreadable(s, name, "the loader refuses");
    if (bytes.len > r->arena->fault->limits.max[LIMIT_INPUT])
        return fail_too_big(s, name);
    return found(s, name, arena_str(r->arena, bytes), NULL);
}

/* What reading name gave. */
static enum resolve_status take_file(struct search *s, struct str name,
                                     enum file_status status,
                                     const struct file_data *data)
{
    switch (status) {
    case FILE_OK:
        return found(s, name, data->bytes, &data->id);
    case FILE_MISSING:
        return RESOLVE_MISSING;
    case FILE_NOT_REGULAR:
        s->irregular = name;
        return RESOLVE_MISSING;
    case FILE_NOT_STORED:
        return fail_unreadable(s, name,
                               "it is not a stored file: the kernel makes it "
                               "up from the state of this machine");
    case FILE_SWAPPED:
        return fail_unreadable(s, name, "the path changed in the meantime");
    case FILE_TOO_BIG:
        return fail_too_big(s, name);
    default:
        return fail_unreadable(s, name, strerror(data->err));
    }
}

static enum resolve_status read_confined(struct search *s, struct str name)
{
    struct resolver *r = s->r;
    struct confine_place place;
    struct file_data data;
    enum file_status status;
    switch (confine_find(&r->confine, r->arena, name, &place)) {
    case CONFINE_INSIDE:
        status = file_read_below(r->arena, place.dir, place.path, &data);
        return take_file(s, name, status, &data);
    case CONFINE_MISSING:
        return RESOLVE_MISSING;
    case CONFINE_OUTSIDE:
        return fail_outside(s, name);
    default:
        return fail_unreadable(s, name, strerror(place.err));
    }
}

static enum resolve_status read_file(struct search *s, struct str name)
{
    struct file_data data;
    if (s->r->confine.root.path.ptr)
        return read_confined(s, name);
    const char *path = arena_cstr(s->r->arena, name);
    return take_file(s, name, file_read(s->r->arena, path, &data), &data);
}

static enum resolve_status try_path(struct search *s, struct str name)
{
    struct resolver *r = s->r;
    s->name = name;
    s->found = sources_find(r->sources, &s->name);
    if (s->found)
        return s->found->text.len > r->arena->fault->limits.max[LIMIT_INPUT]
                   ? fail_too_big(s, name)
                   : RESOLVE_FOUND;
    vec_push(r->arena, &s->tried, ((struct candidate){name, false}));
    return r->load ? ask_loader(s, name) : read_file(s, name);
}

static enum resolve_status try_compiled(struct search *s, struct str name)
{
    struct resolver *r = s->r;
    vec_push(r->arena, &s->tried, ((struct candidate){name, true}));
    for (uint32_t i = 0; i < stdmacros_count(); i++) {
        if (!str_eq(stdmacros_name(i), name))
            continue;
        if (!r->compiled[i]) {
            r->compiled[i] = sources_add(r->sources, SOURCE_COMPILED,
                                         stdmacros_name(i), stdmacros_text(i));
            s->kept = true;
        }
        s->found = r->compiled[i];
        s->name = s->found->name;
        return RESOLVE_FOUND;
    }
    return RESOLVE_MISSING;
}

/* "./x" beside a/b is a/x: make does not know that a/./x is the same file. But
 * ".//x" is not "/x". */
static struct str without_dot(struct str path)
{
    while (str_starts(path, STR("./")) && path.len > 2 && path.ptr[2] != '/')
        path = str_from_off(path, 2);
    return path;
}

/* The request's path below dir, as it is and, for a library, with ".spp". */
static enum resolve_status try_dir(struct search *s, struct str dir,
                                   bool compiled)
{
    struct arena *a = s->r->arena;
    struct str name = path_join(a, dir, without_dot(s->q->path));
    if (compiled)
        name = path_normalise(a, name);
    enum resolve_status status =
        compiled ? try_compiled(s, name) : try_path(s, name);
    if (status != RESOLVE_MISSING || !s->q->library ||
        str_ends(name, STR(".spp")))
        return status;
    char *longer = arena_alloc(a, name.len + 4);
    memcpy(longer, name.ptr, name.len);
    memcpy(longer + name.len, ".spp", 4);
    name = (struct str){longer, name.len + 4};
    return compiled ? try_compiled(s, name) : try_path(s, name);
}

/* --- search order --- */

static enum resolve_status search_compiled(struct search *s)
{
    enum resolve_status status = try_dir(s, path_dir(s->q->from->name), true);
    if (status == RESOLVE_MISSING && !path_is_dotted(s->q->path))
        status = try_dir(s, STR(""), true);
    return status;
}

/* The compiled-in library has no folder: what one of its macros reads, besides
 * other libraries, lies with the caller. */
static struct source *asker(const struct resolve_request *q)
{
    struct source *from = q->from;
    const struct trace *t = q->library ? NULL : q->chain;
    for (; t && from->kind == SOURCE_COMPILED; t = t->up)
        from = t->at.source;
    return from;
}

static enum resolve_status search_all(struct search *s)
{
    struct str path = s->q->path, none = STR("");
    struct source *from = asker(s->q);
    if (path_is_absolute(path))
        return try_dir(s, none, false);
    if (from && from->kind == SOURCE_COMPILED)
        return search_compiled(s);
    enum resolve_status status =
        try_dir(s, from ? path_dir(from->name) : none, false);
    if (path_is_dotted(path))
        return status;
    for (uint32_t i = 0; i < s->r->confine.dirs.n && status == RESOLVE_MISSING;
         i++)
        status = try_dir(s, s->r->confine.dirs.at[i].path, false);
    if (status == RESOLVE_MISSING && str_starts(path, STR("std/")))
        status = try_dir(s, none, true);
    return status;
}

static enum resolve_status search_run(struct search *s)
{
    const struct resolve_request *q = s->q;
    if (q->path.len == 0)
        return fail_path(s, "the path is empty");
    if (str_has_nul(q->path))
        return fail_path(s, "a path cannot hold a NUL byte");
    enum resolve_status status = search_all(s);
    if (status != RESOLVE_MISSING)
        return status;
    if (s->irregular.ptr)
        return fail_unreadable(s, s->irregular,
                               "it is a directory or a device, not a file");
    if (!q->optional && speaks(s))
        report_missing(s);
    return RESOLVE_MISSING;
}

enum resolve_status resolve_read(struct resolver *r,
                                 const struct resolve_request *q,
                                 struct source **out)
{
    struct search s = {.r = r, .q = q};
    struct arena_mark mark = arena_mark(r->arena);
    enum resolve_status status = search_run(&s);
    /* A template may ask for the same data in each of a million loops. */
    if (!s.kept)
        arena_rewind(r->arena, mark);
    if (status == RESOLVE_FOUND) {
        sources_use(r->sources, s.found, s.name);
        *out = s.found;
    }
    return status;
}

struct source *resolve_open(struct resolver *r, struct str path, struct span at)
{
    struct resolve_request q = {.path = path, .at = at};
    struct search s = {.r = r, .q = &q};
    forget(r);
    enum resolve_status status = try_path(&s, path);
    if (status == RESOLVE_MISSING)
        fail_unreadable(&s, path,
                        s.irregular.ptr
                            ? "it is a directory or a device, not a file"
                            : strerror(ENOENT));
    if (status != RESOLVE_FOUND)
        return NULL;
    sources_use(r->sources, s.found, s.name);
    return s.found;
}
