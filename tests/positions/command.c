/* SPDX-License-Identifier: MIT */
/* In: the command line of stagepp. Nothing is written; the status is 1 if the
 * template can be expanded, but the positions are wrong. With STAGEPP_RECORD in
 * the environment the expansion itself records them. */
#include "check.h"
#include "cli/run.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    struct args a;
    unsigned wrong = 0;
    const char *text;
    size_t len;
    if (!args_parse(&a, argc, argv) || !a.job.path) {
        args_free(&a);
        return 0;
    }
    struct run r = {.args = &a, .session = stagepp_new(), .job = a.job};
    stagepp_set_recording(r.session, getenv("STAGEPP_RECORD") != NULL);
    if (run_set_up(&r) == STAGEPP_OK &&
        run_job(&r, STAGEPP_GOAL_EXPAND, &text, &len) == STAGEPP_OK)
        wrong = check_outputs(r.session);
    stagepp_free(r.session);
    free(r.input);
    args_free(&a);
    return wrong != 0;
}
