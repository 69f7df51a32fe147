/* SPDX-License-Identifier: MIT */
/* The program, on one page:
 *
 *     read -> parse -> link -> judge names -> expand -> check -> write
 *
 * A stage takes what the one before gave: a source becomes a program, a program
 * an expansion (outputs with their bytes). The check lets it pass, and keeps
 * its Dockerfiles in a verdict for bake, graph and targets. The end of a run
 * writes files or gives a text. Mistakes are reported on the way. */
#include "driver/pipeline.h"

#include "driver/expansion.h"
#include "driver/input.h"
#include "driver/lint.h"
#include "driver/lock.h"

enum run_stage {
    STAGE_NONE,
    STAGE_READ,
    STAGE_NAMES,
    STAGE_EXPAND,
    STAGE_MODEL, /* a check for errors only; Dockerfiles are kept */
    STAGE_CHECK
};

/* How far a run goes for each goal, and how it ends. */
static const struct goal {
    enum run_stage last;
    run_end *end;
} goals[] = {
    [STAGEPP_GOAL_EXPAND] = {STAGE_EXPAND, NULL},
    [STAGEPP_GOAL_LINT] = {STAGE_CHECK, NULL},
    [STAGEPP_GOAL_WRITE] = {STAGE_CHECK, results_write},
    [STAGEPP_GOAL_CHECK] = {STAGE_CHECK, results_check},
    [STAGEPP_GOAL_DEPFILE] = {STAGE_EXPAND, rule_write},
    [STAGEPP_GOAL_LOCK] = {STAGE_EXPAND, lock_write},
    [STAGEPP_GOAL_LIST] = {STAGE_EXPAND, results_list},
    [STAGEPP_GOAL_BAKE] = {STAGE_MODEL, stages_bake},
    [STAGEPP_GOAL_SOURCE_MAP] = {STAGE_EXPAND, sourcemap_text},
    [STAGEPP_GOAL_GRAPH_DOT] = {STAGE_MODEL, stages_text},
    [STAGEPP_GOAL_GRAPH_MERMAID] = {STAGE_MODEL, stages_text},
    [STAGEPP_GOAL_TARGETS] = {STAGE_MODEL, stages_targets},
    [STAGEPP_GOAL_EXPLAIN] = {STAGE_EXPAND, explain_line},
    [STAGEPP_GOAL_PARAMS] = {STAGE_NAMES, describe_params},
    [STAGEPP_GOAL_MACROS] = {STAGE_NONE, describe_macros},
    [STAGEPP_GOAL_BUILTINS] = {STAGE_NONE, describe_builtins},
    [STAGEPP_GOAL_WHY] = {STAGE_NONE, why_text},
    [STAGEPP_GOAL_LINT_FILE] = {STAGE_READ, lint_file},
    [STAGEPP_GOAL_LINT_TEMPLATE] = {STAGE_CHECK, NULL},
    [STAGEPP_GOAL_LINT_LIBRARY] = {STAGE_EXPAND, NULL},
    [STAGEPP_GOAL_INSTRUCTIONS] = {STAGE_READ, lint_instructions},
};

/* A question about results, without a path, goes on from the last expansion. */
static bool goes_on(const stagepp_job *job, const struct goal *goal)
{
    return !job->path && goal->last >= STAGE_EXPAND;
}

/* True if it is asked where bytes come from; a question that is not foreseen
 * expands the template once more. */
static bool needs_positions(const stagepp_job *job, const struct goal *goal)
{
    return job->target.map_path || goal->end == sourcemap_text ||
           goal->end == explain_line;
}

/* A library has nothing to expand, and no parameters: the answer would be
 * empty. */
static bool fits_goal(stagepp_session *s, stagepp_goal goal)
{
    struct str name = s->input->name;
    if (goal == STAGEPP_GOAL_LINT_LIBRARY) {
        program_check_library(&s->program);
        return true;
    }
    bool params = goal == STAGEPP_GOAL_PARAMS;
    return (goals[goal].last < STAGE_EXPAND && !params) ||
           !str_ends(name, STR(".spp")) || !program_only_defines(&s->program) ||
           diag_refuse(&s->diags, DIAG_NO_OUTPUT,
                       "'%.*s' is a library, and %s; import it in a "
                       "template, see what is in it with --macros, or check it "
                       "with --check-only",
                       STR_ARG(name),
                       params ? "has no parameters" : "gives no text");
}

bool pipeline_run(stagepp_session *s, struct run *r)
{
    const stagepp_job *job = r->job;
    const struct goal *goal = &goals[job->goal];
    struct source *source = NULL;
    struct program *program = NULL;
    bool good = true, runs = false;

    s->unknown = job->goal == STAGEPP_GOAL_LINT_TEMPLATE ||
                 job->goal == STAGEPP_GOAL_LINT_LIBRARY;
    if (goal->last >= STAGE_READ && !goes_on(job, goal)) {
        session_reset(s);
        source = s->input =
            input_read(s, job, goal->last > STAGE_READ); /* read */
        good = source != NULL;
    }
    if (source && goal->last >= STAGE_NAMES) {
        program = &s->program;
        good = program_link(program, source); /* parse, link */
        if (!program->circular)
            good = program_judge(program) && good; /* judge names */
        if (!good)
            program_refuse_versions(program);
        runs = fits_goal(s, job->goal) && program_can_run(program);
        good = runs && good;
    }
    if (program && goal->last >= STAGE_EXPAND) {
        good = expansion_run(s, runs ? program : NULL,
                             needs_positions(job, goal), job->target.only) &&
               good; /* expand */
    }
    if (job->lock)
        good = lock_check(s, job->lock) && good;
    if ((good && goal->last >= STAGE_MODEL) ||
        (s->expansion.n && goal->last == STAGE_CHECK))
        good =
            lint_outputs(s, r, goal->last == STAGE_CHECK) && good; /* check */
    return good && (!goal->end || goal->end(s, r)); /* write, or answer */
}
