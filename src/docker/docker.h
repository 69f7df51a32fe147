/* SPDX-License-Identifier: MIT */
/* The way into this folder. In: the text of a Dockerfile. Out: what it means,
 * and what is wrong with it. */
#ifndef STAGEPP_DOCKER_DOCKER_H
#define STAGEPP_DOCKER_DOCKER_H

#include "docker/check.h"

/* Parses and checks text; the findings are in c->f, in no order. What the
 * caller knows, and any_values, are set before. */
void docker_check(struct check *c, struct arena *a, struct str text);

#endif
