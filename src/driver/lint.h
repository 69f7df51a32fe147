/* SPDX-License-Identifier: MIT */
/* Which outputs are Dockerfiles, and what is in them. */
#ifndef STAGEPP_DRIVER_LINT_H
#define STAGEPP_DRIVER_LINT_H

#include "docker/docker.h"
#include "driver/session.h"

/* Sees a Dockerfile that the builder would take; path is empty for standard
 * output. c lives until the session's next expansion. */
typedef void lint_visitor(void *ctx, const struct check *c, struct str path);

/* Visits the outputs of target that are Dockerfiles; the main output without
 * path always counts as one. What the builder would refuse is reported, and
 * not visited. False after a mistake in the target (reported). */
bool lint_visit(stagepp_session *s, const stagepp_target *target,
                lint_visitor *visit, void *ctx);

#endif
