/* SPDX-License-Identifier: MIT */
/* Looks at each output once; what was seen decides whether it may be written,
 * and whether it needs to be. */
#include "driver/disk.h"

#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- objections --- */

bool disk_refuse(const struct output_job *job, const struct output_plan *p,
                 const char *why)
{
    diag_report(job->diags, DIAG_UNWRITABLE, p->file->span, NULL,
                "cannot write '%s': %s", p->path, why);
    return false;
}

/* --- the plan and the file system --- */

const char *disk_dir(const struct output_job *job)
{
    return job->target->out_dir ? job->target->out_dir : ".";
}

void disk_close(int *out_dir)
{
    if (*out_dir > 0)
        close(*out_dir - 1);
    *out_dir = 0;
}

void disk_open(const struct output_job *job)
{
    disk_close(job->out_dir);
    int fd = below_open_root(disk_dir(job), true);
    *job->out_dir = fd < 0 ? -errno : fd + 1;
}

int disk_below(const struct output_job *job, const struct output_plan *p,
               bool make, struct below *b)
{
    int dir = *job->out_dir;
    return dir <= 0 ? -dir : below_open(b, dir - 1, p->below, make);
}

static struct file_look look_below(const struct output_job *job,
                                   const struct output_plan *p)
{
    struct file_look look = {.state = FILE_ABSENT, .mode = -1};
    struct below b;
    int err = disk_below(job, p, false, &b);
    if (err == ELOOP && *job->out_dir > 0) {
        look.state = FILE_LINK;
    } else if (err) {
        look.err = err == ENOENT ? 0 : err;
    } else {
        look = file_look(b.dir, b.name, p->file->bytes, false);
        below_close(&b);
    }
    return look;
}

/* Where path leads, even if its last parts do not exist; empty when a link in
 * it leads to nothing. */
static struct str real_path(struct arena *a, struct str path)
{
    for (struct str at = path; at.len; at = path_dir(at)) {
        const char *name = arena_cstr(a, at);
        struct str rest = str_from_off(path, at.len), real = file_real(a, name);
        if (real.len)
            return path_normalise(a, ARENA_CONCAT(a, real, rest));
        if (file_is_link(name))
            break;
    }
    return STR("");
}

/* The path below the output directory to what p leads to through links; NULL
 * when that is not below it. */
static const char *end_of_links(const struct output_job *job,
                                const struct output_plan *p)
{
    struct arena *a = job->arena;
    struct str end = file_target(a, p->path);
    if (!path_is_absolute(end))
        end = ARENA_CONCAT(a, STR("./"), end);
    struct str real = real_path(a, end);
    struct str rest = path_below(real, file_real(a, disk_dir(job)));
    return rest.len ? arena_cstr(a, rest) : NULL;
}

/* A link in the output directory is followed as long as it stays inside. */
static bool settle_link(const struct output_job *job, struct output_plan *p)
{
    if (!p->below || p->look.state != FILE_LINK)
        return true;
    const char *end = end_of_links(job, p);
    if (end) {
        p->below = end;
        p->look = look_below(job, p);
    }
    p->look.is_link = true;
    if (p->look.state != FILE_LINK)
        return true;
    diag_report(
        job->diags, DIAG_UNWRITABLE, p->file->span, NULL,
        "the output '%s' is reached through a link that leaves the output "
        "directory '%s' or leads back to itself",
        p->path, disk_dir(job));
    return false;
}

void disk_look(const struct output_job *job, output_plans *plans)
{
    disk_open(job);
    for (uint32_t i = 0; i < plans->n; i++) {
        struct output_plan *p = &plans->at[i];
        p->look = p->below ? look_below(job, p)
                           : file_look(AT_FDCWD, p->path, p->file->bytes, true);
    }
}

/* The bytes are a key of a map, so they must not include padding. */
static struct str id_key(struct arena *a, struct file_id id)
{
    uint64_t *key = arena_array(a, 2, sizeof *key);
    key[0] = (uint64_t)id.dev;
    key[1] = (uint64_t)id.ino;
    return (struct str){(const char *)key, 2 * sizeof *key};
}

void disk_inputs(const struct output_job *job, struct disk_inputs *in)
{
    bool added;
    memset(in, 0, sizeof *in);
    for (size_t i = 0; i < job->nsources; i++) {
        const struct source *s = job->sources[i];
        if (!s->has_id)
            continue;
        map_put(&in->ids, job->arena, id_key(job->arena, s->id), &added);
        if (added)
            vec_push(job->arena, &in->sources, s);
    }
}

/* What p would overwrite. Missing directories will be made, and then
 * "missing/../x" is x. */
static bool identify(const struct output_job *job, const struct output_plan *p,
                     struct file_id *id)
{
    bool regular;
    *id = p->look.id;
    if (p->look.state != FILE_ABSENT)
        return p->look.state == FILE_OTHER || p->look.state == FILE_SAME;
    struct str path = path_normalise(job->arena, str_from(p->path));
    return !str_eq(path, str_from(p->path)) &&
           file_identify(arena_cstr(job->arena, path), id, &regular) && regular;
}

static bool check_no_input(const struct output_job *job,
                           const struct disk_inputs *in,
                           const struct output_plan *p)
{
    struct file_id id;
    if (!identify(job, p, &id))
        return true;
    uint32_t i = map_find(&in->ids, id_key(job->arena, id));
    if (i == MAP_NONE)
        return true;
    diag_report(job->diags, DIAG_OVERWRITES_INPUT, p->file->span, NULL,
                "the output '%s' would overwrite the input '%.*s'", p->path,
                STR_ARG(in->sources.at[i]->name));
    return false;
}

bool disk_settle(const struct output_job *job, const struct disk_inputs *in,
                 struct output_plan *p)
{
    return settle_link(job, p) && check_no_input(job, in, p);
}

/* 0, or why a file cannot be made in dir. */
static int judge_dir(const char *dir)
{
    struct stat st;
    if (stat(dir, &st) != 0)
        return errno;
    if (!S_ISDIR(st.st_mode))
        return ENOTDIR;
    return access(dir, W_OK | X_OK) == 0 ? 0 : errno;
}

static char *parent(const struct output_job *job, const char *path)
{
    struct str dir = path_dir(str_from(path));
    return arena_cstr(job->arena, dir.len > 0 ? dir : STR("."));
}

/* The nearest directory above path that exists, or what is in its place.
 * ENOTDIR means that something above is not a directory; missing directories
 * are made for @file outputs only. */
static char *nearest_dir(const struct output_job *job, const char *path,
                         bool made)
{
    struct stat st;
    char *dir = parent(job, path);
    while (strcmp(dir, ".") != 0 && stat(dir, &st) != 0 &&
           (errno == ENOTDIR || (made && errno == ENOENT)))
        dir = parent(job, dir);
    return dir;
}

/* The file that is written: a link stays, and the file it leads to changes. */
struct str disk_target(const struct output_job *job,
                       const struct output_plan *p)
{
    return p->look.is_link ? file_target(job->arena, p->path)
                           : str_from(p->path);
}

/* A link is judged by where it leads. What holds for one file of a directory
 * holds for the next: *known is the last that was found good. */
static bool check_dir(const struct output_job *job, const struct output_plan *p,
                      struct str *known)
{
    struct str target = disk_target(job, p);
    struct str above = path_dir(target);
    if (known->ptr && str_eq(above, *known))
        return true;
    char *dir = nearest_dir(job, target.ptr, p->file->kind != OUTPUT_MAIN);
    int err = judge_dir(dir);
    if (err) {
        struct str why =
            arena_printf(job->arena, "directory '%s': %s", dir, strerror(err));
        return disk_refuse(job, p, why.ptr);
    }
    *known = above;
    return true;
}

bool disk_mode_differs(const struct output_plan *p)
{
    return p->file->mode >= 0 && p->look.mode != p->file->mode;
}

bool disk_mode_is_stale(const struct output_plan *p)
{
    return p->file->mode >= 0 && (p->look.mode ^ p->file->mode) & S_IXUSR;
}

bool disk_differs(const struct output_plan *p)
{
    return p->file->kind != OUTPUT_BLOCK || p->look.state != FILE_SAME ||
           disk_mode_differs(p);
}

bool disk_may_write(const struct output_job *job, const struct output_plan *p,
                    struct str *known)
{
    if (!disk_differs(p))
        return true;
    /* ENOTDIR and EACCES are reported for the directory above instead. */
    if (p->look.err && p->look.err != ENOTDIR && p->look.err != EACCES)
        return disk_refuse(job, p, strerror(p->look.err));
    /* Only a directory may be called "x/", whether it is there or not. */
    if (str_ends(str_from(p->path), STR("/")) || p->look.state == FILE_DIR)
        return disk_refuse(job, p, strerror(EISDIR));
    if (p->look.state == FILE_SPECIAL && p->file->kind == OUTPUT_BLOCK)
        return disk_refuse(job, p, "@file writes regular files only");
    return p->look.state == FILE_SPECIAL || check_dir(job, p, known);
}
