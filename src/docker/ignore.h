/* SPDX-License-Identifier: MIT */
/* The patterns of a .dockerignore file, as Docker matches them. */
#ifndef STAGEPP_DOCKER_IGNORE_H
#define STAGEPP_DOCKER_IGNORE_H

#include "base/arena.h"
#include "base/str.h"

/* True if text, a .dockerignore, keeps `path` (relative to the context, as a
 * COPY has it) out of the build context: it or a folder that it lies in. False
 * if it has a line with "!", which may keep something in that folder; and of
 * the context itself, unless a pattern leaves nothing of it. */
bool ignore_matches(struct arena *a, struct str text, struct str path);

#endif
