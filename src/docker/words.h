/* SPDX-License-Identifier: MIT */
/* The ways in which the rest of a line is cut into words. Words are slices of
 * the line wherever nothing had to be taken out of them, so that their place
 * is known. */
#ifndef STAGEPP_DOCKER_WORDS_H
#define STAGEPP_DOCKER_WORDS_H

#include "base/vec.h"

/* A list of words; vec_push adds one. */
struct words {
    struct str *at;
    uint32_t n, cap;
};

/* Words between blanks. */
struct words words_plain(struct arena *a, struct str rest);
/* Words between white space; quotes and escapes hold them together and stay. */
struct words words_quoted(struct arena *a, struct str rest, char escape);
/* The "--flag" words at the start of *rest, which moves past them; quotes and
 * escapes are taken out. */
struct words words_flags(struct arena *a, struct str *rest, char escape);
/* The fields between commas, quotes as in CSV (RFC 4180); false if they are
 * wrong. */
bool words_fields(struct arena *a, struct str text, struct words *out);

enum exec_form {
    EXEC_SHELL, /* not a JSON array */
    EXEC_JSON,
    EXEC_OTHER /* a JSON array, but not of strings */
};

/* The strings of a JSON array, as Go reads it. */
enum exec_form words_json(struct arena *a, struct str rest, struct words *out);
/* Why text, which begins with '[', is EXEC_SHELL. */
const char *words_json_mistake(struct arena *a, struct str text);

#endif
