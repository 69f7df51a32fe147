/* SPDX-License-Identifier: MIT */
/* From the command line to the library: what all modes share. */
#ifndef STAGEPP_CLI_RUN_H
#define STAGEPP_CLI_RUN_H

#include "cli/args.h"

/* One run. A template from standard input lives as long as the session. */
struct run {
    const struct args *args;
    stagepp_session *session;
    stagepp_job job; /* what the arguments say; the mode says the rest */
    char *input;
};

/* Gives the session the options. */
stagepp_status run_set_up(struct run *r);
/* Has the library do the job for a goal, with a template that is read here if
 * it comes from standard input. */
stagepp_status run_job(struct run *r, stagepp_goal goal, const char **text,
                       size_t *len);
/* The same; what it gives goes to standard output. */
stagepp_status run_print(struct run *r, stagepp_goal goal);

#endif
