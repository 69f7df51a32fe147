/* SPDX-License-Identifier: MIT */
/* The two halves of the parser of templates: text (which bytes are text, which
 * begin a directive) and directives (what each of them says). */
#ifndef STAGEPP_LANG_PARSER_TEXT_H
#define STAGEPP_LANG_PARSER_TEXT_H

#include "lang/parser.h"

/* Nodes being chained in source order. */
struct nodes {
    struct node *first, **last;
};
void nodes_init(struct nodes *list);
void nodes_add(struct nodes *list, void *node);
/* A zeroed node of `size` bytes at loc. */
void *node_new(struct parser *p, size_t size, enum node_kind kind,
               struct loc loc);

/* Notes that n takes the place of the lines from its indentation to p->pos. */
void insert_done(const struct parser *p, struct node_insert *n);

/* Parses text and directives from p->pos, a line start, up to the directive
 * that ends the block (p->stop, p->stop_loc; the rest of its line is not read
 * yet) or the end of the file (KEYWORD_NONE). */
struct node *text_block(struct parser *p);
/* One directive: keyword `k` at loc ("@if"), p->pos behind it. Adds its node;
 * p->pos is then at the start of a line, or at the end of the file. */
void directive_parse(struct parser *p, struct nodes *out, enum keyword k,
                     struct loc loc);
/* "@define" at loc, the next token the macro's name. */
void define_parse(struct parser *p, struct nodes *out, struct loc loc);
/* The body of a block that is not an @if, through its @end. */
struct node *directive_body(struct parser *p, enum keyword k,
                            struct loc opener);
/* Reads a token, or reports that it is missing `where`. */
bool directive_expect(struct parser *p, enum token_kind kind,
                      const char *where);
/* A name that may be bound; NAME_NONE after an error. */
name_id directive_name(struct parser *p, struct loc *loc, const char *what);
/* Reports `what` at loc, unless it stands at the level of the file. */
void directive_misplaced(struct parser *p, struct loc loc, const char *what);
/* The documentation that ends where the line of `at` begins. */
struct str directive_doc(const struct parser *p, uint32_t at);
/* Reports what is left on a directive's line; moves to the next line. */
void line_finish(struct parser *p, const char *what);
/* Moves behind the line end at or after p->pos. */
void line_skip(struct parser *p);
/* Offset of the line end ("\n" or "\r\n") at or after from. */
uint32_t line_end(const struct parser *p, uint32_t from);
/* Offset behind the line end at or after from. */
uint32_t line_next(const struct parser *p, uint32_t from);
/* The keyword of the directive on the line that begins at `at`, and the offset
 * behind it; KEYWORD_NONE if there is no directive. */
enum keyword line_keyword(const struct parser *p, uint32_t at, uint32_t *end);

#endif
