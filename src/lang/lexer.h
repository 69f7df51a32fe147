/* SPDX-License-Identifier: MIT */
/* Bytes of an expression into tokens. The lexer is a cursor over the source:
 * it knows how many brackets are open (line ends and # comments count as
 * nothing inside them) and reads one token ahead. Words are all TOKEN_NAME:
 * which of them are operators is the parser's business. */
#ifndef STAGEPP_LANG_LEXER_H
#define STAGEPP_LANG_LEXER_H

#include "lang/ast.h"
#include "source/diag.h"

enum token_kind {
#define X(id, text) TOKEN_##id,
#include "lang/token_list.h"
#undef X
    TOKEN_COUNT
};

/* The same numbers as in enum word. */
enum keyword {
#define X(id, text) KEYWORD_##id,
#include "lang/keyword_list.h"
#undef X
    KEYWORD_NONE
};

struct token {
    enum token_kind kind;
    struct loc loc;
    struct str text;    /* NAME: the word; STR: the decoded value */
    name_id name;       /* NAME: its number, perhaps an enum word */
    int64_t number;     /* INT */
    struct part *parts; /* INTERP */
};

/* What parsing one file needs; shared by lexer and parsers. */
struct parser {
    struct arena *arena; /* nodes */
    struct names *names;
    struct diags *diags;
    struct source *source;
    struct file *file;
    struct str text;      /* source->text */
    uint32_t pos;         /* next byte */
    uint32_t brackets;    /* open ( [ { */
    uint32_t values;      /* open @{, one in a string of the other */
    name_id callee;       /* of the last line "@name(" */
    struct token token;   /* the current one, after lexer_next */
    uint32_t prev_end;    /* end of the token before */
    VEC(struct arg) args; /* of the calls being parsed */
    uint32_t depth;       /* nesting, against LIMIT_NESTING */
    bool gave_up;         /* nested too deep: the rest is not looked at */
    /* A trial (the arguments of "@name(" that may be text): the first error is
     * kept here instead of being reported. */
    bool trial;
    enum diag_id error_id;
    struct loc error_loc;
    struct str error; /* ptr NULL: none so far */
    /* What stands behind the '@' that began the directive or value being read,
     * "if" or "{": a mistake may mean that it was text. */
    struct loc opener;
    /* Structure, for the parser of directives. */
    uint32_t inner;       /* open blocks other than @if */
    uint32_t conditional; /* open @if */
    enum keyword stop;    /* what ended the last block: END, ELIF, ELSE */
    struct loc stop_loc;
    bool any_directive;        /* besides comments: @library comes too late */
    uint32_t doc_from, doc_to; /* the last run of @# lines */
};

/* Moves to the next token. Outside brackets a line end or a '#' comment is
 * TOKEN_EOL (pos stays before the line end); inside they are skipped. Strings
 * are decoded here; "@{…}" in them is parsed by parser_expr (recursion).
 * A bad token is reported and becomes TOKEN_BAD. */
void lexer_next(struct parser *p);
/* The text from the token behind the current one on. */
struct str lexer_ahead(struct parser *p);
/* True if the current token is the word. */
static inline bool lexer_at_word(const struct parser *p, enum word word)
{
    return p->token.kind == TOKEN_NAME && p->token.name == (name_id)word;
}

const char *token_name(enum token_kind kind);
/* The current token, for a message: a word itself, else its kind. */
struct str token_seen(const struct parser *p);
/* KEYWORD_NONE if the name is no keyword; NAME_NONE is none. */
static inline enum keyword keyword_of(name_id name)
{
    return name < KEYWORD_NONE ? (enum keyword)name : KEYWORD_NONE;
}

const char *keyword_text(enum keyword k);
/* The keyword at most one edit (case-insensitive) away from word, which is
 * none; KEYWORD_NONE if there is none. */
enum keyword keyword_near(struct str word);
/* True for keywords, literals, operator words, "loop" and __names__. */
bool name_is_reserved(const struct names *names, name_id name);
/* Reports a mistake at loc, or keeps it if this is a trial. */
void parser_error(struct parser *p, enum diag_id id, struct loc loc,
                  const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* One level deeper; false and reported at LIMIT_NESTING. */
bool parser_enter(struct parser *p, struct loc loc);
void parser_leave(struct parser *p);
static inline struct loc loc_between(uint32_t from, uint32_t to)
{
    return (struct loc){from, to - from};
}

#endif
