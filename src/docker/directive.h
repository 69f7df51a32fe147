/* SPDX-License-Identifier: MIT */
/* Parser directives: "# name = value" at the very top. */
#ifndef STAGEPP_DOCKER_DIRECTIVE_H
#define STAGEPP_DOCKER_DIRECTIVE_H

#include "base/str.h"

enum directive_name {
    DIRECTIVE_SYNTAX,
    DIRECTIVE_ESCAPE,
    DIRECTIVE_CHECK,
    DIRECTIVE_COUNT
};

enum directive_status {
    DIRECTIVE_NEW,
    DIRECTIVE_TWICE,
    DIRECTIVE_UNKNOWN /* a comment, which ends the directives */
};

/* The parts of a line; false if it has another form. */
bool directive_split(struct str line, struct str *name, struct str *value);
/* The same of a comment without its "#". */
bool directive_split_comment(struct str comment, struct str *name,
                             struct str *value);
/* Keeps the value of a directive by its name, in any case; ptr NULL is that of
 * one that is absent. */
enum directive_status directive_add(struct str values[DIRECTIVE_COUNT],
                                    struct str name, struct str value);
/* Reads the directives in the first lines of text, a Dockerfile. BuildKit looks
 * for "syntax" and "check" with a reader of their own, which accepts a "#!"
 * line before them but no blanks in front of them; so does this. */
void directive_read_top(struct str text, struct str values[DIRECTIVE_COUNT]);

#endif
