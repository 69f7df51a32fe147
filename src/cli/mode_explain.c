/* SPDX-License-Identifier: MIT */
/* --explain: where does this line of an output come from? */
#include "cli/modes.h"

stagepp_status mode_explain(struct run *r)
{
    stagepp_set_recording(r->session, 1);
    stagepp_status status = run_expand(r);
    if (status != STAGEPP_OK)
        return status;
    stagepp_target target = run_target(r);
    const char *text = "";
    size_t len = 0;
    status =
        stagepp_explain(r->session, &target, r->args->mode_value, &text, &len);
    return run_answer(status, text, len);
}
