/* SPDX-License-Identifier: MIT */
/* --list: which files would be written? */
#include "cli/mode.h"

stagepp_status mode_list(struct run *r)
{
    return run_print(r, STAGEPP_GOAL_LIST);
}
