/* SPDX-License-Identifier: MIT */
/* --lock: what the template uses, for a file that is committed. */
#include "cli/mode.h"

stagepp_status mode_lock(struct run *r)
{
    r->job.about = r->args->mode_value ? r->args->mode_value : LOCK_FILE;
    return run_print(r, STAGEPP_GOAL_LOCK);
}
