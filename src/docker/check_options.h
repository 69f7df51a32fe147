/* SPDX-License-Identifier: MIT */
/* "# check=skip=RULE,RULE;error=true" at the top of a Dockerfile. */
#ifndef STAGEPP_DOCKER_CHECK_OPTIONS_H
#define STAGEPP_DOCKER_CHECK_OPTIONS_H

#include "docker/finding.h"

/* Reads the options from text, a Dockerfile, into f->options. The first mistake
 * is reported, and the rest is not read, as in the builder. */
void check_options_read(struct findings *f, struct str text);

#endif
