/* SPDX-License-Identifier: MIT */
/* --instructions: what is in this Dockerfile? */
#include "cli/mode.h"

stagepp_status mode_instructions(struct run *r)
{
    return run_print(r, STAGEPP_GOAL_INSTRUCTIONS);
}
