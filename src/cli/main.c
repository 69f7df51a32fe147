/* SPDX-License-Identifier: MIT */
/* The stagepp command: reads the command line, has the library do the work,
 * prints diagnostics on standard error and ends with the status. It includes no
 * header of the library but the public one, so every program can do what it
 * does. */
#include "cli/args.h"
#include "cli/io.h"
#include "cli/mode.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* NO_COLOR counts when it is not empty; see no-color.org. */
static bool wants_colour(const char *when)
{
    if (strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return isatty(STDERR_FILENO) && !(no_color && *no_color) && term &&
           strcmp(term, "dumb") != 0;
}

static stagepp_format format_of(const struct args *a)
{
    if (strcmp(a->format, "json") == 0)
        return STAGEPP_JSON;
    if (strcmp(a->format, "sarif") == 0)
        return STAGEPP_SARIF;
    return wants_colour(a->color) ? STAGEPP_COLOUR : STAGEPP_TEXT;
}

static void print_diagnostics(const struct run *r)
{
    stagepp_format format = format_of(r->args);
    size_t len = 0;
    const char *text = stagepp_diagnostics(r->session, format, &len);
    /* Programs expect an array even without diagnostics, as gcc prints one. */
    if (len == 0 && format == STAGEPP_JSON)
        io_write_stderr("[]\n", 3);
    io_write_stderr(text, len);
}

static stagepp_status run_session(struct run *r, const struct mode *mode)
{
    r->session = stagepp_new();
    if (!r->session) {
        io_message("out of memory");
        return STAGEPP_FAILED;
    }
    stagepp_status status = run_set_up(r);
    if (status == STAGEPP_OK)
        status = mode->run(r);
    print_diagnostics(r);
    stagepp_free(r->session);
    free(r->input);
    return status;
}

static stagepp_status run(int argc, char **argv)
{
    struct args a;
    stagepp_status status = STAGEPP_FAILED;
    if (args_parse(&a, argc, argv)) {
        struct run r = {.args = &a, .job = a.job};
        const struct mode *mode = mode_of(a.mode_option);
        status = mode->with & ABOUT_US ? mode->run(&r) : run_session(&r, mode);
    }
    args_free(&a);
    return status;
}

int main(int argc, char **argv)
{
    io_prepare();
    if (argc < 2) {
        static const char usage[] = "Usage: stagepp [OPTION]... TEMPLATE\n"
                                    "See 'stagepp --help'.\n";
        io_write_stderr(usage, sizeof usage - 1);
        return STAGEPP_FAILED;
    }
    return run(argc, argv);
}
