/* SPDX-License-Identifier: MIT */
/* The patterns of ${NAME#pattern} and ${NAME/pattern/text}: "*" and "?", and
 * "\" in front of them; no brackets. */
#ifndef STAGEPP_DOCKER_PATTERN_H
#define STAGEPP_DOCKER_PATTERN_H

#include "base/arena.h"
#include "base/str.h"

/* Value without what the pattern matches at its start (at its end), the
 * shortest or the longest; false when it is not a pattern. */
bool pattern_trim(struct arena *a, struct str pattern, struct str value,
                  bool at_end, bool longest, struct str *out);
/* Value with its first longest match (with all of them) replaced. */
bool pattern_replace(struct arena *a, struct str pattern, struct str value,
                     struct str with, bool all, struct str *out);

#endif
