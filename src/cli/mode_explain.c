/* SPDX-License-Identifier: MIT */
/* --explain: where does this line of an output come from? */
#include "cli/mode.h"

stagepp_status mode_explain(struct run *r)
{
    r->job.about = r->args->mode_value;
    return run_print(r, STAGEPP_GOAL_EXPLAIN);
}
