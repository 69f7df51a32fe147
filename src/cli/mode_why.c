/* SPDX-License-Identifier: MIT */
/* --why: what does this diagnostic mean? */
#include "cli/mode.h"

stagepp_status mode_why(struct run *r)
{
    r->job.about = r->args->mode_value;
    return run_print(r, STAGEPP_GOAL_WHY);
}
