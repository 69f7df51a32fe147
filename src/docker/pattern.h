/* SPDX-License-Identifier: MIT */
/* The patterns of ${NAME#pattern} and ${NAME/pattern/text}: "*" and "?", and
 * "\" in front of them; no brackets. */
#ifndef STAGEPP_DOCKER_PATTERN_H
#define STAGEPP_DOCKER_PATTERN_H

#include "base/arena.h"
#include "base/str.h"

/* The value without the shortest or longest match at its start (at its end);
 * false when the pattern is wrong. */
bool pattern_trim(struct arena *a, struct str pattern, struct str value,
                  bool at_end, bool longest, struct str *out);
/* The value with its first longest match (with all of them) replaced. */
bool pattern_replace(struct arena *a, struct str pattern, struct str value,
                     struct str with, bool all, struct str *out);

#endif
