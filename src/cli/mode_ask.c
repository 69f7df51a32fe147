/* SPDX-License-Identifier: MIT */
/* --params, --macros, --help and --version: questions that need no expansion
 * and have a text for an answer. */
#include "cli/modes.h"

#include "cli/io.h"

#include <stdlib.h>
#include <string.h>

static stagepp_status ask_params(struct run *r, const char **text, size_t *len)
{
    const char *path = r->args->template_path;
    bool json = r->args->mode_value != NULL;
    size_t size;
    if (strcmp(path, "-") != 0)
        return stagepp_params(r->session, path, json, text, len);
    if (!read_stdin(&r->input, &size))
        return STAGEPP_FAILED;
    return stagepp_params_buffer(r->session, "-", r->input, size, json, text,
                                 len);
}

stagepp_status mode_params(struct run *r)
{
    const char *text = "";
    size_t len = 0;
    stagepp_status status = ask_params(r, &text, &len);
    return run_answer(status, text, len);
}

stagepp_status mode_macros(struct run *r)
{
    const char *text = "";
    size_t len = 0;
    stagepp_status status =
        stagepp_macros(r->session, r->args->mode_value, &text, &len);
    return run_answer(status, text, len);
}

stagepp_status mode_help(const struct args *a)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    if (out && a->mode_value)
        option_print_man(out);
    else if (out)
        option_print_help(out);
    if (!out || fclose(out) != 0) {
        message("out of memory");
        free(text);
        return STAGEPP_FAILED;
    }
    stagepp_status status = run_answer(STAGEPP_OK, text, len);
    free(text);
    return status;
}

stagepp_status mode_version(void)
{
    char *text = concat("stagepp ", stagepp_version(), "\n");
    stagepp_status status = run_answer(STAGEPP_OK, text, strlen(text));
    free(text);
    return status;
}
