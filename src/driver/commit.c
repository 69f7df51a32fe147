/* SPDX-License-Identifier: MIT */
/* Carries out a plan to which nothing objects: outputs that differ are written,
 * or their differences shown.
 *
 * There is no fsync: whatever ends the process, what was written and renamed is
 * the kernel's, so a file is the old one or the new one. Only a power failure
 * may leave an empty file on some file systems, and outputs can be made again.
 */
#include "driver/commit.h"

#include "base/map.h"
#include "base/path.h"
#include "base/temporary.h"
#include "driver/diff.h"
#include "driver/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

static bool check_all(const struct output_job *job, output_plans *plans)
{
    struct disk_inputs in;
    struct str known = {0};
    bool ok = true;
    disk_look(job, plans);
    disk_inputs(job, &in);
    for (uint32_t i = 0; i < plans->n; i++)
        ok = disk_settle(job, &in, &plans->at[i]) &&
             disk_may_write(job, &plans->at[i], &known) && ok;
    return ok;
}

/* --- writing --- */

static int make_out_dir(const struct output_job *job)
{
    int err = file_make_parents(
        ARENA_CONCAT(job->arena, str_from(disk_dir(job)), STR("/")).ptr);
    disk_open(job);
    return err;
}

/* The first one that is written may have to make the output directory. */
static int write_below(const struct output_job *job,
                       const struct output_plan *p)
{
    struct below b;
    int err = *job->out_dir > 0 ? 0 : make_out_dir(job);
    if (!err)
        err = disk_below(job, p, true, &b);
    if (err)
        return err;
    err = file_write_at(b.dir, b.name, p->file->bytes, p->file->mode);
    below_close(&b);
    return err;
}

static int write_beside(const struct output_plan *p)
{
    int err = file_write(p->path, p->file->bytes);
    if (err != ENOENT || p->file->kind == OUTPUT_MAIN)
        return err;
    err = file_make_parents(p->path);
    return err ? err : file_write(p->path, p->file->bytes);
}

/* Sweeps the directory of p; for a link that is the directory it leads to. */
static void sweep_beside(const struct output_job *job,
                         const struct output_plan *p, const char *dir)
{
    struct below b;
    if (!p->below) {
        temporary_sweep(AT_FDCWD, dir);
        return;
    }
    if (disk_below(job, p, false, &b) != 0)
        return;
    temporary_sweep(b.dir, ".");
    below_close(&b);
}

/* Runs that were killed leave temporaries beside what they wrote. Every
 * directory of an output is swept, even if all outputs in it are up to date.
 * Outputs of one directory mostly follow each other, so the last directory is
 * remembered. */
static void sweep(const struct output_job *job, const output_plans *plans)
{
    struct map done = {0};
    struct str last = {0};
    bool added;
    for (uint32_t i = 0; i < plans->n; i++) {
        const struct output_plan *p = &plans->at[i];
        struct str dir = path_dir(disk_target(job, p));
        if (p->look.state == FILE_SPECIAL || (last.ptr && str_eq(dir, last)))
            continue;
        last = dir;
        map_put(&done, job->arena, dir, &added);
        if (added)
            sweep_beside(job, p, dir.len ? arena_cstr(job->arena, dir) : ".");
    }
}

/* Reporting may jump, so what can be written is written before. */
static bool carry_out(const struct output_job *job, output_plans *plans)
{
    bool ok = true;
    sweep(job, plans);
    for (uint32_t i = 0; i < plans->n; i++) {
        struct output_plan *p = &plans->at[i];
        if (disk_differs(p))
            p->err = p->below ? write_below(job, p) : write_beside(p);
    }
    for (uint32_t i = 0; i < plans->n; i++)
        if (plans->at[i].err)
            ok = disk_refuse(job, &plans->at[i], strerror(plans->at[i].err));
    return ok;
}

bool commit_write(const struct output_job *job)
{
    output_plans plans = {0};
    bool ok = outputs_plan(job, &plans) && check_all(job, &plans) &&
              carry_out(job, &plans);
    disk_close(job->out_dir);
    return ok;
}

/* --- comparing --- */

/* The modes are shown if the file would get another one. */
static void add_diff(const struct output_job *job, struct buf *diff,
                     const struct output_plan *p, struct str old, bool missing)
{
    struct arena *a = job->arena;
    struct str name = str_from(p->path);
    bool modes = disk_mode_differs(p);
    struct diff_side before = {missing ? STR("/dev/null") : name, old};
    struct diff_side after = {ARENA_CONCAT(a, name, STR(" (expanded)")),
                              p->file->bytes};
    if (modes && !missing)
        before.name =
            arena_printf(a, "%s (mode %03o)", p->path, (unsigned)p->look.mode);
    if (modes)
        after.name = arena_printf(a, "%s (expanded, mode %03o)", p->path,
                                  (unsigned)p->file->mode);
    /* An empty file that does not exist yet has no lines to show, and neither
     * has one of which only the mode differs. */
    if (str_eq(before.text, after.text))
        buf_printf(diff, "--- %s\n+++ %s\n", before.name.ptr, after.name.ptr);
    diff_unified(diff, a, before, after);
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

/* What stands there now; FILE_MISSING when nothing does. */
static enum file_status read_old(const struct output_job *job,
                                 const struct output_plan *p,
                                 struct file_data *old)
{
    *old = (struct file_data){.bytes = STR("")};
    if (p->look.state == FILE_SAME) {
        old->bytes = p->file->bytes;
        return FILE_OK;
    }
    if (!p->below)
        return file_read(job->arena, p->path, old);
    if (*job->out_dir > 0)
        return file_read_below(job->arena, *job->out_dir - 1, p->below, old);
    return FILE_MISSING;
}

static size_t last_line(struct str text)
{
    size_t end = str_rchr(str_chomp(text), '\n');
    return end == STR_NONE ? 0 : end + 1;
}

/* The first line of the file that is not as it would be written. */
static struct span first_difference(const struct output_job *job,
                                    const struct output_plan *p, struct str old)
{
    struct str new = p->file->bytes;
    struct source *source =
        source_new(job->arena, SOURCE_FILE, str_from(p->path), old, UINT32_MAX);
    size_t at = 0, line = 0;
    for (; at < old.len && at < new.len &&old.ptr[at] == new.ptr[at]; at++)
        line = old.ptr[at] == '\n' ? at + 1 : line;
    if (line > 0 && line == old.len) /* the end is missing */
        line = last_line(old);
    size_t len = str_chomp(str_part(str_from_off(old, line), 0, '\n')).len;
    return (struct span){source, (uint32_t)line, (uint32_t)len};
}

/* The text of a stale file stays, for the report. */
static bool check_one(const struct output_job *job, struct buf *diff,
                      const struct output_plan *p, stale_list *stale)
{
    struct file_data old;
    if (p->look.state == FILE_SAME && !disk_mode_is_stale(p))
        return true;
    enum file_status status = read_old(job, p, &old);
    bool missing = status == FILE_MISSING;
    if (status != FILE_OK && !missing)
        return report_unreadable(job, p, status, old.err);
    struct arena_mark m = arena_mark(job->arena);
    add_diff(job, diff, p, missing ? STR("") : old.bytes, missing);
    arena_rewind(job->arena, m);
    struct stale s = {p->file->span, p->path, missing,
                      str_eq(old.bytes, p->file->bytes) && !missing};
    if (!missing)
        s.at = first_difference(job, p, old.bytes);
    vec_push(job->arena, stale, s);
    return true;
}

bool commit_compare(const struct output_job *job, struct buf *diff,
                    stale_list *stale)
{
    output_plans plans = {0};
    if (!outputs_plan(job, &plans))
        return false;
    struct disk_inputs in;
    bool ok = true;
    disk_look(job, &plans);
    disk_inputs(job, &in);
    for (uint32_t i = 0; i < plans.n; i++)
        ok = disk_settle(job, &in, &plans.at[i]) &&
             check_one(job, diff, &plans.at[i], stale) && ok;
    disk_close(job->out_dir);
    return ok;
}
