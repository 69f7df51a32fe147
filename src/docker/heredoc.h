/* SPDX-License-Identifier: MIT */
/* Which heredocs a line announces: "<<EOF", "3<<-'END'". */
#ifndef STAGEPP_DOCKER_HEREDOC_H
#define STAGEPP_DOCKER_HEREDOC_H

#include "docker/dockerfile.h"

/* The heredocs of a line, in order; contents are still to be read. */
void heredoc_find(struct arena *a, struct str line, struct heredoc **out,
                  uint32_t *n);
/* True if a whole word announces one. */
bool heredoc_word(struct arena *a, struct str word, struct heredoc *out);

#endif
