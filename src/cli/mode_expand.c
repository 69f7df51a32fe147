/* SPDX-License-Identifier: MIT */
/* The main job: expand, then write the outputs, the rule if one is wanted, and
 * last what goes to standard output, so that nothing stands there when
 * something went wrong. */
#include "cli/modes.h"

#include "cli/io.h"

#include <stdlib.h>

/* --only leaves out a main output that has no path. */
static stagepp_status print_main(struct run *r)
{
    if (r->args->output || r->args->only || !run_has_main(r))
        return STAGEPP_OK;
    stagepp_output main_output = stagepp_get_output(r->session, 0);
    return write_stdout(main_output.bytes, main_output.len) ? STAGEPP_OK
                                                            : STAGEPP_FAILED;
}

static stagepp_status write_outputs(struct run *r)
{
    stagepp_target target = run_target(r);
    return stagepp_write(r->session, &target);
}

static stagepp_status write_with_rule(struct run *r)
{
    struct rule rule = {0};
    stagepp_status status = rule_make(r, &rule);
    if (status == STAGEPP_OK && !r->args->rule_only)
        status = write_outputs(r);
    if (status == STAGEPP_OK)
        status = rule_write(r, &rule);
    free(rule.path);
    return status;
}

stagepp_status mode_expand(struct run *r)
{
    stagepp_status status = run_expand(r);
    if (status != STAGEPP_OK)
        return status;
    bool rule = r->args->rule_only || r->args->rule_too;
    status = rule ? write_with_rule(r) : write_outputs(r);
    if (status != STAGEPP_OK || r->args->rule_only)
        return status;
    return print_main(r);
}
