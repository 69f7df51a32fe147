/* SPDX-License-Identifier: MIT */
/* Whether an instruction makes sense by itself: its flags, the number of its
 * arguments, and what can be judged without the values of variables. */
#ifndef STAGEPP_DOCKER_COMMAND_H
#define STAGEPP_DOCKER_COMMAND_H

#include "docker/dockerfile.h"

/* False, and reported, when the builder would refuse i. */
bool command_check(const struct instruction *i, struct findings *f);

/* The value of the flag --name, the last one; false when it is not there. */
bool command_flag(const struct instruction *i, const char *name,
                  struct str *value);
/* "--name=value" in its parts; value.ptr NULL without "=". */
void command_split_flag(struct str flag, struct str *name, struct str *value);

/* Sources and destination of ADD and COPY; heredocs are not among them. */
struct words command_sources(struct arena *a, const struct instruction *i);
struct str command_target(const struct instruction *i);

/* The name a FROM gives to its stage, as written; ptr NULL when none. */
struct str command_stage_name(const struct instruction *from);

#endif
