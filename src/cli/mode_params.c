/* SPDX-License-Identifier: MIT */
/* --params: which parameters does the template have? */
#include "cli/mode.h"

stagepp_status mode_params(struct run *r)
{
    return run_print(r, r->args->mode_value ? STAGEPP_GOAL_PARAMS_JSON
                                            : STAGEPP_GOAL_PARAMS);
}
