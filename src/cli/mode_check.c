/* SPDX-License-Identifier: MIT */
/* --check: are the written files what the template gives? */
#include "cli/mode.h"

stagepp_status mode_check(struct run *r)
{
    return run_print(r, STAGEPP_GOAL_CHECK);
}
