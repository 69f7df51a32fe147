/* SPDX-License-Identifier: MIT */
/* What the stages of a run hand on, and how a run can end. */
#ifndef STAGEPP_DRIVER_RUN_H
#define STAGEPP_DRIVER_RUN_H

#include "docker/graph.h"
#include "driver/session.h"

/* What the check gives: the outputs that are Dockerfiles, as the builder reads
 * them, if the end of the run needs them. Lives in the scratch arena. */
struct verdict {
    VEC(struct graph_file) files;
};

struct run {
    const stagepp_job *job;
    struct verdict verdict;
    /* The answer: */
    struct str text; /* ptr NULL: what was built in s->text */
    bool differs;    /* of a comparison */
};

/* The end of a run: writes files, or gives a text. False after mistakes
 * (reported). Each is in the file that its name begins with. */
typedef bool run_end(stagepp_session *s, struct run *r);
run_end describe_builtins, describe_macros, describe_params;
run_end explain_line;
run_end lint_file, lint_instructions;
run_end lock_write;
run_end results_check, results_list, results_write;
run_end rule_text, rule_write;
run_end sourcemap_text;
run_end stages_bake, stages_targets, stages_text;
run_end why_text;

#endif
