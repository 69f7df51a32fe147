/* SPDX-License-Identifier: MIT */
/* --list: which files would be written? */
#include "cli/modes.h"

stagepp_status mode_list(struct run *r)
{
    stagepp_status status = run_expand(r);
    if (status != STAGEPP_OK)
        return status;
    stagepp_target target = run_target(r);
    target.bake_path = r->args->bake;
    const char *text = "";
    size_t len = 0;
    status = stagepp_list(r->session, &target, &text, &len);
    return run_answer(status, text, len);
}
