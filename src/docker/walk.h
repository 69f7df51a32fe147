/* SPDX-License-Identifier: MIT */
/* What the builder does with the instructions of the stages, one after another,
 * as far as that is known without images. */
#ifndef STAGEPP_DOCKER_WALK_H
#define STAGEPP_DOCKER_WALK_H

#include "docker/check.h"

/* Goes through all stages; false at the first instruction that the builder
 * would refuse, which is reported. */
bool walk_stages(struct check *c);

#endif
