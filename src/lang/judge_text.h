/* SPDX-License-Identifier: MIT */
/* Text that is almost a call or a directive. */
#ifndef STAGEPP_LANG_JUDGE_TEXT_H
#define STAGEPP_LANG_JUDGE_TEXT_H

#include "lang/judge_table.h"
#include "lang/shape.h"

/* Where a text was looked at last; begins as {0}. */
struct text_cursor {
    struct shape shape;
    bool begun;
    uint32_t at, line; /* a place, and where its line begins … */
    uint32_t first;    /* … and has its first byte that is not blank */
    uint32_t quote_at; /* up to here that line was read for quotes … */
    char quote;        /* … of which this one is open; 0: none */
    bool spoken;       /* of an '@if' or its like in that line */
};

/* Warns of it in n, a text of file. last: the same for all texts of a file,
 * which come in order. */
void judge_text(const struct judge_table *t, const struct file *file,
                struct text_cursor *last, const struct node_text *n);

#endif
