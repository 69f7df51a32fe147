/* SPDX-License-Identifier: MIT */
/* What stagepp can do: one line in mode_list.h and one file a mode. Each
 * function returns the exit status; the caller prints diagnostics. */
#ifndef STAGEPP_CLI_MODES_H
#define STAGEPP_CLI_MODES_H

#include "cli/run.h"

enum {
    TEMPLATE = 1, /* takes one */
    EXPANDS = 2,  /* it, with the libraries that --locked is about */
    BAKES = 4,    /* --bake goes with it */
    ABOUT_US = 8  /* needs no session: who asks for help gets it */
};

struct mode {
    enum option_id option; /* OPTION_COUNT: the main mode */
    stagepp_status (*run)(struct run *r);
    unsigned with;
};

/* The mode that option chooses; without one the main mode. */
const struct mode *mode_of(const struct option *option);

stagepp_status mode_expand(struct run *r);
#define X(id, function, with) stagepp_status function(struct run *r);
#include "cli/mode_list.h"
#undef X

#endif
