/* SPDX-License-Identifier: MIT */
/* Ways of writing a value that are not ours, for a name that the template has:
 * "{x}", "@x", "@(x)", "$(x)", "{{ x }}", and "@{x}" that was escaped. They are
 * text, and mean something only where x is known. */
#ifndef STAGEPP_DOCKER_UNREPLACED_H
#define STAGEPP_DOCKER_UNREPLACED_H

#include "base/str.h"

/* What a text is; each has more of the forms than the one after it. */
enum unreplaced_in {
    UNREPLACED_WORDS, /* of the builder */
    UNREPLACED_SHELL,
    UNREPLACED_FILE /* a heredoc that becomes a file or a script */
};

struct unreplaced {
    struct str mark, name; /* parts of the text */
};

/* The first one at or after *at; *at moves past it. */
bool unreplaced_next(struct str text, size_t *at, enum unreplaced_in in,
                     struct unreplaced *out);

#endif
