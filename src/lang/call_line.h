/* SPDX-License-Identifier: MIT */
/* Calls whose arguments are all string literals by position, as most are. They
 * are so quickly read that a line with such a call is not kept as a tree: its
 * node has 24 bytes, and whoever wants more reads it again. There are
 * templates with hundreds of thousands of them, and memory costs more time
 * than reading does. */
#ifndef STAGEPP_LANG_CALL_LINE_H
#define STAGEPP_LANG_CALL_LINE_H

#include "lang/ast.h"

/* Calls with more are read in the other way. */
enum {
    MOST_LITERALS = 16
};

struct literals {
    struct expr at[MOST_LITERALS];
    uint32_t n;
    uint32_t close; /* offset of the ")" */
};

/* Reads literals without escapes or values, separated by commas, from offset
 * `open` behind a "(" up to the ")"; false if anything else stands there. */
bool literals_read(struct str text, uint32_t open, struct literals *out);

/* What a NODE_CALL stands for, as long as it is needed. */
struct call_line {
    struct node_insert insert;
    struct expr_call call;
    struct literals literals;
};

/* Reads n, a NODE_CALL of the file with that text, again. */
void call_line_read(struct str text, const struct node *n,
                    struct call_line *out);

#endif
