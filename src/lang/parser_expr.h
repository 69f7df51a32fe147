/* SPDX-License-Identifier: MIT */
/* The three parts of the parser of expressions: operators (parser_expr.c),
 * what stands behind a value (parser_call.c), and values (parser_literal.c).
 * Each function reads from the current token on and leaves the first token
 * that it does not want as the current one. None returns NULL: after an error
 * (reported) it is EXPR_BAD. */
#ifndef STAGEPP_LANG_PARSER_EXPR_H
#define STAGEPP_LANG_PARSER_EXPR_H

#include "lang/parser.h"

/* The whole expression; bare_if: the "else" may be missing; right: it is the
 * right operand of something, where a '|' would be ambiguous. */
struct expr *expr_parse(struct parser *p, bool bare_if, bool right);
/* From the level of "or" up. */
struct expr *expr_parse_or(struct parser *p, bool right);
/* A primary with all that stands behind it. */
struct expr *expr_parse_postfix(struct parser *p, bool right);
/* "| name(…)", with the left side. */
struct expr *expr_parse_pipe(struct parser *p, struct expr *left, bool right);
/* A call of what stands at `from`; `subject` is the left side of a pipe, or
 * NULL. The current token is "(", or with a subject perhaps something else. */
struct expr *expr_parse_call(struct parser *p, uint32_t from,
                             struct expr *subject, name_id module, name_id name,
                             struct loc name_loc);
/* A value without anything behind it. */
struct expr *expr_parse_primary(struct parser *p);
/* A number; minus: a "-" stands before it. */
struct expr *expr_parse_int(struct parser *p, bool minus);

/* --- nodes and tokens --- */

/* A zeroed node that begins at offset `from`. */
void *expr_new(struct parser *p, size_t size, enum expr_kind kind,
               uint32_t from);
/* Ends the node behind the last token that was read. */
struct expr *expr_done(struct parser *p, void *node);
/* What stands for an expression after an error; the current token becomes
 * TOKEN_BAD, of which nobody complains again. */
struct expr *expr_bad(struct parser *p);
/* Reads the token or word if it is the current one. */
bool expr_accept(struct parser *p, enum token_kind kind);
bool expr_accept_word(struct parser *p, enum word word);
/* Reports the current token, where `wanted` should be. */
void expr_expected(struct parser *p, const char *wanted);
/* True if the items between brackets end here: with `close`, or because the
 * file ends or the next directive begins, so that it is missing. */
bool expr_items_end(const struct parser *p, enum token_kind close);
/* True if the current token closes what `open` opened; else reported. items:
 * a comma would do too. */
bool expr_at_close(struct parser *p, enum token_kind close, struct loc open,
                   bool items);
/* The same, and reads it. */
bool expr_close(struct parser *p, enum token_kind close, struct loc open,
                bool items);

#endif
