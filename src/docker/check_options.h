/* SPDX-License-Identifier: MIT */
/* "# check=skip=RULE,RULE;error=true" at the top of a Dockerfile. */
#ifndef STAGEPP_DOCKER_CHECK_OPTIONS_H
#define STAGEPP_DOCKER_CHECK_OPTIONS_H

#include "docker/finding.h"

/* Reads them from text, a Dockerfile, into f->options. The first mistake is
 * reported and ends them, as the builder would. */
void check_options_read(struct findings *f, struct str text);

#endif
