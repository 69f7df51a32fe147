/* SPDX-License-Identifier: MIT */
/* Which shell gets the text of a RUN, and whether that is on Windows. */
#ifndef STAGEPP_DOCKER_SHELL_KIND_H
#define STAGEPP_DOCKER_SHELL_KIND_H

#include "docker/check.h"

enum shell_kind {
    SHELL_POSIX,
    SHELL_WINDOWS,
    SHELL_OTHER /* python, say; or no shell: a JSON array */
};

/* True if the stage that is walked is one of Windows, as far as its image and
 * the escape character tell. */
bool shell_on_windows(const struct check *c);
/* That of i, a RUN that CHECK_BUILT is about. */
enum shell_kind shell_kind(const struct check *c, const struct instruction *i);
/* True if that shell runs the content of h, one of the heredocs of i; else it
 * is text that is given to a command. */
bool shell_runs_heredoc(const struct instruction *i);
/* True if a script begins with the name of another program: "#!/usr/bin/perl".
 */
bool shell_is_foreign(struct arena *a, struct str script);

#endif
