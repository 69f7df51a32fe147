/* SPDX-License-Identifier: MIT */
/* --params: which parameters does the template have? */
#include "cli/mode.h"

stagepp_status mode_params(struct run *r)
{
    return run_print(r, STAGEPP_GOAL_PARAMS);
}
