/* SPDX-License-Identifier: MIT */
/* The main job: expand, then write the outputs, the rule and the source map if
 * they are wanted, and last what goes to standard output, so that nothing
 * stands there when something went wrong. */
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

static stagepp_status make_map(struct run *r, stagepp_target *target)
{
    target->map_path = r->args->map;
    if (!target->map_path)
        return STAGEPP_OK;
    return stagepp_source_map(r->session, target, &target->map,
                              &target->map_len);
}

static stagepp_status write_outputs(struct run *r, const struct rule *rule)
{
    stagepp_target target = run_target(r);
    target.rule_path = rule->path;
    target.rule = rule->text;
    target.rule_len = rule->len;
    stagepp_status status = bake_make(r, &target);
    if (status == STAGEPP_OK)
        status = make_map(r, &target);
    return status == STAGEPP_OK ? stagepp_write(r->session, &target) : status;
}

static stagepp_status print_rule(const struct rule *rule)
{
    return write_stdout(rule->text, rule->len) ? STAGEPP_OK : STAGEPP_FAILED;
}

static stagepp_status write_rule(struct run *r, const struct rule *rule)
{
    return stagepp_write_file(r->session, rule->path, rule->text, rule->len);
}

static stagepp_status write_with_rule(struct run *r)
{
    struct rule rule = {0};
    stagepp_status status = rule_make(r, &rule);
    if (status == STAGEPP_OK && !r->args->rule_only)
        status = write_outputs(r, &rule);
    else if (status == STAGEPP_OK && rule.path)
        status = write_rule(r, &rule);
    if (status == STAGEPP_OK && !rule.path)
        status = print_rule(&rule);
    free(rule.path);
    return status;
}

stagepp_status mode_expand(struct run *r)
{
    stagepp_set_recording(r->session, r->args->map != NULL);
    stagepp_status status = run_expand(r);
    if (status == STAGEPP_OK && !r->args->rule_only)
        status = run_lint(r);
    if (status != STAGEPP_OK)
        return status;
    static const struct rule none;
    bool rule = r->args->rule_only || r->args->rule_too;
    status = rule ? write_with_rule(r) : write_outputs(r, &none);
    if (status != STAGEPP_OK || r->args->rule_only)
        return status;
    return print_main(r);
}
