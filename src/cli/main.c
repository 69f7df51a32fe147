/* SPDX-License-Identifier: MIT */
/* The stagepp command: reads the command line, has the library do the work,
 * prints diagnostics on standard error and ends with the status. It includes
 * the public header only, so whatever it can do, every program can. */
#include "cli/args.h"
#include "cli/io.h"
#include "cli/modes.h"

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
    /* Programs read an array in any case, as gcc gives them one. */
    if (len == 0 && format == STAGEPP_JSON)
        write_stderr("[]\n", 3);
    write_stderr(text, len);
}

static stagepp_status run_mode(struct run *r)
{
    switch (r->args->mode) {
    case MODE_CHECK:
        return mode_check(r);
    case MODE_CHECK_ONLY:
        return mode_check_only(r);
    case MODE_INSTRUCTIONS:
        return mode_instructions(r);
    case MODE_LIST:
        return mode_list(r);
    case MODE_LOCK:
        return mode_lock(r);
    case MODE_EXPLAIN:
        return mode_explain(r);
    case MODE_GRAPH:
        return mode_graph(r);
    case MODE_TARGETS:
        return mode_targets(r);
    case MODE_PARAMS:
        return mode_params(r);
    case MODE_MACROS:
        return mode_macros(r);
    default:
        return mode_expand(r);
    }
}

static stagepp_status run_session(const struct args *a)
{
    struct run r = {.args = a, .session = stagepp_new()};
    if (!r.session) {
        message("out of memory");
        return STAGEPP_FAILED;
    }
    stagepp_status status = run_set_up(&r);
    if (status == STAGEPP_OK)
        status = run_mode(&r);
    print_diagnostics(&r);
    stagepp_free(r.session);
    free(r.input);
    return status;
}

static stagepp_status run(int argc, char **argv)
{
    struct args a;
    stagepp_status status = STAGEPP_FAILED;
    if (args_parse(&a, argc, argv))
        status = a.mode == MODE_HELP      ? mode_help(&a)
                 : a.mode == MODE_VERSION ? mode_version()
                                          : run_session(&a);
    args_free(&a);
    return status;
}

int main(int argc, char **argv)
{
    io_prepare();
    if (argc < 2) {
        static const char usage[] = "Usage: stagepp [OPTION]... TEMPLATE\n"
                                    "See 'stagepp --help'.\n";
        write_stderr(usage, sizeof usage - 1);
        return STAGEPP_FAILED;
    }
    return run(argc, argv);
}
