/* SPDX-License-Identifier: MIT */
/* A walk over the text that a shell is given: where its commands begin, and
 * where it replaces variables. It knows quotes, comments, $(…), `…` and
 * heredocs, of bash as of PowerShell; it does not know what a command does. */
#ifndef STAGEPP_DOCKER_SCRIPT_H
#define STAGEPP_DOCKER_SCRIPT_H

#include "docker/instruction.h"

enum script_part {
    SCRIPT_END,
    SCRIPT_COMMAND, /* the first word of a command, quotes as written */
    SCRIPT_VARIABLE /* the name in $name or ${name…} */
};

/* How deep quotes and brackets are followed; beyond it, the walk ends. */
#define SCRIPT_DEPTH 32

struct script {
    struct str text;
    size_t at;
    char escape;   /* '`' for PowerShell and cmd */
    bool begin;    /* a command may begin here */
    bool data;     /* not commands, but text in which variables are replaced */
    uint32_t open; /* of what stands in `opened`, the innermost last */
    char opened[SCRIPT_DEPTH]; /* a quote, '(' of "$(" or "(", '`' */
    /* The heredocs that the line announces. */
    struct heredoc waiting[4];
    uint32_t nwaiting;
    size_t data_end; /* of the heredoc that is walked; 0: none is */
};

/* A walk over text; escape is '\\' or '`'. */
struct script script_start(struct str text, char escape);
/* The next part, and its text in *out. */
enum script_part script_next(struct script *s, struct str *out);

#endif
