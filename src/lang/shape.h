/* SPDX-License-Identifier: MIT */
/* Where a line of text stands, as a Dockerfile has it: some lines that look
 * like directives are text there that belongs to another language. */
#ifndef STAGEPP_LANG_SHAPE_H
#define STAGEPP_LANG_SHAPE_H

#include "base/str.h"

enum shape_kind {
    SHAPE_PLAIN,
    SHAPE_CONTINUED, /* the line before ends in '\' */
    SHAPE_HEREDOC
};

enum {
    SHAPE_HEREDOCS = 8 /* of one instruction; nobody has more */
};

/* A cursor over the lines of a text; begins as {0}. */
struct shape {
    uint32_t pos;         /* the next line … */
    enum shape_kind kind; /* … and what it is */
    char quote;           /* in which it begins; 0: none */
    char escape;          /* at line ends; 0: not known yet */
    bool heredocs;        /* the instruction may have some */
    struct str ends[SHAPE_HEREDOCS];
    uint8_t n, now; /* of ends: how many, and which is next */
};

/* Moves to the line of text that begins at `line`. */
void shape_at(struct shape *s, struct str text, uint32_t line);
/* The quote that is open after line, a part of a line; quote is open before it.
 * 0: none. */
char shape_quote(char quote, struct str line);

#endif
