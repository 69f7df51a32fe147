/* SPDX-License-Identifier: MIT */
/* In: the files of the last expansion, and a lock file. Out: a new lock file,
 * or a report for each file that differs from it. Files are named by their path
 * below the -I directory, since that directory is elsewhere on each machine. A
 * lock is added to, not replaced: several templates share one. */
#include "driver/lock.h"

#include "driver/results.h"
#include "driver/settings.h"

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "base/path.h"
#include "eval/data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LOCK_FORMAT = 1
};

struct lock_entry {
    struct str file;          /* below the -I directory, or as it was given */
    int64_t include;          /* which -I directory, counted from 1, where two
                                 files of a run are called the same; else 0 */
    struct str name, version; /* of its @library; empty without */
    struct str stagepp;       /* whose part it is; empty for a file on disk */
    struct str sha256;        /* in lower-case hexadecimal */
};

typedef VEC(struct lock_entry) lock_list;

/* --- the files of this run --- */

/* The part of name below a directory of -I, and which one that is; ptr NULL if
 * it is not below one. */
static struct str below_include_dir(stagepp_session *s, struct str name,
                                    int64_t *include)
{
    struct str plain = path_normalise(&s->run, name);
    for (uint32_t i = 0; i < s->resolver.confine.dirs.n; i++) {
        struct str dir = s->resolver.confine.dirs.at[i].path;
        struct str rest = path_below(plain, path_normalise(&s->run, dir));
        *include = i + 1;
        if (rest.len)
            return rest;
    }
    *include = 0;
    return STR_ABSENT;
}

/* The template itself, and --data. */
static bool is_given(const stagepp_session *s, const struct source *source)
{
    return source == s->input || settings_has(s, source);
}

/* False if source does not belong into a lock. */
static bool describe(stagepp_session *s, const struct source *source,
                     struct lock_entry *e)
{
    char hex[DIGEST_HEX + 1];
    const struct file *tree = program_file(&s->program, source);
    bool stored = source->kind == SOURCE_FILE;
    if (is_given(s, source))
        return false;
    memset(e, 0, sizeof *e);
    if (stored)
        e->file = below_include_dir(s, source->name, &e->include);
    if (!tree && !e->file.ptr)
        return false;
    if (!e->file.ptr)
        e->file = path_normalise(&s->run, source->name);
    if (tree && tree->library) {
        e->name = tree->library->name;
        e->version = tree->library->version;
    }
    if (source->kind == SOURCE_COMPILED)
        e->stagepp = str_from(stagepp_version());
    digest_sha256(source->text, hex);
    e->sha256 = arena_str(&s->run, str_from(hex));
    return true;
}

/* Where all files are called differently, the directories are not told, since
 * people may order them otherwise. */
static void drop_includes(struct arena *a, lock_list *list)
{
    struct map first = {0};
    uint32_t *where = arena_array(a, list->n, sizeof *where);
    for (uint32_t i = 0; i < list->n; i++) {
        bool added;
        uint32_t at = map_put(&first, a, list->at[i].file, &added);
        if (added)
            where[at] = i;
        else
            where[at] = UINT32_MAX;
    }
    for (uint32_t i = 0; i < list->n; i++)
        if (where[map_find(&first, list->at[i].file)] == i)
            list->at[i].include = 0;
}

static void list_here(stagepp_session *s, lock_list *list)
{
    struct lock_entry e;
    for (uint32_t i = 0; i < s->sources.used.n; i++)
        if (describe(s, s->sources.used.at[i], &e))
            vec_push(&s->run, list, e);
    drop_includes(&s->run, list);
}

/* --- a lock file --- */

/* The value of a key; null when v is not a map, or lacks the key. */
static struct value member(struct value v, struct str key)
{
    const struct value *at = v.type == VALUE_MAP ? value_map_get(v, key) : NULL;
    return at ? *at : value_null();
}

static struct str text_member(struct value v, struct str key)
{
    struct value text = member(v, key);
    return text.type == VALUE_STR ? value_text(text) : STR("");
}

static bool not_a_lock(struct data_error *err)
{
    *err = (struct data_error){.offset = 0};
    snprintf(err->message, sizeof err->message,
             "this is not a lock file that this stagepp can read");
    return false;
}

static bool parse(stagepp_session *s, struct source *lock, lock_list *list,
                  struct data_error *err)
{
    struct value all;
    if (!value_data_read(&s->run, DATA_JSON, lock->text, &all, err))
        return false;
    struct value format = member(all, STR("stagepp-lock"));
    struct value files = member(all, STR("files"));
    if (format.type != VALUE_INT || format.u.i != LOCK_FORMAT ||
        files.type != VALUE_LIST)
        return not_a_lock(err);
    for (uint32_t i = 0; i < files.len; i++) {
        struct value v = value_item(files, i);
        struct lock_entry e = {.file = text_member(v, STR("file")),
                               .name = text_member(v, STR("name")),
                               .version = text_member(v, STR("version")),
                               .stagepp = text_member(v, STR("stagepp")),
                               .sha256 = text_member(v, STR("sha256"))};
        struct value include = member(v, STR("include"));
        if (include.type == VALUE_INT)
            e.include = include.u.i;
        if (e.file.len == 0 || e.sha256.len != DIGEST_HEX)
            return not_a_lock(err);
        vec_push(&s->run, list, e);
    }
    return true;
}

/* The lock file at path; NULL when it cannot be read, with *status. It is not a
 * dependency of the template, and --root does not confine it. */
static struct source *open_lock(stagepp_session *s, const char *path,
                                enum file_status *status)
{
    struct file_data data;
    *status = file_read(&s->run, path, &data);
    if (*status == FILE_OK)
        return source_new(&s->run, SOURCE_FILE,
                          arena_str(&s->run, str_from(path)), data.bytes,
                          UINT32_MAX);
    if (*status != FILE_MISSING)
        diag_report(&s->diags, DIAG_UNREADABLE, source_nowhere, NULL,
                    "cannot read '%s': %s", path,
                    *status == FILE_ERROR ? strerror(data.err)
                                          : "it is not a lock file");
    return NULL;
}

/* --- writing one --- */

static int by_file(const void *a, const void *b)
{
    const struct lock_entry *x = a, *y = b;
    int order = str_cmp(x->file, y->file);
    if (order == 0)
        order = (x->include > y->include) - (x->include < y->include);
    return order ? order : str_cmp(x->sha256, y->sha256);
}

/* What tells files apart. */
static struct str key_of(struct arena *a, const struct lock_entry *e)
{
    return e->include ? arena_printf(a, "%.*s%c%lld", STR_ARG(e->file), 0,
                                     (long long)e->include)
                      : e->file;
}

/* The files of a list; if one comes twice, the last entry counts. */
static struct map index_files(struct arena *a, const lock_list *list,
                              uint32_t *where)
{
    struct map files = {0};
    for (uint32_t i = 0; i < list->n; i++)
        where[map_put(&files, a, key_of(a, &list->at[i]), NULL)] = i;
    return files;
}

static void print_member(struct json_writer *w, const char *key,
                         struct str text)
{
    if (text.len)
        json_str(w, key, text);
}

/* What is in old, and not in the list, stays. */
static void print(struct buf *out, struct arena *a, lock_list *list,
                  const lock_list *old)
{
    struct json_writer w = {.out = out};
    uint32_t *where = arena_array(a, list->n, sizeof *where);
    struct map files = index_files(a, list, where);
    for (uint32_t i = 0; i < old->n; i++)
        if (map_find(&files, key_of(a, &old->at[i])) == MAP_NONE)
            vec_push(a, list, old->at[i]);
    if (list->n)
        qsort(list->at, list->n, sizeof *list->at, by_file);
    json_open(&w, NULL, "{");
    json_line(&w, 2);
    json_int(&w, "stagepp-lock", LOCK_FORMAT);
    json_line(&w, 2);
    json_open(&w, "files", "[");
    for (uint32_t i = 0; i < list->n; i++) {
        json_line(&w, 4);
        json_open(&w, NULL, "{");
        json_str(&w, "file", list->at[i].file);
        if (list->at[i].include)
            json_int(&w, "include", list->at[i].include);
        print_member(&w, "name", list->at[i].name);
        print_member(&w, "version", list->at[i].version);
        print_member(&w, "stagepp", list->at[i].stagepp);
        json_str(&w, "sha256", list->at[i].sha256);
        json_close(&w, "}");
    }
    json_line(&w, 2);
    json_close(&w, "]");
    json_line(&w, 0);
    json_close(&w, "}\n");
}

/* What cannot be read, but was a lock, is replaced. Any other file was meant to
 * stay. */
static bool may_replace(stagepp_session *s, struct source *lock,
                        const struct data_error *err)
{
    struct span at = {lock, (uint32_t)err->offset, 1};
    if (str_trim(lock->text).len &&
        str_find(lock->text, STR("\"stagepp-lock\""), 0) == STR_NONE)
        return diag_refuse(&s->diags, DIAG_LOCK,
                           "'%.*s' is not a lock file, and is not overwritten",
                           STR_ARG(lock->name));
    diag_report(&s->diags, DIAG_LOCK_REPLACED, at, NULL,
                "%s; the lock is replaced, and what it said of the files of "
                "other templates is gone: run stagepp --lock for each of them",
                err->message);
    return session_status(s) == STAGEPP_OK;
}

bool lock_write(stagepp_session *s, struct run *r)
{
    struct data_error err;
    const char *path = r->job->about ? r->job->about : "";
    lock_list list = {0}, old = {0};
    enum file_status status;
    struct source *lock = open_lock(s, path, &status);
    if (!lock && status != FILE_MISSING)
        return false;
    if (lock && !parse(s, lock, &old, &err)) {
        old = (lock_list){0};
        if (!may_replace(s, lock, &err))
            return false;
    }
    list_here(s, &list);
    print(&s->text, &s->run, &list, &old);
    return results_write_file(s, path, session_take(s));
}

/* --- comparing --- */

/* The place of a file in the lock: its name, in quotes. */
static struct span place_of(stagepp_session *s, struct source *lock,
                            const struct lock_entry *e)
{
    size_t mark = s->text.len;
    json_quote(&s->text, e->file);
    if (e->include)
        buf_printf(&s->text, ", \"include\": %lld", (long long)e->include);
    struct str quoted = buf_from(&s->text, mark);
    size_t at = str_find(lock->text, quoted, 0);
    struct span place = {lock, 0, 0};
    if (at != STR_NONE)
        place = (struct span){lock, (uint32_t)at, (uint32_t)quoted.len};
    buf_truncate(&s->text, mark);
    return place;
}

/* What to say about two versions, each of which may be missing. */
static struct str version_words(struct arena *a, struct str was, struct str is)
{
    if (was.len && str_eq(was, is))
        return STR(", but its version has not");
    if (was.len == 0 && is.len == 0)
        return STR("");
    return ARENA_CONCAT(
        a, STR(": it had "), was.len ? STR("version ") : STR("no version"), was,
        STR(", and has "), is.len ? STR("version ") : STR("no version"), is);
}

/* Which stagepp has made a lock. */
static struct str maker(struct arena *a, struct str was, struct str is)
{
    if (was.len == 0)
        return ARENA_CONCAT(a, STR("another stagepp than this one, "), is);
    if (str_eq(was, is))
        return ARENA_CONCAT(a, STR("another build of stagepp "), is);
    return ARENA_CONCAT(a, STR("stagepp "), was, STR("; this is "), is);
}

/* The compiled-in library changes with the program. */
static void report_compiled(stagepp_session *s, struct span at,
                            const struct lock_entry *here,
                            const struct lock_entry *locked)
{
    struct str by = maker(&s->run, locked->stagepp, here->stagepp);
    struct diag *d = diag_report(
        &s->diags, DIAG_LOCK, at, NULL,
        "'%.*s' is a part of stagepp, and the lock was made by %.*s",
        STR_ARG(here->file), STR_ARG(by));
    diag_note(&s->diags, d, source_nowhere,
              "use that stagepp, or run stagepp --lock with this one");
}

static void report_changed(stagepp_session *s, struct source *lock,
                           const struct lock_entry *here,
                           const struct lock_entry *locked)
{
    struct span at = place_of(s, lock, here);
    if (here->stagepp.len) {
        report_compiled(s, at, here, locked);
        return;
    }
    struct str versions =
        version_words(&s->run, locked->version, here->version);
    struct diag *d = diag_report(&s->diags, DIAG_LOCK, at, NULL,
                                 "'%.*s' has changed since it was locked%.*s",
                                 STR_ARG(here->file), STR_ARG(versions));
    diag_note(&s->diags, d, source_nowhere,
              "its SHA-256 is %.*s; if that is intended, run stagepp --lock",
              STR_ARG(here->sha256));
}

/* Two entries are the same if file and bytes are. */
static struct str identity(struct arena *a, const struct lock_entry *e)
{
    return ARENA_CONCAT(a, e->sha256, STR(" "), key_of(a, e));
}

static void compare(stagepp_session *s, struct source *lock,
                    const lock_list *here, const lock_list *locked)
{
    struct map same = {0};
    uint32_t *where = arena_array(&s->run, locked->n, sizeof *where);
    struct map files = index_files(&s->run, locked, where);
    for (uint32_t i = 0; i < locked->n; i++)
        map_put(&same, &s->run, identity(&s->run, &locked->at[i]), NULL);
    for (uint32_t i = 0; i < here->n; i++) {
        const struct lock_entry *e = &here->at[i];
        uint32_t other = map_find(&files, key_of(&s->run, e));
        if (map_find(&same, identity(&s->run, e)) != MAP_NONE)
            continue;
        if (other != MAP_NONE)
            report_changed(s, lock, e, &locked->at[where[other]]);
        else
            diag_report(
                &s->diags, DIAG_LOCK, source_nowhere, NULL,
                "'%.*s' is used, but not in '%.*s'; if that is intended, "
                "run stagepp --lock",
                STR_ARG(e->file), STR_ARG(lock->name));
    }
}

static void refuse(stagepp_session *s, struct source *lock,
                   const struct data_error *err)
{
    struct span at = {lock, (uint32_t)err->offset, 1};
    diag_report(&s->diags, DIAG_LOCK, at, NULL,
                "%s; stagepp --lock writes the lock anew", err->message);
}

bool lock_check(stagepp_session *s, const char *path)
{
    struct data_error err;
    lock_list list = {0}, locked = {0};
    enum file_status status;
    struct source *lock = open_lock(s, path, &status);
    if (!lock && status == FILE_MISSING)
        diag_report(&s->diags, DIAG_UNREADABLE, source_nowhere, NULL,
                    "cannot read '%s': there is no such file; stagepp --lock "
                    "writes it",
                    path);
    if (lock && !parse(s, lock, &locked, &err)) {
        refuse(s, lock, &err);
    } else if (lock) {
        list_here(s, &list);
        compare(s, lock, &list, &locked);
    }
    return session_status(s) == STAGEPP_OK;
}
