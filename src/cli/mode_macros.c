/* SPDX-License-Identifier: MIT */
/* --macros: what does a library offer? */
#include "cli/mode.h"

stagepp_status mode_macros(struct run *r)
{
    r->job.about = r->args->mode_value;
    return run_print(r, STAGEPP_GOAL_MACROS);
}
