/* SPDX-License-Identifier: MIT */
/* A small reader of its own: no tokens, no memory. What it accepts means just
 * what it means to lexer and parser. */
#include "lang/call_line.h"

#include "lang/lexer.h"

bool literals_read(struct str text, uint32_t open, struct literals *out)
{
    size_t at = open;
    for (uint32_t n = 0; n < MOST_LITERALS; n++) {
        size_t from = str_span(text, at, ASCII_BLANK);
        if (from >= text.len || text.ptr[from] != '"')
            return false;
        at = str_until(text, from + 1, ASCII_STRING);
        if (at >= text.len || text.ptr[at++] != '"')
            return false;
        out->at[n] = (struct expr){EXPR_STR, 0, 1,
                                   loc_between((uint32_t)from, (uint32_t)at)};
        at = str_span(text, at, ASCII_BLANK);
        if (at >= text.len)
            return false;
        if (text.ptr[at] == ')') {
            out->n = n + 1;
            out->close = (uint32_t)at;
            return true;
        }
        if (text.ptr[at++] != ',')
            return false;
    }
    return false;
}

/* The same where there are n literals for sure. */
static void literals_again(struct str text, uint32_t open, uint32_t n,
                           struct literals *out)
{
    const char *at = text.ptr + open;
    for (uint32_t i = 0; i < n; i++) {
        while (*at != '"')
            at++;
        const char *from = at++;
        while (*at != '"')
            at++;
        at++;
        out->at[i] = (struct expr){EXPR_STR, 0, 1,
                                   loc_between((uint32_t)(from - text.ptr),
                                               (uint32_t)(at - text.ptr))};
    }
    while (*at != ')')
        at++;
    out->n = n;
    out->close = (uint32_t)(at - text.ptr);
}

void call_line_read(struct str text, const struct node *n,
                    struct call_line *out)
{
    uint32_t line = n->loc.off, open = line + 1;
    while (line > 0 && ascii_is_blank(text.ptr[line - 1]))
        line--;
    while (text.ptr[open] != '(')
        open++;
    literals_again(text, open + 1, n->flag, &out->literals);
    size_t end = str_chr(text, '\n', out->literals.close);
    out->call = (struct expr_call){
        .e = {EXPR_CALL, ARGS_LITERALS, 0,
              loc_between(n->loc.off + 1, n->loc.off + n->loc.len)},
        .module = NAME_NONE,
        .name = n->name,
        .name_loc = loc_between(n->loc.off + 1, open),
        .nargs = out->literals.n,
        .u.literals = out->literals.at,
    };
    out->insert = (struct node_insert){
        .n = *n,
        .expr = &out->call.e,
        .indent = n->loc.off - line,
        .len = (uint32_t)(end == STR_NONE ? text.len : end + 1) - line,
    };
    out->insert.n.kind = NODE_INSERT;
    out->insert.n.flag = INSERT_LINE;
}
