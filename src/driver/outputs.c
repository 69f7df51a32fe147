/* SPDX-License-Identifier: MIT */
/* In: names and bytes of outputs, and a target; out: files, a diff or a list.
 * The one idea: first a plan is made (who takes part, where does it go), then
 * the plan is held against the file system (would it overwrite an input, is
 * there a directory in the way), and only a plan without objections is carried
 * out. */
#include "driver/outputs.h"

#include "base/below.h"
#include "base/map.h"
#include "base/parallel.h"
#include "base/path.h"
#include "base/temporary.h"
#include "base/vec.h"
#include "driver/diff.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct span nowhere;

static bool is_main(const struct output_file *f)
{
    return f->kind == OUTPUT_MAIN;
}

/* --- the plan --- */

/* Where f goes; NULL when the target does not ask for it. */
static char *destination(const struct output_job *job,
                         const struct output_file *f)
{
    const stagepp_target *t = job->target;
    if (is_main(f) && !t->main_path)
        return NULL;
    struct str path = is_main(f) ? str_from(t->main_path) : f->path;
    char *name = arena_cstr(job->arena, path);
    if (t->only && fnmatch(t->only, name, 0) != 0)
        return NULL;
    if (is_main(f) || !t->out_dir)
        return name;
    struct str dir = path_normalise(job->arena, str_from(t->out_dir));
    if (dir.len == 0 || str_eq(dir, STR(".")))
        return name;
    return arena_cstr(job->arena, path_join(job->arena, dir, path));
}

static bool check_has_main(const struct output_job *job)
{
    if (!job->target->main_path || (job->n > 0 && is_main(&job->files[0])))
        return true;
    diag_report(job->diags, DIAG_NO_OUTPUT, nowhere, NULL,
                "-o %s given, but the template has no text outside its @file "
                "blocks",
                job->target->main_path);
    return false;
}

static bool check_matched(const struct output_job *job, size_t n)
{
    if (!job->target->only || n > 0)
        return true;
    diag_report(job->diags, DIAG_NO_OUTPUT, nowhere, NULL,
                "no output matches '%s'", job->target->only);
    return false;
}

static bool report_clash(const struct output_job *job,
                         const struct output_plan *p, const char *what)
{
    diag_report(job->diags, DIAG_DUPLICATE_OUTPUT, p->file->span, NULL,
                "the output '%s' %s", p->path, what);
    return false;
}

/* True if one of the directories that path lies in is a place of the map;
 * only those are looked up that are as long as one, as a path may be as long
 * as any text. */
static bool lies_below(const struct map *places, const bool *lengths,
                       struct str path)
{
    for (size_t at = 1; at < path.len; at++)
        if (path.ptr[at] == '/' && lengths[at] &&
            map_find(places, str_slice(path, 0, at)) != MAP_NONE)
            return true;
    return false;
}

/* Why no output of this kind can be where another is. */
static const char *second_use(enum output_kind kind)
{
    switch (kind) {
    case OUTPUT_RULE:
        return "cannot hold the rule for make as well; name another file with "
               "-MF";
    case OUTPUT_BAKE:
        return "cannot hold the targets for bake as well; name another file "
               "with --bake";
    case OUTPUT_MAP:
        return "cannot hold the source map as well; name another file with "
               "--map";
    default:
        return "is the main output already (-o)";
    }
}

/* No two outputs in one place, none below another. */
static bool check_distinct(const struct output_job *job,
                           const struct output_plan *plan, size_t n)
{
    struct map places = {0};
    size_t longest = 0;
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        bool added;
        struct str path = path_normalise(job->arena, str_from(plan[i].path));
        map_put(&places, job->arena, path, &added);
        if (!added)
            ok = report_clash(job, &plan[i], second_use(plan[i].file->kind));
        longest = path.len > longest ? path.len : longest;
    }
    bool *lengths = arena_zalloc(job->arena, longest + 1);
    for (uint32_t i = 0; i < places.n; i++)
        lengths[places.keys[i].len] = true;
    for (size_t i = 0; i < n; i++)
        if (lies_below(&places, lengths,
                       path_normalise(job->arena, str_from(plan[i].path))))
            ok = report_clash(job, &plan[i],
                              "lies below another output, which is a file");
    return ok;
}

static void plan_output(const struct output_job *job, struct output_plan *p,
                        const struct output_file *f, char *path)
{
    *p = (struct output_plan){.file = f, .path = path, .dir = -ENOENT};
    if (f->kind == OUTPUT_BLOCK)
        p->below = arena_cstr(job->arena, f->path);
}

/* What is written beside the outputs is one more; it takes part whatever the
 * glob. */
static void plan_extra(const struct output_job *job, struct output_plan *p,
                       enum output_kind kind, const char *path,
                       struct str bytes)
{
    struct output_file *f = arena_alloc(job->arena, sizeof *f);
    *f = (struct output_file){.kind = kind, .bytes = bytes};
    plan_output(job, p, f, arena_cstr(job->arena, str_from(path)));
}

bool outputs_choose(const struct output_job *job, struct output_plan **plan,
                    size_t *n)
{
    /* With room for what is written beside them. */
    *plan = arena_array(job->arena, job->n + 3, sizeof **plan);
    *n = 0;
    for (size_t i = 0; i < job->n; i++) {
        char *path = destination(job, &job->files[i]);
        if (path)
            plan_output(job, &(*plan)[(*n)++], &job->files[i], path);
    }
    return check_has_main(job) && check_matched(job, *n);
}

bool outputs_plan(const struct output_job *job, struct output_plan **plan,
                  size_t *n)
{
    if (!outputs_choose(job, plan, n))
        return false;
    const stagepp_target *t = job->target;
    if (t->rule_path)
        plan_extra(job, &(*plan)[(*n)++], OUTPUT_RULE, t->rule_path,
                   (struct str){t->rule, t->rule_len});
    if (t->map_path)
        plan_extra(job, &(*plan)[(*n)++], OUTPUT_MAP, t->map_path,
                   (struct str){t->map, t->map_len});
    if (t->bake_path)
        plan_extra(job, &(*plan)[(*n)++], OUTPUT_BAKE, t->bake_path,
                   (struct str){t->bake, t->bake_len});
    return check_distinct(job, *plan, *n);
}

/* --- objections --- */

static bool report_unwritable(const struct output_job *job,
                              const struct output_plan *p, int err)
{
    diag_report(job->diags, DIAG_UNWRITABLE, p->file->span, NULL,
                "cannot write '%s': %s", p->path, strerror(err));
    return false;
}

static bool report_special(const struct output_job *job,
                           const struct output_plan *p)
{
    diag_report(job->diags, DIAG_UNWRITABLE, p->file->span, NULL,
                "cannot write '%s': @file writes regular files only", p->path);
    return false;
}

static bool report_bad_dir(const struct output_job *job,
                           const struct output_plan *p, const char *dir,
                           int err)
{
    diag_report(job->diags, DIAG_UNWRITABLE, p->file->span, NULL,
                "cannot write '%s': directory '%s': %s", p->path, dir,
                strerror(err));
    return false;
}

/* --- the plan and the file system --- */

static struct file_look look_below(const struct output_plan *p)
{
    struct file_look look = {.state = FILE_ABSENT};
    struct below b;
    int err = p->dir < 0 ? -p->dir : below_open(&b, p->dir, p->below, false);
    if (err) {
        if (err == ELOOP && p->dir >= 0)
            look.state = FILE_LINK;
        else
            look.err = err == ENOENT ? 0 : err;
        return look;
    }
    look = file_look_at(b.dir, b.name, p->file->bytes);
    below_close(&b);
    return look;
}

/* What several threads may share: each looks at one output of the plan. */
static void look_at(void *plan, size_t i)
{
    struct output_plan *p = (struct output_plan *)plan + i;
    p->look = p->below ? look_below(p) : file_look(p->path, p->file->bytes);
}

/* So many at a time, so that their texts need not be in memory all at once. */
enum {
    TEAM_OUTPUTS = 256
};

static void team_run(const struct output_job *job, struct output_plan *plan,
                     size_t n, void (*work)(void *ctx, size_t i))
{
    for (size_t from = 0; from < n; from += TEAM_OUTPUTS) {
        size_t count = n - from < TEAM_OUTPUTS ? n - from : TEAM_OUTPUTS;
        parallel_run(count, job->target->jobs, work, plan + from);
        for (size_t i = from; i < from + count; i++)
            spill_rest(job->spill, plan[i].file->bytes);
    }
}

/* --- below the output directory --- */

static const char *out_dir_path(const struct output_job *job)
{
    return job->target->out_dir ? job->target->out_dir : ".";
}

void outputs_close(int *out_dir)
{
    if (*out_dir)
        close(*out_dir - 1);
    *out_dir = 0;
}

/* Has blocks go below the output directory, if that is there. */
static void open_out_dir(const struct output_job *job, struct output_plan *plan,
                         size_t n)
{
    outputs_close(job->out_dir);
    int fd = below_open_root(out_dir_path(job), true);
    int dir = fd < 0 ? -errno : fd;
    *job->out_dir = fd + 1;
    for (size_t i = 0; i < n; i++)
        plan[i].dir = dir;
}

/* Where path leads, what is missing at its end included; empty when that hangs
 * on a link to nothing. */
static struct str real_path(struct arena *a, struct str path)
{
    for (struct str at = path; at.len; at = path_dir(at)) {
        const char *name = arena_cstr(a, at);
        struct str rest = str_from_off(path, at.len), real = file_real(a, name);
        if (real.len)
            return path_normalise(
                a, arena_printf(a, "%.*s%.*s", STR_ARG(real), STR_ARG(rest)));
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
        end = arena_printf(a, "./%.*s", STR_ARG(end));
    struct str real = real_path(a, end);
    struct str rest = path_below(real, file_real(a, out_dir_path(job)));
    return rest.len ? arena_cstr(a, rest) : NULL;
}

/* A link in the output directory is followed as long as it stays in there. */
static bool settle_link(const struct output_job *job, struct output_plan *p)
{
    if (!p->below || p->look.state != FILE_LINK)
        return true;
    const char *end = end_of_links(job, p);
    if (end) {
        p->below = end;
        p->look = look_below(p);
    }
    p->look.is_link = true;
    if (p->look.state != FILE_LINK)
        return true;
    diag_report(job->diags, DIAG_UNWRITABLE, p->file->span, NULL,
                "the output '%s' is behind a link that leads out of the output "
                "directory '%s', or in circles",
                p->path, out_dir_path(job));
    return false;
}

static void look_at_all(const struct output_job *job, struct output_plan *plan,
                        size_t n)
{
    open_out_dir(job, plan, n);
    team_run(job, plan, n, look_at);
}

/* The inputs by their identity. */
struct inputs {
    struct map ids;
    VEC(const struct source *) sources;
};

/* A key, so without padding. */
static struct str id_key(struct arena *a, struct file_id id)
{
    uint64_t *key = arena_array(a, 2, sizeof *key);
    key[0] = (uint64_t)id.dev;
    key[1] = (uint64_t)id.ino;
    return (struct str){(const char *)key, 2 * sizeof *key};
}

static void find_inputs(const struct output_job *job, struct inputs *in)
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

/* What p would overwrite; directories that are missing are made: then
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
                           const struct inputs *in, const struct output_plan *p)
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

/* What is in the way stands above a path that cannot be looked at because of
 * ENOTDIR; directories that are missing are made for @file outputs only. */
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

/* The file that is written: a link stays, and where it leads changes. */
static struct str target_of(const struct output_job *job,
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
    struct str target = target_of(job, p);
    struct str above = path_dir(target);
    if (known->ptr && str_eq(above, *known))
        return true;
    char *dir = nearest_dir(job, target.ptr, !is_main(p->file));
    int err = judge_dir(dir);
    if (err)
        return report_bad_dir(job, p, dir, err);
    *known = above;
    return true;
}

static bool needs_writing(const struct output_plan *p)
{
    return p->file->kind != OUTPUT_BLOCK || p->look.state != FILE_SAME;
}

static bool check_writable(const struct output_job *job,
                           const struct output_plan *p, struct str *known)
{
    if (!needs_writing(p))
        return true;
    /* What the directory above is to blame for is said of that. */
    if (p->look.err && p->look.err != ENOTDIR && p->look.err != EACCES)
        return report_unwritable(job, p, p->look.err);
    /* Only a directory may be called "x/", whether it is there or not. */
    if (str_ends(str_from(p->path), STR("/")) || p->look.state == FILE_DIR)
        return report_unwritable(job, p, EISDIR);
    if (p->look.state == FILE_SPECIAL && p->file->kind == OUTPUT_BLOCK)
        return report_special(job, p);
    return p->look.state == FILE_SPECIAL || check_dir(job, p, known);
}

static bool check_all(const struct output_job *job, struct output_plan *plan,
                      size_t n)
{
    struct inputs in;
    struct str known = {NULL, 0};
    bool ok = true;
    look_at_all(job, plan, n);
    find_inputs(job, &in);
    for (size_t i = 0; i < n; i++)
        ok = settle_link(job, &plan[i]) && check_no_input(job, &in, &plan[i]) &&
             check_writable(job, &plan[i], &known) && ok;
    return ok;
}

/* --- what is done with it --- */

static int write_below(const struct output_plan *p)
{
    struct below b;
    int err = below_open(&b, p->dir, p->below, true);
    if (err)
        return err;
    err = file_write_at(b.dir, b.name, p->file->bytes);
    below_close(&b);
    return err;
}

static int write_beside(const struct output_plan *p)
{
    int err = file_write(p->path, p->file->bytes);
    if (err != ENOENT || is_main(p->file))
        return err;
    err = file_make_parents(p->path);
    return err ? err : file_write(p->path, p->file->bytes);
}

static void write_one(void *plan, size_t i)
{
    struct output_plan *p = (struct output_plan *)plan + i;
    if (needs_writing(p) && !p->err)
        p->err = p->below ? write_below(p) : write_beside(p);
}

/* Makes the output directory, if there is something to write into it. */
static void make_out_dir(const struct output_job *job, struct output_plan *plan,
                         size_t n)
{
    const char *inside = arena_cstr(
        job->arena, arena_printf(job->arena, "%s/", out_dir_path(job)));
    size_t first = 0;
    while (first < n && !plan[first].below)
        first++;
    if (first == n || plan[first].dir >= 0)
        return;
    int err = file_make_parents(inside);
    if (!err)
        open_out_dir(job, plan, n);
    for (size_t i = first; i < n; i++)
        if (plan[i].below && plan[i].dir < 0)
            plan[i].err = err ? err : -plan[i].dir;
}

/* The directory of p, which is that of a link's end. */
static void sweep_beside(const struct output_plan *p, const char *dir)
{
    struct below b;
    if (!p->below) {
        temporary_sweep(AT_FDCWD, dir);
        return;
    }
    if (p->dir < 0 || below_open(&b, p->dir, p->below, false) != 0)
        return;
    temporary_sweep(b.dir, ".");
    below_close(&b);
}

/* Killed runs leave temporaries beside what they wrote. Each directory of an
 * output is looked at, also if all outputs in it are as they should be; those
 * in one directory mostly come one after the other. */
static void sweep(const struct output_job *job, const struct output_plan *plan,
                  size_t n)
{
    struct map done = {0};
    struct str last = {NULL, 0};
    bool added;
    for (size_t i = 0; i < n; i++) {
        const struct output_plan *p = &plan[i];
        struct str dir = path_dir(target_of(job, p));
        if (p->look.state == FILE_SPECIAL || (last.ptr && str_eq(dir, last)))
            continue;
        last = dir;
        map_put(&done, job->arena, dir, &added);
        if (added)
            sweep_beside(p, dir.len ? arena_cstr(job->arena, dir) : ".");
    }
}

static bool carry_out(const struct output_job *job, struct output_plan *plan,
                      size_t n)
{
    bool ok = true;
    sweep(job, plan, n);
    make_out_dir(job, plan, n);
    team_run(job, plan, n, write_one);
    for (size_t i = 0; i < n; i++)
        if (plan[i].err)
            ok = report_unwritable(job, &plan[i], plan[i].err);
    return ok;
}

bool outputs_write(const struct output_job *job)
{
    struct output_plan *plan;
    size_t n;
    bool ok = outputs_plan(job, &plan, &n) && check_all(job, plan, n) &&
              carry_out(job, plan, n);
    outputs_close(job->out_dir);
    return ok;
}

static void add_diff(const struct output_job *job, struct buf *diff,
                     const struct output_plan *p, struct str old, bool missing)
{
    struct str name = str_from(p->path);
    struct diff_side before = {missing ? STR("/dev/null") : name, old};
    struct diff_side after = {
        arena_printf(job->arena, "%s (expanded)", p->path), p->file->bytes};
    /* An empty file that does not exist yet has no lines to show. */
    if (before.text.len == 0 && after.text.len == 0)
        buf_printf(diff, "--- /dev/null\n+++ %s (expanded)\n", p->path);
    diff_unified(diff, job->arena, before, after);
}

static bool report_unreadable(const struct output_job *job,
                              const struct output_plan *p,
                              enum file_status status, int err)
{
    const char *why = status == FILE_NOT_REGULAR  ? "not a regular file"
                      : status == FILE_NOT_STORED ? "a file of the system"
                      : status == FILE_SWAPPED    ? strerror(ELOOP)
                      : status == FILE_TOO_BIG    ? "too big to compare"
                                                  : strerror(err);
    diag_report(job->diags, DIAG_UNREADABLE, p->file->span, NULL,
                "cannot read '%s': %s", p->path, why);
    return false;
}

static bool check_one(const struct output_job *job, struct buf *diff,
                      const struct output_plan *p, size_t *differing)
{
    if (p->look.state == FILE_SAME)
        return true;
    struct arena_mark m = arena_mark(job->arena);
    struct file_data old = {0};
    enum file_status status = FILE_MISSING;
    if (!p->below)
        status = file_read(job->arena, p->path, &old);
    else if (p->dir >= 0)
        status = file_read_below(job->arena, p->dir, p->below, &old);
    bool missing = status == FILE_MISSING;
    if (status != FILE_OK && !missing)
        return report_unreadable(job, p, status, old.err);
    add_diff(job, diff, p, missing ? STR("") : old.bytes, missing);
    ++*differing;
    arena_rewind(job->arena, m);
    return true;
}

bool outputs_check(const struct output_job *job, struct buf *diff,
                   size_t *differing)
{
    struct output_plan *plan;
    size_t n;
    *differing = 0;
    if (!outputs_plan(job, &plan, &n))
        return false;
    struct inputs in;
    bool ok = true;
    look_at_all(job, plan, n);
    find_inputs(job, &in);
    for (size_t i = 0; i < n; i++)
        ok = settle_link(job, &plan[i]) && check_no_input(job, &in, &plan[i]) &&
             check_one(job, diff, &plan[i], differing) && ok;
    outputs_close(job->out_dir);
    return ok;
}

bool outputs_list(const struct output_job *job, struct buf *out)
{
    struct output_plan *plan;
    size_t n;
    if (!outputs_plan(job, &plan, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        buf_printf(out, "%s\n", plan[i].path);
    return true;
}
