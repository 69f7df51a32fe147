/* SPDX-License-Identifier: MIT */
/* FROM lines: what the stages are built on. */
#ifndef STAGEPP_DOCKER_FROM_H
#define STAGEPP_DOCKER_FROM_H

#include "docker/check.h"

/* Gives all stages their base, platform and parent; false, and reported, if the
 * builder would refuse a FROM. */
bool from_resolve(struct check *c);

#endif
