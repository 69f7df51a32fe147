/* SPDX-License-Identifier: MIT */
/* --targets: which stages can be built, and with which arguments? */
#include "cli/mode.h"

stagepp_status mode_targets(struct run *r)
{
    return run_print(r, STAGEPP_GOAL_TARGETS);
}
