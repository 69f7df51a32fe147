/* SPDX-License-Identifier: MIT */
/* The program, on one page:
 *
 *     read -> parse -> link -> judge names -> expand -> check -> write
 *
 * A stage takes what the one before gave. One that found mistakes lets the next
 * run only where that can find more. */
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
    bool positions; /* it is asked where bytes come from */
} goals[] = {
    [STAGEPP_GOAL_EXPAND] = {STAGE_EXPAND, NULL},
    [STAGEPP_GOAL_LINT] = {STAGE_CHECK, NULL},
    [STAGEPP_GOAL_WRITE] = {STAGE_CHECK, results_write},
    [STAGEPP_GOAL_CHECK] = {STAGE_CHECK, results_check},
    [STAGEPP_GOAL_DEPFILE] = {STAGE_EXPAND, rule_write},
    [STAGEPP_GOAL_LOCK] = {STAGE_EXPAND, lock_write},
    [STAGEPP_GOAL_LIST] = {STAGE_EXPAND, results_list},
    [STAGEPP_GOAL_BAKE] = {STAGE_MODEL, stages_bake},
    [STAGEPP_GOAL_SOURCE_MAP] = {STAGE_EXPAND, sourcemap_text, true},
    [STAGEPP_GOAL_GRAPH_DOT] = {STAGE_MODEL, stages_dot},
    [STAGEPP_GOAL_GRAPH_MERMAID] = {STAGE_MODEL, stages_mermaid},
    [STAGEPP_GOAL_TARGETS] = {STAGE_MODEL, stages_targets},
    [STAGEPP_GOAL_TARGETS_JSON] = {STAGE_MODEL, stages_targets_json},
    [STAGEPP_GOAL_EXPLAIN] = {STAGE_EXPAND, explain_line, true},
    [STAGEPP_GOAL_PARAMS] = {STAGE_NAMES, describe_params},
    [STAGEPP_GOAL_PARAMS_JSON] = {STAGE_NAMES, describe_params},
    [STAGEPP_GOAL_MACROS] = {STAGE_NONE, describe_macros},
    [STAGEPP_GOAL_BUILTINS] = {STAGE_NONE, describe_builtins},
    [STAGEPP_GOAL_LINT_FILE] = {STAGE_READ, lint_file},
    [STAGEPP_GOAL_INSTRUCTIONS] = {STAGE_READ, lint_instructions},
};

static bool expand(stagepp_session *s, struct run *r, const struct goal *goal)
{
    bool record = s->record || goal->positions || r->job->target.map_path;
    bool goes_on = !r->job->path && goal->last >= STAGE_EXPAND;
    struct program *p = &s->program;

    if (goal->last == STAGE_NONE || goes_on)
        return true;
    session_reset(s);
    s->input = input_read(s, r->job); /* read */
    if (!s->input || goal->last == STAGE_READ)
        return s->input != NULL;
    bool good = program_link(p, s->input); /* parse, and link */
    good = good && program_judge(p);       /* judge names */
    if (goal->last == STAGE_NAMES)
        return good;
    return expansion_run(s, good ? p : NULL, record); /* expand */
}

bool pipeline_run(stagepp_session *s, struct run *r)
{
    const stagepp_job *job = r->job;
    const struct goal *goal = &goals[job->goal];

    bool good = expand(s, r, goal);
    if (job->lock)
        good = lock_check(s, job->lock) && good;
    if (good && goal->last >= STAGE_MODEL)
        good = lint_outputs(s, r, goal->last == STAGE_CHECK); /* check */
    return good && (!goal->end || goal->end(s, r));           /* write */
}
