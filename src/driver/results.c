/* SPDX-License-Identifier: MIT */
/* In: an expansion and a target. Out: files, or what they would be. What is
 * written beside the outputs is made first, so that nothing is written if that
 * goes wrong. */
#include "driver/results.h"

#include "base/path.h"
#include "driver/commit.h"

struct output_job results_job(stagepp_session *s, const stagepp_target *target)
{
    return (struct output_job){
        .arena = &s->run,
        .diags = &s->diags,
        .files = s->expansion.files,
        .n = s->expansion.n,
        .sources = s->sources.used.at,
        .nsources = s->sources.used.n,
        .target = target,
        .out_dir = &s->out_dir,
    };
}

/* --- which outputs there are --- */

bool results_candidates(stagepp_session *s, const stagepp_target *target,
                        candidates *list)
{
    struct output_job job = results_job(s, target);
    output_plans plans = {0};
    if (!outputs_choose(&job, &plans))
        return false;
    if (outputs_print_main(&job)) {
        struct candidate c = {0, STR("-"), STR("-")};
        vec_push(&s->run, list, c);
    }
    for (uint32_t i = 0; i < plans.n; i++) {
        const struct output_file *file = plans.at[i].file;
        struct candidate c = {(size_t)(file - job.files),
                              str_from(plans.at[i].path), file->path};
        vec_push(&s->run, list, c);
    }
    return true;
}

enum {
    SHOWN_NAMES = 10
};

const char *results_names(stagepp_session *s, const candidates *list)
{
    size_t mark = s->text.len;
    uint32_t n = list->n < SHOWN_NAMES ? list->n : SHOWN_NAMES;
    for (uint32_t i = 0; i < n; i++) {
        buf_add_cstr(&s->text, i ? ", '" : "'");
        buf_add(&s->text, list->at[i].name);
        buf_add_char(&s->text, '\'');
    }
    if (n < list->n)
        buf_printf(&s->text, " and %u more", list->n - n);
    const char *names = arena_cstr(&s->run, buf_from(&s->text, mark));
    buf_truncate(&s->text, mark);
    return names;
}

struct str results_usual_name(const stagepp_session *s)
{
    struct str name = path_base(s->input->name);
    if (name.len > 3 && str_ends(name, STR(".in")))
        name.len -= 3;
    return name;
}

bool results_all_named(stagepp_session *s, const stagepp_target *target,
                       const char *option)
{
    struct output_job job = results_job(s, target);
    return !outputs_print_main(&job) ||
           diag_refuse(
               &s->diags, DIAG_USAGE,
               "%s needs -o FILE: the template has text outside its @file "
               "blocks, which would go to standard output",
               option);
}

/* --- what is written beside them --- */

static struct output_file *beside(struct output_job *job, enum output_kind kind)
{
    return &job->besides[kind - OUTPUT_RULE];
}

void results_beside(struct output_job *job, enum output_kind kind,
                    const char *path)
{
    if (path)
        *beside(job, kind) = (struct output_file){
            .kind = kind, .path = str_from(path), .mode = -1};
}

static bool prints_rule(const stagepp_target *t)
{
    return t->rule_path && str_eq(str_from(t->rule_path), STR("-"));
}

static struct output_job job_with_besides(stagepp_session *s,
                                          const stagepp_target *target)
{
    struct output_job job = results_job(s, target);
    if (!prints_rule(target))
        results_beside(&job, OUTPUT_RULE, target->rule_path);
    results_beside(&job, OUTPUT_MAP, target->map_path);
    results_beside(&job, OUTPUT_BAKE, target->bake_path);
    return job;
}

static bool make(stagepp_session *s, struct run *r, struct output_file *file,
                 run_end *text)
{
    if (!file->path.ptr)
        return true;
    bool good = text(s, r);
    file->bytes = session_take(s);
    return good;
}

static bool make_besides(stagepp_session *s, struct run *r,
                         struct output_job *job)
{
    return make(s, r, beside(job, OUTPUT_RULE), rule_text) &&
           make(s, r, beside(job, OUTPUT_BAKE), stages_bake) &&
           make(s, r, beside(job, OUTPUT_MAP), sourcemap_text);
}

/* --- the ends of runs --- */

/* The answer is what goes to standard output: the rule and the main output, if
 * they have no path. */
bool results_write(stagepp_session *s, struct run *r)
{
    const stagepp_target *target = &r->job->target;
    struct output_job job = job_with_besides(s, target);
    struct str rule = STR(""), text = STR("");
    if (prints_rule(target)) {
        if (!rule_text(s, r))
            return false;
        rule = session_take(s);
    }
    if (!make_besides(s, r, &job) || !commit_write(&job))
        return false;
    if (outputs_print_main(&job))
        text = job.files[0].bytes;
    r->text = rule.len ? ARENA_CONCAT(&s->run, rule, text) : text;
    return true;
}

static void report_stale(stagepp_session *s, const struct stale *stale,
                         const char *again, uint32_t more)
{
    struct span at = stale->at;
    if (!at.source)
        at.source = s->input;
    struct diag *d = diag_report(
        &s->diags, DIAG_STALE, at, NULL, "'%s'%s%s%s", stale->path,
        stale->missing ? " does not exist"
        : stale->mode  ? " does not have the mode that the template gives"
                       : " is not what the template gives",
        again ? "; generate it with: " : "", again ? again : "");
    if (more)
        diag_note(&s->diags, d, source_nowhere,
                  "%u more outputs are stale; the diff has all of them", more);
}

/* That they are stale is the answer, and no reason to stop: what goes on from
 * this expansion may write them. */
static void report_all(stagepp_session *s, const stale_list *stale,
                       const char *again)
{
    enum severity worst = s->diags.worst;
    uint64_t most = s->fault.limits.max[LIMIT_ERRORS] - s->diags.reported;
    uint32_t n = stale->n < most ? stale->n : (uint32_t)most;
    for (uint32_t i = 0; i < n; i++)
        report_stale(s, &stale->at[i], again, i + 1 == n ? stale->n - n : 0);
    s->diags.worst = worst;
}

bool results_check(stagepp_session *s, struct run *r)
{
    struct output_job job = job_with_besides(s, &r->job->target);
    stale_list stale = {0};
    if (!results_all_named(s, &r->job->target, "--check") ||
        !make_besides(s, r, &job))
        return false;
    bool good = commit_compare(&job, &s->text, &stale);
    report_all(s, &stale, r->job->about);
    r->differs = stale.n > 0;
    return good;
}

bool results_list(stagepp_session *s, struct run *r)
{
    struct output_job job = job_with_besides(s, &r->job->target);
    return outputs_list(&job, &s->text);
}

bool results_write_file(stagepp_session *s, const char *path, struct str bytes)
{
    struct output_file file = {.kind = OUTPUT_MAIN, .bytes = bytes, .mode = -1};
    stagepp_target target = {.main_path = path};
    struct output_job job = results_job(s, &target);
    job.files = &file;
    job.n = 1;
    return commit_write(&job);
}
