/* SPDX-License-Identifier: MIT */
/* The reader is a recursive descent over the grammar of RFC 8259: it looks at
 * each byte once, and stops at the first mistake, which it words for the people
 * who wrote the text. */
#include "base/json.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

/* As deep as Go's decoder goes; a level takes some hundred bytes of stack. */
#define GO_DEPTH 10000

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
    size_t opener; /* the innermost bracket that is open */
    uint64_t depth, most;
    bool as_go;
    data_sink *sink;
    void *ctx;
    struct data_error *err;
};

/* The byte that comes next; NUL at the end. */
static char peek(const struct reader *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

/* The same after white space. */
static char next(struct reader *r)
{
    char c = peek(r);
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        r->at++;
        c = peek(r);
    }
    return c;
}

static bool take(struct reader *r, char c)
{
    if (peek(r) != c)
        return false;
    r->at++;
    return true;
}

/* Tells the sink of what ends where the reader is; false if it refuses it. */
static bool tell(struct reader *r, enum data_kind kind, struct str text,
                 size_t from)
{
    struct data_event event = {kind, text, from, r->at};
    return r->sink(r->ctx, &event);
}

/* --- mistakes --- */

__attribute__((format(printf, 3, 4))) static bool
mistake(struct reader *r, size_t offset, const char *fmt, ...)
{
    va_list ap;
    r->err->offset = offset;
    r->err->note[0] = '\0';
    va_start(ap, fmt);
    vsnprintf(r->err->message, sizeof r->err->message, fmt, ap);
    va_end(ap);
    return false;
}

static unsigned line_of(const struct reader *r, size_t offset)
{
    unsigned line = 1;
    for (size_t i = 0; i < offset; i++)
        line += r->text.ptr[i] == '\n';
    return line;
}

/* What people write, but JSON does not have; NULL for anything else. */
static const char *known_mistake(struct str rest)
{
    static const char quotes[] = "JSON strings go in double quotes: \"…\"";
    static const char comments[] = "JSON has no comments";
    static const char merge[] = "a merge conflict is not resolved here";
    static const char utf16[] = "this is UTF-16, and JSON is UTF-8";
    static const struct {
        const char *begin, *message;
    } known[] = {{"'", quotes},       {"`", quotes},      {"\u201c", quotes},
                 {"\u201d", quotes},  {"\u2018", quotes}, {"\u2019", quotes},
                 {"//", comments},    {"/*", comments},   {"#", comments},
                 {"<<<<<<<", merge},  {"=======", merge}, {">>>>>>>", merge},
                 {"\xff\xfe", utf16}, {"\xfe\xff", utf16}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_starts(rest, str_from(known[i].begin)))
            return known[i].message;
    return NULL;
}

/* What comes next, for a message. */
static void name_next(const struct reader *r, char out[32])
{
    size_t end = r->at;
    uint32_t cp = r->at < r->text.len ? utf8_next(r->text, &end) : 0;
    if (end == r->at)
        snprintf(out, 32, "the end of the text");
    else if (cp == UTF8_INVALID)
        snprintf(out, 32, "a byte that is not UTF-8");
    else if (cp > ' ' && cp < 0x7f)
        snprintf(out, 32, "'%c'", (char)cp);
    else
        snprintf(out, 32, "U+%04X", (unsigned)cp);
}

/* Something else comes next than what is expected at the offset. */
static bool unexpected(struct reader *r, size_t offset, const char *expected)
{
    char what[32];
    const char *known = known_mistake(str_from_off(r->text, r->at));
    if (known)
        return mistake(r, r->at, "%s", known);
    if (r->at == r->text.len && r->depth)
        return mistake(r, r->at,
                       "the text ends before the '%c' of line %u is closed",
                       r->text.ptr[r->opener], line_of(r, r->opener));
    name_next(r, what);
    return mistake(r, offset, "expected %s, not %s", expected, what);
}

static bool wrong_word(struct reader *r)
{
    struct str rest = str_from_off(r->text, r->at);
    if (str_starts(rest, STR("NaN")) || str_starts(rest, STR("Infinity")))
        return mistake(r, r->at, "JSON has no NaN and no Infinity");
    return mistake(r, r->at,
                   "JSON has no words but true, false and null; text goes in "
                   "double quotes");
}

/* The string that begins at `from` cannot hold what comes next. */
static bool wrong_string(struct reader *r, size_t from)
{
    unsigned char c = (unsigned char)peek(r);
    if (r->at == r->text.len)
        return mistake(r, r->at,
                       "the text ends before the string of line %u is closed",
                       line_of(r, from));
    if (c == '\n' || c == '\r')
        return mistake(r, r->at,
                       "the string is not closed in its line; a line end in it "
                       "is written as \\n");
    if (c >= 0x80)
        return mistake(r, r->at, "a byte that is not UTF-8");
    return mistake(r, r->at,
                   "a control character in a string; write it as \\t or "
                   "\\u00XX");
}

/* --- strings --- */

size_t json_plain_end(struct str s, size_t at)
{
    while (at < s.len) {
        size_t from = at;
        uint32_t c = (unsigned char)s.ptr[at];
        if (c < 0x80)
            at++;
        else
            c = utf8_next(s, &at);
        if (c < 0x20 || c == '"' || c == '\\' || c == UTF8_INVALID)
            return from;
    }
    return at;
}

static void skip_plain(struct reader *r)
{
    r->at = json_plain_end(r->text, r->at);
    while (r->as_go && (unsigned char)peek(r) >= 0x80)
        r->at = json_plain_end(r->text, r->at + 1);
}

/* Four hexadecimal digits as a number; UTF8_INVALID if they are not there. */
static uint32_t hex4(struct str s, size_t at)
{
    uint32_t n = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s.len ? ascii_lower(s.ptr[i]) : '\0';
        if (ascii_is_digit(c))
            n = n * 16 + (uint32_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            n = n * 16 + (uint32_t)(c - 'a' + 10);
        else
            return UTF8_INVALID;
    }
    return n;
}

/* unicode = "\u" 4 digits; two of them are one character if they are the halves
 * of a surrogate pair */
static bool read_unicode(struct reader *r, uint32_t *cp)
{
    size_t from = r->at;
    *cp = hex4(r->text, r->at + 2);
    if (*cp == UTF8_INVALID)
        return mistake(r, from, "\\u needs four hexadecimal digits");
    r->at += 6;
    if (*cp < 0xD800 || *cp > 0xDFFF)
        return true;
    if (*cp < 0xDC00 && str_starts(str_from_off(r->text, r->at), STR("\\u"))) {
        uint32_t low = hex4(r->text, r->at + 2);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            r->at += 6;
            *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
            return true;
        }
    }
    *cp = 0xFFFD;
    return r->as_go ||
           mistake(r, from, "half of a surrogate pair is not a character");
}

/* escape = "\" ('"' | "\" | "/" | "b" | "f" | "n" | "r" | "t") | unicode */
static bool read_escape(struct reader *r, uint32_t *cp)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = r->at + 1 < r->text.len ? r->text.ptr[r->at + 1] : '\0';
    const char *known = c ? strchr(from, c) : NULL;
    if (c == 'u')
        return read_unicode(r, cp);
    if (!known)
        return mistake(r, r->at,
                       "JSON has no such escape; a backslash itself is written "
                       "as \\\\");
    *cp = (unsigned char)to[known - from];
    r->at += 2;
    return true;
}

/* Reads on where a string has its first escape; *s is what came before it, and
 * becomes the whole. */
static bool unescape(struct reader *r, struct str *s)
{
    size_t end = r->at;
    while (end < r->text.len && r->text.ptr[end] != '"')
        end += r->text.ptr[end] == '\\' ? 2 : 1;
    /* Nothing is longer without its escapes. */
    char *to = arena_alloc(r->arena, s->len + (end - r->at));
    memcpy(to, s->ptr, s->len);
    s->ptr = to;
    while (peek(r) == '\\') {
        uint32_t cp;
        if (!read_escape(r, &cp))
            return false;
        s->len += utf8_encode(cp, to + s->len);
        size_t from = r->at;
        skip_plain(r);
        memcpy(to + s->len, r->text.ptr + from, r->at - from);
        s->len += r->at - from;
    }
    return true;
}

/* string = '"' {character | escape} '"' */
static bool read_string(struct reader *r, struct str *out)
{
    size_t from = r->at++;
    skip_plain(r);
    *out = str_slice(r->text, from + 1, r->at - from - 1);
    if (peek(r) == '\\' && !unescape(r, out))
        return false;
    return take(r, '"') || wrong_string(r, from);
}

/* --- other values --- */

/* digits = "0"…"9" {"0"…"9"} */
static bool read_digits(struct reader *r)
{
    if (!ascii_is_digit(peek(r)))
        return unexpected(r, r->at, "a digit");
    while (ascii_is_digit(peek(r)))
        r->at++;
    return true;
}

/* number = ["-"] ("0" | digits) ["." digits] [("e" | "E") ["+" | "-"] digits]
 */
static bool read_number(struct reader *r)
{
    size_t from = r->at;
    if (take(r, '-') && ascii_is_name_start(peek(r)))
        return wrong_word(r);
    bool zero = take(r, '0');
    if (zero && ascii_is_digit(peek(r)))
        return mistake(r, from, "a number in JSON has no leading zeros");
    if ((!zero && !read_digits(r)) || (take(r, '.') && !read_digits(r)))
        return false;
    if (take(r, 'e') || take(r, 'E')) {
        if (!take(r, '+'))
            take(r, '-');
        if (!read_digits(r))
            return false;
    }
    char c = peek(r);
    if (ascii_is_name(c) || (c && strchr(".+-", c)))
        return mistake(
            r, from,
            "not a number as JSON writes it; text goes in double quotes");
    return tell(r, DATA_NUMBER, str_slice(r->text, from, r->at - from), from);
}

/* word = "null" | "false" | "true" */
static bool read_word(struct reader *r)
{
    static const struct str words[] = {STR_INIT("null"), STR_INIT("false"),
                                       STR_INIT("true")};
    size_t from = r->at;
    size_t end = str_span(r->text, from, ASCII_NAME_START | ASCII_DIGIT);
    struct str word = str_slice(r->text, from, end - from);
    for (unsigned i = 0; i < 3; i++)
        if (str_eq(word, words[i])) {
            r->at = end;
            return tell(r, (enum data_kind)(DATA_NULL + i), word, from);
        }
    return wrong_word(r);
}

static bool read_value(struct reader *r);

/* key = string ":" */
static bool read_key(struct reader *r)
{
    struct str key;
    char c = next(r);
    size_t from = r->at;
    if (ascii_is_name(c))
        return mistake(r, r->at, "JSON keys go in double quotes");
    if (c != '"')
        return unexpected(r, r->at, "a key in double quotes");
    if (!read_string(r, &key) || !tell(r, DATA_KEY, key, from))
        return false;
    if (next(r) != ':')
        return unexpected(r, r->at, "':' after the key");
    r->at++;
    return true;
}

/* What comes after a value: "," and *more values, or the closing bracket. */
static bool read_comma(struct reader *r, bool is_object, bool *more)
{
    size_t end = r->at;
    char close = is_object ? '}' : ']';
    char c = next(r);
    *more = c == ',';
    if (c == close)
        return true;
    if (!*more)
        return unexpected(r, end,
                          is_object ? "',' or '}' after this value"
                                    : "',' or ']' after this value");
    size_t comma = r->at++;
    return next(r) != close ||
           mistake(r, comma, "JSON has no comma before '%c'", close);
}

/* object = "{" [key value {"," key value}] "}"
 * array = "[" [value {"," value}] "]" */
static bool read_items(struct reader *r, bool is_object)
{
    const struct str none = {NULL, 0};
    size_t outer = r->opener;
    r->opener = r->at;
    if (r->depth++ == r->most)
        return mistake(r, r->at,
                       "nested deeper than the limit 'json' of %u (--limit "
                       "json=N changes it)",
                       (unsigned)r->most);
    r->at++;
    bool good = tell(r, is_object ? DATA_MAP : DATA_LIST, none, r->opener);
    bool more = good && next(r) != (is_object ? '}' : ']');
    while (more)
        if ((is_object && !read_key(r)) || !read_value(r) ||
            !read_comma(r, is_object, &more))
            return false;
    r->at++;
    r->depth--;
    r->opener = outer;
    return good && tell(r, DATA_END, none, r->at - 1);
}

/* value = object | array | string | number | word */
static bool read_value(struct reader *r)
{
    struct str text;
    char c = next(r);
    size_t from = r->at;
    if (c == '{' || c == '[')
        return read_items(r, c == '{');
    if (c == '-' || ascii_is_digit(c))
        return read_number(r);
    if (ascii_is_name_start(c))
        return read_word(r);
    if (c == '+' || c == '.')
        return mistake(r, r->at, "a number in JSON begins with a digit or '-'");
    if (c != '"')
        return unexpected(r, r->at, "a value");
    return read_string(r, &text) && tell(r, DATA_STRING, text, from);
}

/* document = value */
bool json_read(struct arena *a, struct str text, enum json_rules rules,
               data_sink *sink, void *ctx, struct data_error *err)
{
    bool as_go = rules == JSON_AS_GO;
    struct reader r = {
        .arena = a,
        .text = text,
        .at = as_go ? 0 : utf8_bom_len(text),
        .most = as_go ? GO_DEPTH : a->fault->limits.max[LIMIT_JSON],
        .as_go = as_go,
        .sink = sink,
        .ctx = ctx,
        .err = err,
    };
    if (next(&r) == '\0' && r.at == text.len)
        return mistake(&r, 0, "the document is empty");
    if (!read_value(&r))
        return false;
    next(&r);
    return r.at == text.len ||
           unexpected(&r, r.at, "the end of the text after the value");
}
