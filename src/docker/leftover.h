/* SPDX-License-Identifier: MIT */
/* Marks of other template languages: "{{ x }}", "{% if x %}" and "{# … #}" of
 * Jinja, "<%= x %>" of ERB, "@X@" of autoconf, "%%X%%", the macros of m4, and
 * the lines of the C preprocessor, which are comments in a Dockerfile. */
#ifndef STAGEPP_DOCKER_LEFTOVER_H
#define STAGEPP_DOCKER_LEFTOVER_H

#include "base/arena.h"
#include "base/str.h"

/* What a mark is for. */
enum leftover_kind {
    LEFTOVER_VALUE,
    LEFTOVER_BLOCK,   /* a condition or a loop */
    LEFTOVER_COMMENT, /* of the template */
    LEFTOVER_DEFINE,
    LEFTOVER_INCLUDE,
    LEFTOVER_NEEDLESS /* nothing takes its place */
};

enum {
    LEFTOVER_BRACKETS = 7 /* kinds of brackets that a mark may have */
};

struct leftover {
    enum leftover_kind kind;
    struct str mark; /* a part of the text */
    struct str name; /* of a value; empty when it is more than a name */
};

/* A walk over text, from `at` on; begins as {.text = text}. */
struct leftover_walk {
    struct str text;
    size_t at;
    size_t open_to[LEFTOVER_BRACKETS]; /* up to there none of these is closed */
};

/* The next mark that is outside of quotes; the walk moves past it. */
bool leftover_next(struct leftover_walk *w, struct leftover *out);
/* True if a line begins with a macro of m4. */
bool leftover_m4(struct str line, struct leftover *out);
/* True if a line is nothing but a mark. */
bool leftover_line(struct str line, struct leftover *out);
/* True if a comment, with its '#', is a line for the C preprocessor. */
bool leftover_comment(struct str comment, struct leftover *out);
/* The name that a comment "#if x" or "#ifdef x" asks about; empty when it is
 * not one. */
struct str leftover_asked(struct str comment, struct leftover *out);
/* What is said of it. */
struct str leftover_message(struct arena *a, const struct leftover *l);

#endif
