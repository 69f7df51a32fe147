/* SPDX-License-Identifier: MIT */
/* --check-only: is this Dockerfile in order? */
#include "cli/mode.h"

stagepp_status mode_check_only(struct run *r)
{
    return run_print(r, STAGEPP_GOAL_LINT_FILE);
}
