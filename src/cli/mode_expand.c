/* SPDX-License-Identifier: MIT */
/* The main mode: writes the outputs and what else is wanted. The targets and
 * the file of the rule for make are chosen as gcc chooses them. */
#include "cli/mode.h"

#include "cli/io.h"

#include <stdlib.h>
#include <string.h>

/* What -MT and -MQ say, joined by blanks, allocated; NULL without them. */
static char *given_targets(struct run *r)
{
    char *all = NULL;
    for (size_t i = 0; i < r->args->n; i++) {
        const struct arg *arg = &r->args->list[i];
        const char *target = arg->value;
        if (arg->option->id == OPTION_MQ)
            target = stagepp_quote_make(r->session, arg->value);
        else if (arg->option->id != OPTION_MT)
            continue;
        char *longer =
            io_format("%s%s%s", all ? all : "", all ? " " : "", target);
        free(all);
        all = longer;
    }
    return all;
}

/* The file of -MD without -MF: "web.dockerfile.d" of "dir/web.dockerfile.in".
 * Allocated. */
static char *besides(const struct args *a)
{
    const stagepp_target *target = &a->job.target;
    const char *slash = strrchr(a->job.path, '/');
    const char *name = slash ? slash + 1 : a->job.path;
    size_t len = strlen(name);
    if (target->main_path)
        return io_format("%s.d", target->main_path);
    if (len > 3 && strcmp(name + len - 3, ".in") == 0)
        len -= 3;
    return io_format("%s%s%.*s.d", target->out_dir ? target->out_dir : "",
                     target->out_dir ? "/" : "", (int)len, name);
}

stagepp_status mode_expand(struct run *r)
{
    const struct args *a = r->args;
    stagepp_target *target = &r->job.target;
    char *path = NULL, *targets = NULL;
    if (a->rule_only || a->rule_too)
        target->rule_targets = targets = given_targets(r);
    if (a->depfile) {
        target->rule_path = a->depfile;
    } else if (a->rule_too) {
        target->rule_path = path = besides(a);
    } else if (a->rule_only) {
        /* With -M alone -o names the file of the rule. */
        target->rule_path = target->main_path;
        target->main_path = NULL;
    }
    stagepp_status status =
        run_print(r, a->rule_only ? STAGEPP_GOAL_DEPFILE : STAGEPP_GOAL_WRITE);
    free(path);
    free(targets);
    return status;
}
