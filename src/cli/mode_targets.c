/* SPDX-License-Identifier: MIT */
/* --targets: which stages can be built, and with which arguments? */
#include "cli/mode.h"

stagepp_status mode_targets(struct run *r)
{
    return run_print(r, r->args->mode_value ? STAGEPP_GOAL_TARGETS_JSON
                                            : STAGEPP_GOAL_TARGETS);
}
