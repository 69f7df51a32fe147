/* SPDX-License-Identifier: MIT */
/* What stagepp can do. A mode is a line in mode_list.h, a file mode_NAME.c, and
 * an option in option_list.h. Each function returns the exit status; the caller
 * prints diagnostics. */
#ifndef STAGEPP_CLI_MODE_H
#define STAGEPP_CLI_MODE_H

#include "cli/run.h"

enum {
    TEMPLATE = 1, /* takes a template */
    EXPANDS = 2,  /* the template is expanded, so --locked makes sense */
    BAKES = 4,    /* --bake goes with it */
    ANSWERS = 8,  /* in the format of --format */
    ABOUT_US = 16 /* needs no session, and nothing else counts */
};

struct mode {
    enum option_id option; /* OPTION_COUNT: the main mode */
    stagepp_status (*run)(struct run *r);
    unsigned with;
};

/* The mode that option chooses; the main mode if it chooses none, or is NULL.
 */
const struct mode *mode_of(const struct option *option);

stagepp_status mode_expand(struct run *r);
#define X(id, function, with) stagepp_status function(struct run *r);
#include "cli/mode_list.h"
#undef X

#endif
