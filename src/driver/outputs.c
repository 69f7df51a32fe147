/* SPDX-License-Identifier: MIT */
/* In: names and bytes of outputs, and a target; out: a plan of what goes where.
 * disk.c compares the plan with the file system, and commit.c carries it out if
 * nothing objects. */
#include "driver/outputs.h"

#include "base/map.h"
#include "base/path.h"
#include "eval/output.h"

#include <string.h>

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
    if (t->only && !outputs_match(t->only, name))
        return NULL;
    if (is_main(f) || !t->out_dir)
        return name;
    struct str dir = path_normalise(job->arena, str_from(t->out_dir));
    if (dir.len == 0 || str_eq(dir, STR(".")))
        return name;
    return arena_cstr(job->arena, path_join(job->arena, dir, path));
}

bool outputs_print_main(const struct output_job *job)
{
    return job->n && is_main(&job->files[0]) && !job->target->main_path &&
           !job->target->only;
}

static bool check_has_main(const struct output_job *job)
{
    return !job->target->main_path || (job->n > 0 && is_main(&job->files[0])) ||
           diag_refuse(
               job->diags, DIAG_NO_OUTPUT,
               "-o %s given, but the template has no text outside its @file "
               "blocks, which name the outputs: leave -o out (for stagepp.mk, "
               "name the template in STAGEPP_SETS)",
               job->target->main_path);
}

static bool check_matched(const struct output_job *job, size_t n)
{
    return !job->target->only || n > 0 ||
           diag_refuse(job->diags, DIAG_NO_OUTPUT,
                       "no output matches '%s'; --list shows their paths",
                       job->target->only);
}

static bool report_clash(const struct output_job *job,
                         const struct output_plan *p, const char *what)
{
    diag_report(job->diags, DIAG_DUPLICATE_OUTPUT, p->file->span, NULL,
                "the output '%s' %s", p->path, what);
    return false;
}

/* True if one of the directories above path is in the map. A path may be very
 * long, so only prefixes are looked up whose length is that of a place. */
static bool lies_below(const struct map *places, const bool *lengths,
                       struct str path)
{
    for (size_t at = 1; at < path.len; at++)
        if (path.ptr[at] == '/' && lengths[at] &&
            map_find(places, str_slice(path, 0, at)) != MAP_NONE)
            return true;
    return false;
}

/* Why an output of this kind cannot be where another one is. */
static const char *const second_use[OUTPUT_KINDS] = {
    [OUTPUT_BLOCK] = "is already the main output (-o)",
    [OUTPUT_RULE] = "cannot hold the rule for make as well; name another file "
                    "with -MF",
    [OUTPUT_MAP] = "cannot hold the source map as well; name another file with "
                   "--map",
    [OUTPUT_BAKE] = "cannot hold the targets for bake as well; name another "
                    "file with --bake",
};

/* No two outputs are in one place, and none is below another. */
static bool check_distinct(const struct output_job *job,
                           const output_plans *plans)
{
    struct map places = {0};
    size_t longest = 0;
    bool ok = true;
    for (uint32_t i = 0; i < plans->n; i++) {
        const struct output_plan *p = &plans->at[i];
        bool added;
        struct str path = path_normalise(job->arena, str_from(p->path));
        map_put(&places, job->arena, path, &added);
        if (!added)
            ok = report_clash(job, p, second_use[p->file->kind]);
        longest = path.len > longest ? path.len : longest;
    }
    bool *lengths = arena_zalloc(job->arena, longest + 1);
    for (uint32_t i = 0; i < places.n; i++)
        lengths[places.keys[i].len] = true;
    for (uint32_t i = 0; i < plans->n; i++)
        if (lies_below(&places, lengths,
                       path_normalise(job->arena, str_from(plans->at[i].path))))
            ok = report_clash(job, &plans->at[i],
                              "is below another output, which is a file");
    return ok;
}

static void plan_output(const struct output_job *job, output_plans *plans,
                        const struct output_file *f, char *path)
{
    struct output_plan p = {.file = f, .path = path};
    if (f->kind == OUTPUT_BLOCK)
        p.below = arena_cstr(job->arena, f->path);
    vec_push(job->arena, plans, p);
}

bool outputs_choose(const struct output_job *job, output_plans *plans)
{
    for (size_t i = 0; i < job->n; i++) {
        char *path = destination(job, &job->files[i]);
        if (path)
            plan_output(job, plans, &job->files[i], path);
    }
    return check_has_main(job) && check_matched(job, plans->n);
}

/* What is written beside the outputs takes part whatever the glob. */
bool outputs_plan(const struct output_job *job, output_plans *plans)
{
    if (!outputs_choose(job, plans))
        return false;
    for (int i = 0; i < OUTPUT_KINDS - OUTPUT_RULE; i++) {
        const struct output_file *f = &job->besides[i];
        if (f->path.ptr)
            plan_output(job, plans, f, arena_cstr(job->arena, f->path));
    }
    return check_distinct(job, plans);
}

bool outputs_list(const struct output_job *job, struct buf *out)
{
    output_plans plans = {0};
    if (!outputs_plan(job, &plans))
        return false;
    for (uint32_t i = 0; i < plans.n; i++)
        buf_printf(out, "%s\n", plans.at[i].path);
    return true;
}
