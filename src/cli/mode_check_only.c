/* SPDX-License-Identifier: MIT */
/* --check-only: is this file in order? Its name says what it is. */
#include "cli/mode.h"

#include <string.h>

static bool ends(const char *path, const char *end)
{
    size_t len = strlen(path), n = strlen(end);
    return len > n && strcmp(path + len - n, end) == 0;
}

stagepp_status mode_check_only(struct run *r)
{
    const char *path = r->args->job.path;
    if (ends(path, ".spp"))
        return run_print(r, STAGEPP_GOAL_LINT_LIBRARY);
    return run_print(r, ends(path, ".in") ? STAGEPP_GOAL_LINT_TEMPLATE
                                          : STAGEPP_GOAL_LINT_FILE);
}
