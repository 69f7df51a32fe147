/* SPDX-License-Identifier: MIT */
/* "# check=skip=RULE,RULE;error=true" at the top of a Dockerfile. */
#ifndef STAGEPP_DOCKER_CHECK_OPTIONS_H
#define STAGEPP_DOCKER_CHECK_OPTIONS_H

#include "docker/dockerfile.h"

struct check_options {
    bool skip_all, experimental_all;
    bool error; /* what is found fails the build */
    struct words skip, experimental;
};

/* Reads them from text; false after a mistake, as the builder would. */
bool check_options_read(struct check_options *o, struct str text,
                        struct findings *f);
/* True if the rule of that name is to be reported. */
bool check_options_wants(const struct check_options *o, struct str rule,
                         bool experimental);

#endif
