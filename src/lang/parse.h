/* SPDX-License-Identifier: MIT */
/* The grammar: one function for each rule, in the files parse_*.c, and what
 * they share. The rules refer to one another (text holds directives, which hold
 * text; a call holds expressions, which hold calls), and so do these files;
 * nothing outside of them does.
 *
 *   parse_text.c       which bytes are text, and what begins with '@'
 *   parse_opening.c    what a line that begins with '@' is
 *   parse_line.c       such lines: directives, calls, mistakes
 *   parse_directive.c  the directives on one line
 *   parse_block.c      the directives with a body and an @end
 *   parse_define.c     @define
 *   parse_function.c   @function, @return, and the guards of messages
 *   parse_type.c       types, and @type
 *   parse_expr.c       operators and the conditional
 *   parse_access.c     keys, indices, calls and pipes after a value
 *   parse_value.c      literals, names, lists and maps */
#ifndef STAGEPP_LANG_PARSE_H
#define STAGEPP_LANG_PARSE_H

#include "lang/foreign.h"
#include "lang/hint.h"
#include "lang/keyword.h"
#include "lang/lexer.h"

/* A block whose @end is still to come; those around it are linked. */
struct open_block {
    struct open_block *around;
    enum keyword keyword;
    struct loc loc;       /* of its directive */
    struct loc inner;     /* of the last block in it that has ended … */
    struct loc inner_end; /* … and of the @end; len 0: there is none */
    enum keyword inner_keyword;
    bool said; /* it was reported that it may lack its @end */
};

/* A line of text that begins a block in another language. */
struct foreign_line {
    const struct foreign *foreign;
    struct loc loc;
    struct loc end; /* the word of that language that ends it; or of len 0 */
    bool said;      /* it is not to be said (again) */
    bool ended;     /* an @end was taken for its end */
};

/* A line "@name" that is no @call; a later @end may have been written for it.
 */
struct caller {
    struct loc loc; /* "@name" or "@mod.name" */
    bool text;      /* it has no brackets */
};

enum {
    MOST_CALLERS = 8 /* that are remembered */
};

struct parser {
    struct lexer lex;
    struct report report;
    struct arena *arena; /* of the nodes */
    struct file *file;
    uint32_t depth;             /* nesting, against LIMIT_NESTING */
    uint32_t deepest;           /* of all depths so far */
    uint32_t values;            /* open @{, one in a string of the other */
    VEC(struct arg) args;       /* of the calls being parsed */
    name_id defined;            /* the function of that name */
    name_id callee;             /* of the last line "@name(" */
    struct node_define *define; /* whose body is being parsed; or NULL */
    struct open_block *open;    /* the innermost one; or NULL */
    uint32_t inner;             /* open blocks other than @if */
    uint32_t conditional;       /* open @if */
    enum keyword stop;          /* what ended the last block: END, ELIF, ELSE */
    struct loc stop_loc;
    uint32_t orphans; /* @end that belong to what was reported */
    struct caller callers[MOST_CALLERS]; /* the last lines of the kind, as a
                                            ring: number i is at i % MOST … */
    uint32_t ncallers;                   /* … of so many */
    bool guessed; /* a line was taken for a directive that begins a block: what
                     is said of an @end may be wrong */
    VEC(struct foreign_line)
    foreign;   /* words that begin a block elsewhere, and
                  may have an @end */
    bool ours; /* a builtin's: any word names a parameter, without a limit */
    bool any_directive;        /* besides comments: @library comes too late */
    uint32_t doc_from, doc_to; /* the last run of @# lines */
};

/* A parser at the start of source, whose file is still to be set. */
void parse_init(struct parser *p, struct arena *arena, struct names *names,
                struct diags *diags, struct source *source);
/* One level deeper; false and reported at LIMIT_NESTING. */
bool parse_enter(struct parser *p, struct loc loc);
void parse_leave(struct parser *p);
/* Reports a mistake at loc. */
#define parse_error(p, id, loc, ...) \
    report_error(&(p)->report, (id), (loc), __VA_ARGS__)

/* --- lines --- */

/* Moves to the start of the line after p's. */
void parse_skip_line(struct parser *p);
/* Offset of the line end ("\n" or "\r\n") at or after from. */
uint32_t parse_line_end(const struct parser *p, uint32_t from);
/* Offset after the line end at or after from. */
uint32_t parse_line_next(const struct parser *p, uint32_t from);
/* True at "\n", "\r\n" and the end of the file. */
bool parse_at_line_end(const struct parser *p, uint32_t at);
/* Offset of the first byte from `at` on that is not a blank. */
uint32_t parse_skip_blanks(const struct parser *p, uint32_t at);
/* Offset after the word at `at`, which is `at` if there is none. */
uint32_t parse_word_end(const struct parser *p, uint32_t at);

/* --- text --- */

/* Nodes being chained in source order. */
struct nodes {
    struct node *first, **last;
};
void parse_nodes_init(struct nodes *list);
void parse_nodes_add(struct nodes *list, void *node);
/* A zeroed node of `size` bytes at loc. */
void *parse_node(struct parser *p, size_t size, enum node_kind kind,
                 struct loc loc);
/* A slice of the source as text, unless it is empty. */
void parse_add_text(struct parser *p, struct nodes *out, uint32_t from,
                    uint32_t to);
/* Notes that n takes the place of the lines from its indentation to the
 * cursor. */
void parse_insert_done(const struct parser *p, struct node_insert *n);
/* Text and directives from a line start up to the directive that ends the block
 * (p->stop, p->stop_loc; the rest of its line is not read yet) or the end of
 * the file (KEYWORD_NONE). */
struct node *parse_text(struct parser *p);
/* The lines [from, to) as text whose values expand. */
struct node *parse_plain_lines(struct parser *p, uint32_t from, uint32_t to);
/* An '@' at `at`, the first of the line that begins at `line`; text from
 * *start is pending. False if it is text after all. */
bool parse_line(struct parser *p, struct nodes *out, uint32_t *start,
                uint32_t line, uint32_t at);
/* The same where a character that nobody sees stands before the '@'. */
void parse_hidden_line(struct parser *p, struct nodes *out, uint32_t *start,
                       uint32_t line, uint32_t at);
/* What the bytes after an '@' at a line start are, by syntax alone. */
enum opening {
    OPENING_TEXT,
    OPENING_COMMENT,
    OPENING_KEYWORD,
    OPENING_MISSHAPED, /* certainly a keyword, wrongly written */
    OPENING_NEAR,      /* one edit from a keyword */
    OPENING_ALMOST,  /* one edit from a keyword that is a name as well: text */
    OPENING_FOREIGN, /* a directive of another language */
    OPENING_PAREN,   /* keyword( */
    OPENING_CALL     /* name( or mod.name( */
};

struct opened {
    enum opening kind;
    enum keyword keyword;
    uint32_t from;                 /* of the word */
    uint32_t end;                  /* after the word; of a call, its '(' */
    uint32_t shown;                /* after what is wrong with it */
    uint32_t module_end;           /* of mod.name(; else 0 */
    name_id name;                  /* of name( */
    const struct foreign *foreign; /* of the word; or NULL */
    const char *advice;            /* MISSHAPED: how to write it */
    bool macro;                    /* NEAR: a macro has that name */
};

/* What follows the '@' before `at`. */
struct opened parse_opening(struct parser *p, uint32_t at);
/* Says that lines of p->foreign are text. */
void parse_foreign_lines(struct parser *p);
/* True if "@@" at `at`, the first of its line, stands for one '@'. */
bool parse_line_collapses(struct parser *p, uint32_t at);
/* "@{ expr }" with the cursor just after "@{", which is at `at`: the
 * expression, and the cursor after the "}". NULL after an error, with the
 * cursor after the matching "}" as well as it can be found, or at the line's
 * end. Refuses an empty one and one that holds only a literal. */
struct expr *parse_at_value(struct parser *p, uint32_t at);

/* --- directives --- */

/* Keyword `k` at loc ("@if"), the cursor after it. Adds its node; the cursor is
 * then at the start of a line, or at the end of the file. */
void parse_directive(struct parser *p, struct nodes *out, enum keyword k,
                     struct loc loc);
/* The same for single ones; the current token is the first after the keyword.
 */
void parse_if(struct parser *p, struct nodes *out, enum keyword k,
              struct loc loc);
void parse_for(struct parser *p, struct nodes *out, enum keyword k,
               struct loc loc);
/* @error, @warn */
void parse_message(struct parser *p, struct nodes *out, enum keyword k,
                   struct loc loc);
void parse_define(struct parser *p, struct nodes *out, enum keyword k,
                  struct loc loc);
/* A block of k begins at loc, in p->open, or ends. */
void parse_open_block(struct parser *p, struct open_block *b, enum keyword k,
                      struct loc loc);
void parse_close_block(struct parser *p, const struct open_block *b);
/* Reports at `at` that the end of the file, or something that stands only
 * outside of blocks, was found before the @end of b. */
void parse_unclosed(struct parser *p, struct open_block *b);
/* Adds a whole definition; NULL after an error that leaves nothing to add. */
struct node_define *parse_definition(struct parser *p, struct nodes *out,
                                     enum keyword k, struct loc loc);
/* "(parameters)" into n, whose name was read; false after an error. */
bool parse_define_params(struct parser *p, struct node_define *n);
void parse_call_block(struct parser *p, struct nodes *out, enum keyword k,
                      struct loc loc);
void parse_raw(struct parser *p, struct nodes *out, enum keyword k,
               struct loc loc);
void parse_type_line(struct parser *p, struct nodes *out, enum keyword k,
                     struct loc loc);
void parse_block_argument(struct parser *p, struct nodes *out, enum keyword k,
                          struct loc loc);
void parse_function(struct parser *p, struct nodes *out, enum keyword k,
                    struct loc loc);
void parse_return(struct parser *p, struct nodes *out, enum keyword k,
                  struct loc loc);
/* @file, @join, @defer */
void parse_block(struct parser *p, struct nodes *out, enum keyword k,
                 struct loc loc);
/* The body of a block that is not an @if, through its @end. */
struct node *parse_body(struct parser *p, enum keyword k, struct loc opener);
/* Reads a token, or reports that it is missing `where`. */
bool parse_expect(struct parser *p, enum token_kind kind, enum hint_place place,
                  const char *where);
/* A name that may be bound; NAME_NONE after an error. */
name_id parse_name(struct parser *p, struct loc *loc, const char *what);
/* Notes that the file binds name as a variable at loc; NAME_NONE: nothing. */
void parse_bind(struct parser *p, name_id name, struct loc loc);
/* The same in the scope where the parser is, which is perhaps the file's. */
void parse_bind_here(struct parser *p, name_id name, struct loc loc);
/* Reports `what` at loc, unless it stands at the level of the file: a block
 * around it may lack its @end. */
void parse_file_level(struct parser *p, struct loc loc, const char *what);
/* The documentation that ends where the line of `at` begins. */
struct str parse_doc(const struct parser *p, uint32_t at);
/* Reports what is left on a directive's line, which ends after `what`; moves to
 * the next line. */
void parse_finish_line(struct parser *p, const char *what);
void parse_finish_line_at(struct parser *p, const char *what,
                          enum hint_place place);

/* --- expressions ---
 * Each function reads from the current token on and leaves the first token that
 * it does not want as the current one. None returns NULL: after an error
 * (reported) it is EXPR_BAD. `right`: what is read is the right operand of
 * something, where a '|' would be ambiguous. */

/* The whole expression; bare_if: the "else" may be missing. */
struct expr *parse_expr(struct parser *p, bool bare_if, bool right);
/* From the level of "or" up. */
struct expr *parse_expr_or(struct parser *p, bool right);
/* From the level of ?? up, for the default of @param. */
struct expr *parse_expr_coalesce(struct parser *p);
/* A value with all that follows it. */
struct expr *parse_access(struct parser *p, bool right);
/* The same up to a '|' or '?', which it leaves alone. */
struct expr *parse_access_plain(struct parser *p);
/* "| name(…)", with the left side. */
struct expr *parse_pipe(struct parser *p, struct expr *left, bool right);
/* "(a, k=v, *more)" into c, after the subject of a pipe or NULL: the current
 * token is "("; after it, the ")" (not past it: there may be text that is no
 * token). False after an error. */
bool parse_args(struct parser *p, struct expr_call *c, struct expr *subject);
/* A call that begins at `from`, without arguments so far. */
struct expr_call *parse_call_new(struct parser *p, uint32_t from,
                                 name_id module, name_id name,
                                 struct loc name_loc);
/* callee = name ["." name]: a call of it; NULL after an error. */
struct expr_call *parse_callee(struct parser *p, uint32_t from,
                               const char *wanted);
/* The rest of c: its arguments, and before them the subject of a pipe, or NULL.
 * The current token is "(", or with a subject perhaps something else. */
struct expr *parse_call(struct parser *p, struct expr_call *c,
                        struct expr *subject);
/* A value without anything after it. */
struct expr *parse_value(struct parser *p);
/* "x in xs if c" after "for"; false after an error. wanted: "'in'", as a report
 * of a missing one calls it. */
bool parse_for_clause(struct parser *p, struct for_clause *c,
                      const char *wanted);
/* Of "x if c" without "else": reports a pipe at the end of c, which might take
 * all of it. */
void parse_check_pipe(struct parser *p, const struct expr *cond);
/* A number; minus: a "-" stands before it. */
struct expr *parse_int(struct parser *p, bool minus);

/* --- types ---
 * After an error (reported) they are TYPE_BAD. */

/* A type; in: an "in" after a member belongs to it. */
struct type *parse_type(struct parser *p, bool in);
/* The type of a block, whose name or whose parameter is at loc. */
struct type *parse_type_block(struct parser *p, struct loc loc);
/* One member, which may have a '?'. */
struct type *parse_type_after_is(struct parser *p);
/* A type, perhaps with a condition and a description. */
struct type *parse_type_where(struct parser *p);

/* A zeroed expression that begins at offset `from`. */
void *parse_new(struct parser *p, size_t size, enum expr_kind kind,
                uint32_t from);
/* Ends the expression after the last token that was read. */
static inline struct expr *parse_done(struct parser *p, void *node)
{
    struct expr *e = node;
    uint32_t end = p->lex.prev_end;
    e->loc.len = end > e->loc.off ? end - e->loc.off : 0;
    return e;
}

/* What stands for an expression after an error; the current token becomes
 * TOKEN_BAD, which nobody reports again. */
struct expr *parse_bad(struct parser *p);
/* Reads the token or word if it is the current one. */
static inline bool parse_accept(struct parser *p, enum token_kind kind)
{
    if (p->lex.token.kind != kind)
        return false;
    lexer_next(&p->lex);
    return true;
}

bool parse_accept_word(struct parser *p, enum word word);
/* The same for a name that means something in this place only. */
bool parse_accept_text(struct parser *p, struct str word);
/* Reports the current token, where `wanted` should be, with "; " and what to
 * write, or "". */
void parse_unexpected(struct parser *p, struct str hint, const char *wanted);
/* The same with what the token itself says; and where a value should be. */
void parse_expected(struct parser *p, const char *wanted);
void parse_no_value(struct parser *p);
/* True if the items between brackets end here: with `close`, or because the
 * file ends or the next directive begins, so that it is missing. */
static inline bool parse_items_end(const struct parser *p,
                                   enum token_kind close)
{
    const struct token *t = &p->lex.token;
    return t->kind == close || t->kind == TOKEN_EOF ||
           (t->kind == TOKEN_AT && p->lex.pos <= t->loc.off);
}

/* True if the current token closes what `open` opened; else reported. items:
 * a comma would do too. */
bool parse_at_close(struct parser *p, enum token_kind close, struct loc open,
                    bool items);
/* The same, and reads it. */
bool parse_close(struct parser *p, enum token_kind close, struct loc open,
                 bool items);

#endif
