/* SPDX-License-Identifier: MIT */
/* Source text into a tree. A mistake is reported and parsing goes on at the
 * next line, so that one run shows them all. */
#ifndef STAGEPP_LANG_PARSER_H
#define STAGEPP_LANG_PARSER_H

#include "lang/lexer.h"

/* Parses a whole file; file->failed tells whether there were errors. */
struct file *parser_parse(struct arena *arena, struct names *names,
                          struct diags *diags, struct source *source);

/* --- between the parsers of text and of expressions --- */

/* A parser at the start of source, whose file is still to be set. */
void parser_init(struct parser *p, struct arena *arena, struct names *names,
                 struct diags *diags, struct source *source);
/* The whole expression: expr = or ["if" or ["else" expr]]. With allow_bare_if
 * the "else" may be missing (@{…}). The current token is its first; after it,
 * the first one behind it. Never NULL: EXPR_BAD after an error. */
struct expr *parser_expr(struct parser *p, bool allow_bare_if);
/* The same from the level of ?? up, for the default of @param. */
struct expr *parser_expr_default(struct parser *p);
/* The same from the level of "or" up, for what @for and comprehensions walk. */
struct expr *parser_expr_or(struct parser *p);
/* "(a, k=v, *more)" into c, behind the subject of a pipe or NULL: the current
 * token is "("; after it, the ")" (not behind it: there may be text that is no
 * token), and p->prev_end is its end. False after an error. */
bool parser_args(struct parser *p, struct expr_call *c, struct expr *subject);
/* "@{ expr }" with p->pos just behind "@{": the expression, and p->pos behind
 * the "}". at is the offset of the "@". NULL after an error, with p->pos behind
 * the matching "}" as well as it can be found, or at the line's end. Refuses an
 * empty one and one that holds only a literal. Saves and restores the token
 * and the bracket count around it. */
struct expr *parser_value(struct parser *p, uint32_t at);
/* Skips to the end of the line after an error (pos at the line end). */
void parser_skip_line(struct parser *p);

#endif
