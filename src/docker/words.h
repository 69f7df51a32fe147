/* SPDX-License-Identifier: MIT */
/* The ways in which the rest of a line is cut into words. Words are slices of
 * the line wherever nothing had to be taken out of them, so that their place
 * is known. */
#ifndef STAGEPP_DOCKER_WORDS_H
#define STAGEPP_DOCKER_WORDS_H

#include "docker/dockerfile.h"

/* A list of words that grows. */
struct word_list {
    VEC(struct str) list;
};
#define WORDS_OF(l) ((struct words){(l).list.at, (l).list.n})

/* Words between blanks. */
struct words words_plain(struct arena *a, struct str rest);
/* Words between white space; quotes and escapes hold them together and stay. */
struct words words_quoted(struct arena *a, struct str rest, char escape);
/* The "--flag" words at the start of *rest, which moves behind them; quotes
 * and escapes are taken out. */
struct words words_flags(struct arena *a, struct str *rest, char escape);

enum exec_form {
    EXEC_SHELL, /* not a JSON array */
    EXEC_JSON,
    EXEC_OTHER /* a JSON array, but not of strings */
};

/* The strings of a JSON array, as Go reads it. */
enum exec_form words_json(struct arena *a, struct str rest, struct words *out);

#endif
