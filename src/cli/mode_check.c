/* SPDX-License-Identifier: MIT */
/* --check: are the written files what the template gives? */
#include "cli/modes.h"

#include "cli/io.h"

stagepp_status mode_check(struct run *r)
{
    stagepp_status status = run_expand(r);
    if (status == STAGEPP_OK)
        status = run_lint(r);
    if (status != STAGEPP_OK)
        return status;
    stagepp_target target = run_target(r);
    /* With --only, a main output without path takes no part. */
    if (run_has_main(r) && !target.main_path && !target.only) {
        message("--check needs -o FILE: the template has text outside its "
                "@file blocks, which would go to standard output");
        return STAGEPP_FAILED;
    }
    const char *diff = "";
    size_t len = 0;
    status = bake_make(r, &target);
    if (status != STAGEPP_OK)
        return status;
    status = stagepp_check(r->session, &target, &diff, &len);
    if (status == STAGEPP_FAILED)
        return status;
    return write_stdout(diff, len) ? status : STAGEPP_FAILED;
}
