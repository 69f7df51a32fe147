/* SPDX-License-Identifier: MIT */
/* Whether an instruction makes sense by itself: its flags, the number of its
 * arguments, and whatever does not depend on the values of variables. */
#ifndef STAGEPP_DOCKER_COMMAND_H
#define STAGEPP_DOCKER_COMMAND_H

#include "docker/instruction.h"

/* False, and reported, when the builder would refuse i. */
bool command_check(const struct instruction *i, struct findings *f);

#endif
