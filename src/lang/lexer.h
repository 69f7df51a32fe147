/* SPDX-License-Identifier: MIT */
/* Bytes of an expression into tokens. The lexer is a cursor over the source:
 * it knows how many brackets are open (line ends and # comments count as
 * nothing inside them) and reads one token ahead. Words are all TOKEN_NAME:
 * which of them are operators is the parser's business. */
#ifndef STAGEPP_LANG_LEXER_H
#define STAGEPP_LANG_LEXER_H

#include "lang/report.h"

enum token_kind {
#define X(id, text) TOKEN_##id,
#include "lang/token_list.h"
#undef X
    TOKEN_COUNT
};

struct token {
    enum token_kind kind;
    struct loc loc;
    struct str text; /* NAME: the word; STR, PIECE: the decoded value */
    name_id name;    /* NAME: its number, perhaps an enum word */
    int64_t number;  /* INT: turned negative, so that the least one fits */
};

struct lexer {
    struct arena *arena; /* of decoded strings */
    struct names *names;
    struct report *report;
    struct str text;
    uint32_t pos;       /* next byte */
    uint32_t brackets;  /* open ( [ { */
    struct token token; /* the current one, after lexer_next */
    uint32_t prev_end;  /* end of the token before */
    uint32_t value;     /* the '@' of the "@{" that is being read; or 0 */
};

/* Moves to the next token. Outside brackets a line end or a '#' comment is
 * TOKEN_EOL (pos stays before the line end); inside they are skipped. A string
 * up to its first "@{" is TOKEN_PIECE, with pos after the "@{". A bad token is
 * reported and becomes TOKEN_BAD. */
void lexer_next(struct lexer *l);
/* After a value: the next piece of the string that began at `open`. */
void lexer_next_piece(struct lexer *l, uint32_t open);
/* The text after the current token and the space that follows it. */
struct str lexer_ahead(struct lexer *l);
/* True if the current token is the word. */
static inline bool lexer_at_word(const struct lexer *l, enum word word)
{
    return l->token.kind == TOKEN_NAME && l->token.name == (name_id)word;
}

/* How messages call a kind of token. */
const char *lexer_token_name(enum token_kind kind);
/* The current token, for a message: a word itself, else its kind. */
struct str lexer_seen(const struct lexer *l);

static inline struct loc loc_between(uint32_t from, uint32_t to)
{
    return (struct loc){from, to - from};
}

#endif
