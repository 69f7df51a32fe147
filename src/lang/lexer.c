/* SPDX-License-Identifier: MIT */
/* One token at a time from the cursor. */
#include "lang/lexer.h"

#include "base/utf8.h"
#include "lang/hint.h"

#include <string.h>

const char *lexer_token_name(enum token_kind kind)
{
    static const char *const names[] = {
#define X(id, text) text,
#include "lang/token_list.h"
#undef X
    };
    return names[kind];
}

struct str lexer_seen(const struct lexer *l)
{
    if (l->token.kind == TOKEN_NAME)
        return ARENA_CONCAT(l->arena, STR("'"), l->token.text, STR("'"));
    return str_from(lexer_token_name(l->token.kind));
}

/* --- white space --- */

static inline char peek(const struct lexer *l, uint32_t ahead)
{
    return l->pos + ahead < l->text.len ? l->text.ptr[l->pos + ahead] : '\0';
}

static void skip_comment(struct lexer *l)
{
    size_t end = str_chr(l->text, '\n', l->pos);
    l->pos = (uint32_t)(end == STR_NONE ? l->text.len : end);
}

/* Skips blanks and comments, inside brackets line ends too. */
static void skip_space(struct lexer *l)
{
    for (;;) {
        char c = peek(l, 0);
        if (ascii_is_blank(c) || c == '\r' || (c == '\n' && l->brackets))
            l->pos++;
        else if (c == '#')
            skip_comment(l);
        else
            break;
    }
}

struct str lexer_ahead(struct lexer *l)
{
    uint32_t pos = l->pos;
    skip_space(l);
    struct str ahead = str_from_off(l->text, l->pos);
    l->pos = pos;
    return ahead;
}

/* --- numbers --- */

/* True if a sign of arithmetic stands before the number at `at`. */
static bool reckons(const struct lexer *l, uint32_t at)
{
    while (at > 0 && ascii_is_blank(l->text.ptr[at - 1]))
        at--;
    return at > 0 && strchr("+-*/%", l->text.ptr[at - 1]);
}

NOINLINE static void lex_number(struct lexer *l)
{
    uint32_t from = l->pos;
    bool plain = true, overflow = false;
    int64_t n = 0;
    while (ascii_is_name(peek(l, 0)) ||
           (peek(l, 0) == '.' && ascii_is_digit(peek(l, 1)))) {
        char c = l->text.ptr[l->pos++];
        plain = plain && ascii_is_digit(c);
        /* Downwards, so that the least number fits; the parser turns it. */
        if (plain && (__builtin_mul_overflow(n, 10, &n) ||
                      __builtin_sub_overflow(n, c - '0', &n)))
            overflow = true;
    }
    struct str text = str_slice(l->text, from, l->pos - from);
    l->token.kind = TOKEN_INT;
    l->token.number = n;
    l->token.text = text;
    struct loc loc = loc_between(from, l->pos);
    if (!plain && str_chr(text, '.', 0) != STR_NONE)
        report_error(l->report, DIAG_NUMBER, loc,
                     reckons(l, from)
                         ? "%.*s is not a whole number, and there are no others"
                         : "%.*s is not a whole number; quote it: \"%.*s\"",
                     STR_ARG(text), STR_ARG(text));
    else if (!plain)
        report_error(
            l->report, DIAG_NUMBER, loc,
            "'%.*s' is neither a number nor a name; quote it: \"%.*s\"",
            STR_ARG(text), STR_ARG(text));
    else if (text.len > 1 && text.ptr[0] == '0')
        report_error(l->report, DIAG_NUMBER, loc,
                     "a number does not begin with 0; quote it: \"%.*s\"",
                     STR_ARG(text));
    else if (overflow)
        report_error(l->report, DIAG_NUMBER, loc,
                     "%.*s does not fit into 64 bits", STR_ARG(text));
    else
        return;
    l->token.kind = TOKEN_BAD;
}

/* --- strings --- */

/* True if the quote at `from` was to end a string whose "@{" has no '}'. */
static bool lacks_brace(const struct lexer *l, uint32_t from)
{
    if (!l->value || from < l->value)
        return false;
    struct str between = str_slice(l->text, l->value, from - l->value);
    struct str rest = str_part(l->text, from + 1, '\n');
    size_t end = 0;
    while (end < rest.len && strchr(" \t\r,)]", rest.ptr[end]))
        end++;
    return end == rest.len && str_trim(between).len > 2 &&
           str_chr(between, '}', 0) == STR_NONE &&
           str_chr(between, '\n', 0) == STR_NONE;
}

static void unclosed_string(struct lexer *l, uint32_t from)
{
    bool tripled = from > 1 && l->text.ptr[from - 1] == '"' &&
                   l->text.ptr[from - 2] == '"';
    if (tripled)
        report_error(l->report, DIAG_UNCLOSED, loc_between(from - 2, from + 1),
                     "no string has three quotes; a text of several lines is a "
                     "macro, @define x() … @end, or has \\n in it");
    else if (lacks_brace(l, from))
        report_error(l->report, DIAG_UNCLOSED, loc_between(l->value, from),
                     "this '@{' has no '}' before the string ends; a value in "
                     "it is written \"…@{x}…\"");
    else
        report_error(
            l->report, DIAG_UNCLOSED, loc_between(from, l->pos),
            "the string that begins here does not end on its line (a line "
            "end in it is written \\n)");
    l->token.kind = TOKEN_BAD;
}

static void bad_escape(struct lexer *l, uint32_t from, const char *what)
{
    report_error(l->report, DIAG_ESCAPE, loc_between(from, l->pos),
                 "%s; in \"…\" there are \\n \\t \\\\ \\\" \\@ and \\u{hex}, "
                 "and '…' takes everything as it is",
                 what);
}

/* \u{hex}, with pos after the 'u'; the number of bytes it gives. */
static size_t decode_code_point(struct lexer *l, uint32_t from, char *to)
{
    uint32_t cp = 0;
    int digits = 0;
    if (peek(l, 0) == '{')
        for (l->pos++; digits < 7; l->pos++, digits++) {
            char c = ascii_lower(peek(l, 0));
            if (ascii_is_digit(c))
                cp = cp * 16 + (uint32_t)(c - '0');
            else if (c >= 'a' && c <= 'f')
                cp = cp * 16 + (uint32_t)(c - 'a' + 10);
            else
                break;
        }
    size_t n = digits > 0 && digits < 7 ? utf8_encode(cp, to) : 0;
    if (n == 0 || peek(l, 0) != '}') {
        bad_escape(l, from, "not a code point");
        return 0;
    }
    l->pos++;
    return n;
}

/* The escape at pos; the number of bytes it gives. */
static size_t decode_escape(struct lexer *l, char *to)
{
    uint32_t from = l->pos;
    char c = peek(l, 1);
    l->pos += l->pos + 1 < l->text.len ? 2 : 1;
    switch (c) {
    case 'n':
        *to = '\n';
        return 1;
    case 't':
        *to = '\t';
        return 1;
    case '\\':
    case '"':
    case '@':
        *to = c;
        return 1;
    case 'u':
        return decode_code_point(l, from, to);
    default:
        if (c == '\n')
            l->pos--;
        bad_escape(l, from,
                   c == '(' ? "a value in a string is written @{x}"
                            : "unknown escape");
        return 0;
    }
}

static uint32_t run_of_at(const struct lexer *l, uint32_t at)
{
    uint32_t n = at;
    while (n < l->text.len && l->text.ptr[n] == '@')
        n++;
    return n - at;
}

static bool brace_at(const struct lexer *l, uint32_t at)
{
    return at < l->text.len && l->text.ptr[at] == '{';
}

/* Where the piece of a string that goes on at `at` ends: at the closing quote,
 * at the '@' of a value, or where the line does. A value follows an odd number
 * of
 * '@'. */
static uint32_t piece_end(const struct lexer *l, uint32_t at)
{
    const struct str text = l->text;
    while (at < text.len && text.ptr[at] != '"' && text.ptr[at] != '\n') {
        uint32_t n = run_of_at(l, at);
        if (n % 2 && brace_at(l, at + n))
            return at + n - 1;
        if (n == 0) /* an escape */
            n = at + 1 < text.len && text.ptr[at + 1] != '\n' ? 2 : 1;
        at = (uint32_t)str_until(text, at + n, ASCII_STRING);
    }
    return at;
}

/* The bytes up to `end`, which pos moves to. They become no more. */
static struct str decode(struct lexer *l, uint32_t end)
{
    char *to = arena_alloc(l->arena, end - l->pos);
    size_t n = 0;
    while (l->pos < end) {
        uint32_t plain = (uint32_t)str_until(l->text, l->pos, ASCII_STRING);
        memcpy(to + n, l->text.ptr + l->pos, plain - l->pos);
        n += plain - l->pos;
        l->pos = plain;
        uint32_t run = run_of_at(l, plain);
        uint32_t kept = brace_at(l, plain + run) ? run / 2 : run;
        memset(to + n, '@', kept);
        n += kept;
        l->pos += run;
        if (run == 0 && plain < end)
            n += decode_escape(l, to + n);
    }
    l->pos = end;
    return (struct str){to, n};
}

/* The piece at pos of the string that began at `open`. */
static void lex_piece(struct lexer *l, uint32_t open)
{
    uint32_t from = l->pos;
    uint32_t plain = (uint32_t)str_until(l->text, from, ASCII_STRING);
    uint32_t end = piece_end(l, plain);
    if (plain == end)
        l->token.text = str_slice(l->text, from, end - from);
    else
        l->token.text = decode(l, end);
    l->pos = end;
    if (peek(l, 0) == '"') {
        l->token.kind = TOKEN_STR;
        l->pos++;
    } else if (peek(l, 0) == '@') {
        l->token.kind = TOKEN_PIECE;
        l->pos += 2;
    } else {
        unclosed_string(l, open);
    }
}

void lexer_next_piece(struct lexer *l, uint32_t open)
{
    uint32_t from = l->pos;
    lex_piece(l, open);
    l->token.loc = loc_between(from, l->pos);
}

NOINLINE static void lex_raw_string(struct lexer *l)
{
    uint32_t from = l->pos++;
    size_t end = str_chr(l->text, '\'', l->pos);
    size_t line = str_chr(l->text, '\n', l->pos);
    if (end == STR_NONE || line < end) {
        l->pos = (uint32_t)(line == STR_NONE ? l->text.len : line);
        unclosed_string(l, from);
        return;
    }
    l->token.kind = TOKEN_STR;
    l->token.text = str_slice(l->text, l->pos, end - l->pos);
    l->pos = (uint32_t)end + 1;
}

/* --- signs --- */

/* A sign by its first byte: its token, and its token with a second byte. */
struct sign {
    uint8_t kind; /* enum token_kind; EOF: it is not a sign alone */
    char second;
    uint8_t longer;
    int8_t opens; /* 1: a bracket, -1: its end */
};

static const struct sign signs[256] = {
    ['('] = {TOKEN_LPAREN, 0, 0, 1},
    [')'] = {TOKEN_RPAREN, 0, 0, -1},
    ['['] = {TOKEN_LBRACKET, 0, 0, 1},
    [']'] = {TOKEN_RBRACKET, 0, 0, -1},
    ['{'] = {TOKEN_LBRACE, 0, 0, 1},
    ['}'] = {TOKEN_RBRACE, 0, 0, -1},
    [','] = {TOKEN_COMMA, 0, 0, 0},
    [':'] = {TOKEN_COLON, 0, 0, 0},
    ['.'] = {TOKEN_DOT, 0, 0, 0},
    ['|'] = {TOKEN_PIPE, '|', TOKEN_EOF, 0},
    ['?'] = {TOKEN_QUESTION, '?', TOKEN_COALESCE, 0},
    ['='] = {TOKEN_ASSIGN, '=', TOKEN_EQ, 0},
    ['!'] = {TOKEN_EOF, '=', TOKEN_NE, 0},
    ['<'] = {TOKEN_LT, '=', TOKEN_LE, 0},
    ['>'] = {TOKEN_GT, '=', TOKEN_GE, 0},
    ['+'] = {TOKEN_PLUS, 0, 0, 0},
    ['-'] = {TOKEN_MINUS, 0, 0, 0},
    ['*'] = {TOKEN_STAR, 0, 0, 0},
    ['/'] = {TOKEN_SLASH, 0, 0, 0},
    ['%'] = {TOKEN_PERCENT, 0, 0, 0},
    ['@'] = {TOKEN_AT, 0, 0, 0},
};

NOINLINE static void bad_sign(struct lexer *l)
{
    size_t off = l->pos;
    struct str help = hint_sign(l);
    utf8_next(l->text, &off);
    char c = peek(l, 0);
    if ((c == '&' || c == '|') && peek(l, 1) == c)
        off++;
    struct loc loc = loc_between(l->pos, (uint32_t)off);
    struct str sign = str_slice(l->text, loc.off, loc.len);
    l->token.kind = TOKEN_BAD;
    l->report->hinted = help.len > 0;
    report_error(l->report, DIAG_SYNTAX, loc,
                 "'%.*s' is not part of an expression%.*s", STR_ARG(sign),
                 STR_ARG(help));
    l->pos = (uint32_t)off;
}

static void lex_sign(struct lexer *l)
{
    const struct sign *s = &signs[(unsigned char)peek(l, 0)];
    bool longer = s->second && peek(l, 1) == s->second;
    l->token.kind = (enum token_kind)(longer ? s->longer : s->kind);
    if (l->token.kind == TOKEN_EOF) {
        bad_sign(l);
        return;
    }
    l->pos += longer ? 2 : 1;
    if (s->opens > 0 || l->brackets)
        l->brackets += (uint32_t)s->opens;
}

/* --- all of them --- */

static void lex_name(struct lexer *l)
{
    size_t end = str_span(l->text, l->pos, ASCII_NAME_START | ASCII_DIGIT);
    l->token.kind = TOKEN_NAME;
    l->token.text = (struct str){l->text.ptr + l->pos, end - l->pos};
    l->token.name = name_intern(l->names, l->token.text);
    l->pos = (uint32_t)end;
}

/* A "@" that begins a line is most likely the next directive, after brackets
 * that were not closed: l->pos goes back to the end of the line before, where
 * the parser of directives goes on after the error. */
NOINLINE static void stay_before(struct lexer *l, uint32_t at)
{
    while (at > 0 && ascii_is_blank(l->text.ptr[at - 1]))
        at--;
    if (at > 0 && l->text.ptr[at - 1] == '\n')
        l->pos = at - 1;
}

void lexer_next(struct lexer *l)
{
    l->prev_end = l->token.loc.off + l->token.loc.len;
    char c = peek(l, 0);
    if (c <= ' ' || c == '#') {
        skip_space(l);
        c = peek(l, 0);
    }
    uint32_t from = l->pos;
    if (ascii_is_name_start(c))
        lex_name(l);
    else if (c == '"')
        lex_piece(l, l->pos++);
    else if (ascii_is_digit(c))
        lex_number(l);
    else if (c == '\'')
        lex_raw_string(l);
    else if (from >= l->text.len)
        l->token.kind = TOKEN_EOF;
    else if (c == '\n')
        l->token.kind = TOKEN_EOL;
    else
        lex_sign(l);
    l->token.loc = loc_between(from, l->pos);
    if (l->token.kind == TOKEN_AT)
        stay_before(l, from);
}
