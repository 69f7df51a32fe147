/* SPDX-License-Identifier: MIT */
/* --check-only: is this Dockerfile in order? --instructions: what is in it? */
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

static stagepp_status ask_instructions(struct run *r, const char **text,
                                       size_t *len)
{
    size_t size;
    if (strcmp(r->args->template_path, "-") != 0)
        return stagepp_instructions(r->session, r->args->template_path, text,
                                    len);
    if (!read_stdin(&r->input, &size))
        return STAGEPP_FAILED;
    return stagepp_instructions_buffer(r->session, "-", r->input, size, text,
                                       len);
}

stagepp_status mode_instructions(struct run *r)
{
    const char *text = "";
    size_t len = 0;
    stagepp_status status = ask_instructions(r, &text, &len);
    return run_answer(status, text, len);
}
