/* SPDX-License-Identifier: MIT */
/* "# check=skip=NAME,NAME;experimental=NAME;error=true", at the top of a
 * Dockerfile and above its instructions. BuildKit reads such a comment up to
 * the first blank; what follows is a reason, for people. */
#ifndef STAGEPP_DOCKER_OPTIONS_H
#define STAGEPP_DOCKER_OPTIONS_H

#include "docker/finding.h"

/* The value of the directive in the first lines of text, a Dockerfile; ptr NULL
 * when there is none. *reason: what follows the first blank. */
struct str options_at_top(struct str text, struct str *reason);
/* The value of the same in a comment without its "#"; ptr NULL if it is another
 * comment. */
struct str options_in_comment(struct str comment, struct str *reason);
/* Reads a value into *o; NULL, or what is wrong with *option, a part of it. */
const char *options_read(struct finding_options *o, struct arena *a,
                         struct str value, struct str *option);
/* What the comments above an instruction ask for; NULL if that is nothing. The
 * first such comment decides, and one with a mistake counts for nothing. */
const struct finding_options *options_above(struct arena *a,
                                            struct words comments);

#endif
