/* SPDX-License-Identifier: MIT */
/* A code span's fence is longer than any row of backticks inside (section 6.1).
 */
#include "base/markdown.h"

/* The longest row of backticks in s. */
static size_t backticks(struct str s)
{
    size_t longest = 0, n = 0;
    for (size_t i = 0; i < s.len; i++) {
        n = s.ptr[i] == '`' ? n + 1 : 0;
        longest = n > longest ? n : longest;
    }
    return longest;
}

void markdown_code(struct buf *out, size_t from)
{
    size_t n = backticks(buf_from(out, from));
    if (n) {
        buf_insert(out, from, STR(" "));
        buf_add_char(out, ' ');
    }
    for (size_t i = 0; i <= n; i++) {
        buf_insert(out, from, STR("`"));
        buf_add_char(out, '`');
    }
}
