/* SPDX-License-Identifier: MIT */
/* The commands in the text of a RUN, as far as checks need them: the words of
 * simple commands in order, quotes removed, between "&&", ";", "|" and the
 * like. It is not a shell: what it does not understand stays as it is written.
 */
#ifndef STAGEPP_DOCKER_SHELL_H
#define STAGEPP_DOCKER_SHELL_H

#include "docker/instruction.h"

struct shell {
    struct arena *arena;
    struct str text; /* what is left of it */
};

/* Starts with the command of a RUN: its line, or its first heredoc. An exec
 * form is one command. */
struct shell shell_of(struct arena *a, const struct instruction *run);
/* The words of the next command, without the assignments and keywords in front;
 * false at the end. */
bool shell_next(struct shell *s, struct words *out);
/* True if words call one of the programs of a list, in any directory. */
bool shell_calls(struct words w, const char *programs);
/* The first word after the program that is not an option; ptr NULL if none. */
struct str shell_subcommand(struct words w);

#endif
