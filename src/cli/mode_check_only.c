/* SPDX-License-Identifier: MIT */
/* --check-only: is this Dockerfile in order? */
#include "cli/modes.h"

#include "cli/io.h"

#include <string.h>

stagepp_status mode_check_only(struct run *r)
{
    size_t len;
    if (strcmp(r->args->template_path, "-") != 0)
        return stagepp_lint_file(r->session, r->args->template_path);
    if (!read_stdin(&r->input, &len))
        return STAGEPP_FAILED;
    return stagepp_lint_buffer(r->session, "-", r->input, len);
}
