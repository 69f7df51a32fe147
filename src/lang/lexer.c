/* SPDX-License-Identifier: MIT */
/* One token at a time from the cursor in struct parser. */
#include "lang/lexer.h"

#include "base/utf8.h"
#include "lang/parser.h"

#include <stdarg.h>
#include <string.h>

/* --- words --- */

const char *keyword_text(enum keyword k)
{
    return word_text((enum word)k).ptr;
}

enum keyword keyword_near(struct str word)
{
    for (int k = 0; k < KEYWORD_NONE; k++)
        if (str_distance(word, word_text((enum word)k), 1) <= 1)
            return (enum keyword)k;
    return KEYWORD_NONE;
}

bool name_is_reserved(const struct names *names, name_id name)
{
    struct str word = name_text(names, name);
    /* __file__ and the like, and those that may come. */
    return name < WORD_COUNT || (word.len > 4 && str_starts(word, STR("__")) &&
                                 str_ends(word, STR("__")));
}

const char *token_name(enum token_kind kind)
{
    static const char *const names[] = {
#define X(id, text) text,
#include "lang/token_list.h"
#undef X
    };
    return names[kind];
}

struct str token_seen(const struct parser *p)
{
    if (p->token.kind == TOKEN_NAME)
        return arena_printf(p->arena, "'%.*s'", STR_ARG(p->token.text));
    if (p->token.kind == TOKEN_ASSIGN)
        return STR("'=' (to compare write '==')");
    return str_from(token_name(p->token.kind));
}

/* --- mistakes --- */

void parser_error(struct parser *p, enum diag_id id, struct loc loc,
                  const char *fmt, ...)
{
    va_list ap;
    if (p->gave_up || (p->trial && p->error.ptr))
        return;
    va_start(ap, fmt);
    struct str text = arena_vprintf(p->arena, fmt, ap);
    va_end(ap);
    if (p->trial) {
        p->error_id = id;
        p->error_loc = loc;
        p->error = text;
        return;
    }
    struct diag *d =
        diag_report(p->diags, id, (struct span){p->source, loc.off, loc.len},
                    NULL, "%.*s", STR_ARG(text));
    if (id == DIAG_SYNTAX && p->opener.len)
        diag_note(p->diags, d, source_nowhere,
                  "if this is text, write '@@%.*s'",
                  STR_ARG(str_slice(p->text, p->opener.off, p->opener.len)));
}

bool parser_enter(struct parser *p, struct loc loc)
{
    uint64_t max = p->diags->fault->limits.max[LIMIT_NESTING];
    if (++p->depth <= max)
        return true;
    p->depth--;
    parser_error(p, DIAG_LIMIT, loc,
                 "the limit 'nesting' of %llu is reached: %.*s (--limit "
                 "nesting=N changes it)",
                 (unsigned long long)max, STR_ARG(limit_what(LIMIT_NESTING)));
    if (!p->trial) {
        p->gave_up = true;
        p->pos = (uint32_t)p->text.len;
    }
    return false;
}

void parser_leave(struct parser *p)
{
    p->depth--;
}

/* --- white space --- */

static inline char peek(const struct parser *p, uint32_t ahead)
{
    return p->pos + ahead < p->text.len ? p->text.ptr[p->pos + ahead] : '\0';
}

static void skip_comment(struct parser *p)
{
    size_t end = str_chr(p->text, '\n', p->pos);
    p->pos = (uint32_t)(end == STR_NONE ? p->text.len : end);
}

/* Skips blanks and comments, inside brackets line ends too. */
static void skip_space(struct parser *p)
{
    while (p->pos < p->text.len) {
        char c = p->text.ptr[p->pos];
        if (c == '#')
            skip_comment(p);
        else if (ascii_is_blank(c) || c == '\r' || (c == '\n' && p->brackets))
            p->pos++;
        else
            break;
    }
}

struct str lexer_ahead(struct parser *p)
{
    uint32_t pos = p->pos;
    skip_space(p);
    struct str ahead = str_from_off(p->text, p->pos);
    p->pos = pos;
    return ahead;
}

/* --- numbers --- */

NOINLINE static void lex_number(struct parser *p)
{
    uint32_t from = p->pos;
    bool plain = true, overflow = false;
    int64_t n = 0;
    while (ascii_is_name(peek(p, 0)) ||
           (peek(p, 0) == '.' && ascii_is_digit(peek(p, 1)))) {
        char c = p->text.ptr[p->pos++];
        plain = plain && ascii_is_digit(c);
        /* Downwards, so that the least number fits; the parser turns it. */
        if (plain && (__builtin_mul_overflow(n, 10, &n) ||
                      __builtin_sub_overflow(n, c - '0', &n)))
            overflow = true;
    }
    struct str text = str_slice(p->text, from, p->pos - from);
    p->token.kind = TOKEN_INT;
    p->token.number = n;
    p->token.text = text;
    struct loc loc = loc_between(from, p->pos);
    if (!plain && str_chr(text, '.', 0) != STR_NONE)
        parser_error(p, DIAG_NUMBER, loc,
                     "%.*s is no whole number; quote it: \"%.*s\"",
                     STR_ARG(text), STR_ARG(text));
    else if (!plain)
        parser_error(
            p, DIAG_NUMBER, loc,
            "'%.*s' is neither a number nor a name; quote it: \"%.*s\"",
            STR_ARG(text), STR_ARG(text));
    else if (text.len > 1 && text.ptr[0] == '0')
        parser_error(p, DIAG_NUMBER, loc,
                     "a number does not begin with 0; quote it: \"%.*s\"",
                     STR_ARG(text));
    else if (overflow)
        parser_error(p, DIAG_NUMBER, loc, "%.*s does not fit into 64 bits",
                     STR_ARG(text));
    else
        return;
    p->token.kind = TOKEN_BAD;
}

/* --- strings --- */

/* A string under way: decoded bytes are gathered in the arena as pieces. */
struct lex_string {
    struct part *parts, **last;
    char *bytes;
    uint32_t len, cap;
};

static void put(struct parser *p, struct lex_string *s, const char *from,
                uint32_t n)
{
    if (n == 0)
        return;
    if (s->len + n > s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : 32;
        while (cap < s->len + n)
            cap *= 2;
        s->bytes = arena_resize(p->arena, s->bytes, s->cap, cap);
        s->cap = cap;
    }
    memcpy(s->bytes + s->len, from, n);
    s->len += n;
}

static void end_piece(struct parser *p, struct lex_string *s)
{
    if (s->len == 0)
        return;
    struct part *part = arena_new(p->arena, struct part);
    part->text = (struct str){s->bytes, s->len};
    *s->last = part;
    s->last = &part->next;
    s->bytes = NULL;
    s->len = s->cap = 0;
}

static void bad_escape(struct parser *p, uint32_t from, const char *what)
{
    parser_error(p, DIAG_ESCAPE, loc_between(from, p->pos),
                 "%s; in \"…\" there are \\n \\t \\\\ \\\" \\@ and \\u{hex}, "
                 "and '…' takes everything as it is",
                 what);
}

/* \u{hex}, with p->pos behind the 'u'. */
static void lex_code_point(struct parser *p, struct lex_string *s,
                           uint32_t from)
{
    uint32_t cp = 0;
    int digits = 0;
    char out[4];
    if (peek(p, 0) == '{')
        for (p->pos++; digits < 7; p->pos++, digits++) {
            char c = ascii_lower(peek(p, 0));
            if (ascii_is_digit(c))
                cp = cp * 16 + (uint32_t)(c - '0');
            else if (c >= 'a' && c <= 'f')
                cp = cp * 16 + (uint32_t)(c - 'a' + 10);
            else
                break;
        }
    size_t n = digits > 0 && digits < 7 ? utf8_encode(cp, out) : 0;
    if (n == 0 || peek(p, 0) != '}') {
        bad_escape(p, from, "not a code point");
        return;
    }
    p->pos++;
    put(p, s, out, (uint32_t)n);
}

/* An escape at p->pos, the backslash. */
static void lex_escape(struct parser *p, struct lex_string *s)
{
    uint32_t from = p->pos;
    char c = peek(p, 1);
    p->pos += p->pos + 1 < p->text.len ? 2 : 1;
    switch (c) {
    case 'n':
        put(p, s, "\n", 1);
        break;
    case 't':
        put(p, s, "\t", 1);
        break;
    case '\\':
    case '"':
    case '@':
        put(p, s, &c, 1);
        break;
    case 'u':
        lex_code_point(p, s, from);
        break;
    default:
        if (c == '\n')
            p->pos--;
        bad_escape(p, from, "unknown escape");
    }
}

/* A run of '@' in a string; before '{' it is halved, an odd one is a value.
 * False when the string is not worth reading on. */
static bool lex_run(struct parser *p, struct lex_string *s)
{
    uint32_t from = p->pos, n = 0;
    while (peek(p, n) == '@')
        n++;
    p->pos += n;
    uint32_t keep = peek(p, 0) == '{' ? n / 2 : n;
    put(p, s, p->text.ptr + from, keep);
    if (keep == n || n % 2 == 0)
        return true;
    end_piece(p, s);
    p->pos++;
    struct part *part = arena_new(p->arena, struct part);
    part->expr = parser_value(p, p->pos - 2);
    /* To read on in each string around a mistake would take twice the time for
     * each of them. */
    if (!part->expr && p->values)
        return false;
    if (!part->expr) {
        /* So that the string is no literal, of which somebody complains. */
        part->expr = arena_new(p->arena, struct expr);
        part->expr->kind = EXPR_BAD;
    }
    *s->last = part;
    s->last = &part->next;
    return true;
}

static void unclosed_string(struct parser *p, uint32_t from)
{
    parser_error(p, DIAG_UNCLOSED, loc_between(from, p->pos),
                 "the string that begins here does not end on its line (a line "
                 "end in it is written \\n)");
    p->token.kind = TOKEN_BAD;
}

static void finish_string(struct parser *p, struct lex_string *s)
{
    end_piece(p, s);
    if (s->parts && (s->parts->next || s->parts->expr)) {
        p->token.kind = TOKEN_INTERP;
        p->token.parts = s->parts;
    } else {
        p->token.kind = TOKEN_STR;
        p->token.text = s->parts ? s->parts->text : STR("");
    }
}

/* How many bytes from p->pos on mean nothing special in a string. */
static uint32_t plain_run(const struct parser *p)
{
    return (uint32_t)(str_until(p->text, p->pos, ASCII_STRING) - p->pos);
}

/* Most strings are a slice of the source. False: this one is to be decoded. */
static bool lex_slice(struct parser *p)
{
    uint32_t n = plain_run(p);
    if (peek(p, n) != '"')
        return false;
    p->token.kind = TOKEN_STR;
    p->token.text = str_slice(p->text, p->pos, n);
    p->pos += n + 1;
    return true;
}

/* The string that began at `from`, with escapes or values in it. Apart, so
 * that lexer_next stays a function of few registers. */
NOINLINE static void decode_string(struct parser *p, uint32_t from)
{
    struct lex_string s = {0};
    s.last = &s.parts;
    for (;;) {
        char c = peek(p, 0);
        if (p->pos >= p->text.len || c == '\n') {
            unclosed_string(p, from);
            return;
        }
        if (c == '"')
            break;
        if (c == '\\') {
            lex_escape(p, &s);
        } else if (c == '@') {
            if (!lex_run(p, &s)) {
                p->token.kind = TOKEN_BAD;
                return;
            }
        } else {
            uint32_t n = plain_run(p);
            put(p, &s, p->text.ptr + p->pos, n);
            p->pos += n;
        }
    }
    p->pos++;
    finish_string(p, &s);
}

static void lex_string(struct parser *p)
{
    uint32_t from = p->pos++;
    if (!lex_slice(p))
        decode_string(p, from);
}

NOINLINE static void lex_raw_string(struct parser *p)
{
    uint32_t from = p->pos++;
    size_t end = str_chr(p->text, '\'', p->pos);
    size_t line = str_chr(p->text, '\n', p->pos);
    if (end == STR_NONE || line < end) {
        p->pos = (uint32_t)(line == STR_NONE ? p->text.len : line);
        unclosed_string(p, from);
        return;
    }
    p->token.kind = TOKEN_STR;
    p->token.text = str_slice(p->text, p->pos, end - p->pos);
    p->pos = (uint32_t)end + 1;
}

/* --- signs --- */

static const uint8_t signs[128] = {
    ['('] = TOKEN_LPAREN,   [')'] = TOKEN_RPAREN,   ['['] = TOKEN_LBRACKET,
    [']'] = TOKEN_RBRACKET, ['{'] = TOKEN_LBRACE,   ['}'] = TOKEN_RBRACE,
    [','] = TOKEN_COMMA,    [':'] = TOKEN_COLON,    ['.'] = TOKEN_DOT,
    ['|'] = TOKEN_PIPE,     ['?'] = TOKEN_QUESTION, ['='] = TOKEN_ASSIGN,
    ['<'] = TOKEN_LT,       ['>'] = TOKEN_GT,       ['+'] = TOKEN_PLUS,
    ['-'] = TOKEN_MINUS,    ['*'] = TOKEN_STAR,     ['/'] = TOKEN_SLASH,
    ['%'] = TOKEN_PERCENT,  ['@'] = TOKEN_AT,
};

/* The sign that begins with c and perhaps d; TOKEN_EOF if there is none. */
static enum token_kind sign_of(char c, char d, uint32_t *len)
{
    *len = 1;
    if (d == '=' || (d == '?' && c == '?')) {
        *len = 2;
        switch (c) {
        case '?':
            if (d == '?')
                return TOKEN_COALESCE;
            break;
        case '=':
            return TOKEN_EQ;
        case '!':
            return TOKEN_NE;
        case '<':
            return TOKEN_LE;
        case '>':
            return TOKEN_GE;
        default:
            break;
        }
        *len = 1;
    }
    return (unsigned char)c < sizeof signs ? (enum token_kind)signs[(int)c]
                                           : TOKEN_EOF;
}

/* What to write instead of signs that other languages have. */
static const char *cure(const struct parser *p)
{
    struct str rest = str_from_off(p->text, p->pos);
    if (str_starts(rest, STR("&&")))
        return "; write 'and'";
    if (str_starts(rest, STR("||")))
        return "; write 'or'";
    if (str_starts(rest, STR("!")))
        return "; write 'not'";
    if (str_starts(rest, STR("\xE2\x80\x9C")) ||
        str_starts(rest, STR("\xE2\x80\x9D")) ||
        str_starts(rest, STR("\xE2\x80\x98")) ||
        str_starts(rest, STR("\xE2\x80\x99")))
        return "; use the plain quotes \" or '";
    return "";
}

NOINLINE static void bad_sign(struct parser *p)
{
    size_t off = p->pos;
    const char *help = cure(p);
    utf8_next(p->text, &off);
    if (off < p->text.len && off == p->pos + 1u && strchr("&|", peek(p, 0)) &&
        peek(p, 1) == peek(p, 0))
        off++;
    struct loc loc = loc_between(p->pos, (uint32_t)off);
    p->token.kind = TOKEN_BAD;
    parser_error(p, DIAG_SYNTAX, loc, "'%.*s' is no part of an expression%s",
                 STR_ARG(str_slice(p->text, loc.off, loc.len)), help);
    p->pos = (uint32_t)off;
}

static void lex_sign(struct parser *p)
{
    char c = peek(p, 0), d = peek(p, 1);
    uint32_t len;
    enum token_kind kind = sign_of(c, d, &len);
    if (kind == TOKEN_EOF || (c == '|' && d == '|')) {
        bad_sign(p);
        return;
    }
    p->token.kind = kind;
    p->pos += len;
    if (kind == TOKEN_LPAREN || kind == TOKEN_LBRACKET || kind == TOKEN_LBRACE)
        p->brackets++;
    else if (kind == TOKEN_RPAREN || kind == TOKEN_RBRACKET ||
             kind == TOKEN_RBRACE)
        p->brackets -= p->brackets > 0;
}

/* --- all of them --- */

static void lex_name(struct parser *p)
{
    size_t end = str_span(p->text, p->pos, ASCII_NAME_START | ASCII_DIGIT);
    p->token.kind = TOKEN_NAME;
    p->token.text = (struct str){p->text.ptr + p->pos, end - p->pos};
    p->token.name = name_intern(p->names, p->token.text);
    p->pos = (uint32_t)end;
}

/* A '@' that begins a line is most likely the next directive, behind brackets
 * that were not closed: p->pos goes back to the end of the line before, where
 * the parser of directives goes on after the error. */
static void stay_before(struct parser *p, uint32_t at)
{
    while (at > 0 && ascii_is_blank(p->text.ptr[at - 1]))
        at--;
    if (at > 0 && p->text.ptr[at - 1] == '\n')
        p->pos = at - 1;
}

void lexer_next(struct parser *p)
{
    p->prev_end = p->token.loc.off + p->token.loc.len;
    char c = peek(p, 0);
    if (c == ' ') { /* most often it is just one */
        p->pos++;
        c = peek(p, 0);
    }
    if (c <= ' ' || c == '#') {
        skip_space(p);
        c = peek(p, 0);
    }
    uint32_t from = p->pos;
    if (p->pos >= p->text.len)
        p->token.kind = TOKEN_EOF;
    else if (c == '\n')
        p->token.kind = TOKEN_EOL;
    else if (ascii_is_name_start(c))
        lex_name(p);
    else if (ascii_is_digit(c))
        lex_number(p);
    else if (c == '"')
        lex_string(p);
    else if (c == '\'')
        lex_raw_string(p);
    else
        lex_sign(p);
    p->token.loc = loc_between(from, p->pos);
    if (p->token.kind == TOKEN_AT)
        stay_before(p, from);
}
