/* SPDX-License-Identifier: MIT */
/* ARG SOURCE_DATE_EPOCH above the first FROM: a time, or what has one. */
#ifndef STAGEPP_DOCKER_EPOCH_H
#define STAGEPP_DOCKER_EPOCH_H

#include "docker/check.h"

/* After the global ARGs have their values; false if the builder refuses that
 * of SOURCE_DATE_EPOCH. */
bool epoch_check(struct check *c);

#endif
