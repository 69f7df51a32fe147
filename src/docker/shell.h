/* SPDX-License-Identifier: MIT */
/* The commands in the text of a RUN, as far as checks need them: the words of
 * simple commands in order, quotes removed, between "&&", ";", "|" and the
 * like. It is not a shell: what it does not understand stays as it is written.
 */
#ifndef STAGEPP_DOCKER_SHELL_H
#define STAGEPP_DOCKER_SHELL_H

#include "docker/instruction.h"

/* The text of a RUN: its line, or its first heredoc. An exec form is one
 * command. */
struct str shell_text(const struct instruction *run);
/* Takes the next command from *text: its words, without the assignments and
 * keywords in front; false at the end. */
bool shell_next(struct arena *a, struct str *text, struct words *out);
/* True if words call one of the programs of a list, in any directory. */
bool shell_calls(struct words w, const char *programs);
/* The first word after the program that is not an option; ptr NULL if none. */
struct str shell_subcommand(struct words w);

#endif
