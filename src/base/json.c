/* SPDX-License-Identifier: MIT */
/* A scan refuses what RFC 8259 does and json-c does not, or not in words for
 * people. Then the text is read here, and no tree is made of it; json-c says
 * what is wrong with one that is no JSON. (When memory ends, versions before
 * 0.18 leave out keys and items without a word, or crash.) */
#include "base/json.h"

#include "base/foreign.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#include <json-c/json.h>

static void say(struct json_error *err, size_t offset, const char *what)
{
    err->offset = offset;
    snprintf(err->message, sizeof err->message, "%s", what);
}

/* --- what json-c lets through --- */

/* The four hexadecimal digits at `at` as a number; 0 if they are not. */
static unsigned hex4(struct str s, size_t at)
{
    unsigned n = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s.len ? ascii_lower(s.ptr[i]) : '\0';
        if (ascii_is_digit(c))
            n = n * 16 + (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            n = n * 16 + (unsigned)(c - 'a' + 10);
        else
            return 0;
    }
    return n;
}

static bool is_high(unsigned unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool is_low(unsigned unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* The escape at *at moves *at behind it; *nul if it is a NUL character. */
static bool check_escape(struct str s, size_t *at, bool *nul,
                         struct json_error *err)
{
    static const char half[] = "half of a surrogate pair is no character";
    size_t from = *at;
    *at += 2;
    if (from + 1 >= s.len || s.ptr[from + 1] != 'u')
        return true;
    unsigned unit = hex4(s, *at);
    *nul = *nul || str_starts(str_from_off(s, *at), STR("0000"));
    *at += 4;
    if (is_low(unit)) {
        say(err, from, half);
        return false;
    }
    if (is_high(unit)) {
        if (!str_starts(str_from_off(s, *at), STR("\\u")) ||
            !is_low(hex4(s, *at + 2))) {
            say(err, from, half);
            return false;
        }
        *at += 6;
    }
    return true;
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.len && (ascii_is_blank(s.ptr[at]) || s.ptr[at] == '\r' ||
                          s.ptr[at] == '\n'))
        at++;
    return at;
}

/* json-c allows control characters, replaces half surrogates, and cuts a key
 * off at a NUL. */
static bool check_string(struct str s, size_t *at, struct json_error *err)
{
    size_t from = (*at)++;
    bool nul = false;
    while (*at < s.len && s.ptr[*at] != '"') {
        if ((unsigned char)s.ptr[*at] < 0x20) {
            say(err, *at,
                "a control character in a string; write it as \\n, "
                "\\t or \\u00XX");
            return false;
        }
        if (s.ptr[*at] != '\\')
            ++*at;
        else if (!check_escape(s, at, &nul, err))
            return false;
    }
    if (*at < s.len)
        ++*at;
    size_t next = skip_blanks(s, *at);
    if (nul && next < s.len && s.ptr[next] == ':') {
        say(err, from, "a key with a NUL character in it");
        return false;
    }
    return true;
}

static size_t skip_digits(struct str s, size_t at)
{
    while (at < s.len && ascii_is_digit(s.ptr[at]))
        at++;
    return at;
}

/* number = ["-"] ("0" | 1-9 digits) ["." digits] ["e" ["+" | "-"] digits];
 * json-c allows "1.". */
static bool check_number(struct str s, size_t *at, struct json_error *err)
{
    size_t from = *at, digits = from + (s.ptr[from] == '-');
    size_t end = skip_digits(s, digits);
    bool good = end > digits && (s.ptr[digits] != '0' || end == digits + 1);
    if (good && end < s.len && s.ptr[end] == '.') {
        digits = end + 1;
        end = skip_digits(s, digits);
        good = end > digits;
    }
    if (good && end < s.len && ascii_lower(s.ptr[end]) == 'e') {
        digits = end + 1;
        if (digits < s.len && (s.ptr[digits] == '+' || s.ptr[digits] == '-'))
            digits++;
        end = skip_digits(s, digits);
        good = end > digits;
    }
    if (!good)
        say(err, from, "not a number as JSON writes it");
    *at = end;
    /* In quotes, which it may get because it is large, json-c would take it. */
    size_t next = skip_blanks(s, end);
    if (good && next < s.len && s.ptr[next] == ':') {
        say(err, from, "a number as a key; keys stand in double quotes");
        return false;
    }
    return good;
}

/* json-c allows NaN and Infinity. */
static bool check_word(struct str s, size_t *at, struct json_error *err)
{
    size_t from = *at;
    while (*at < s.len && ascii_is_name(s.ptr[*at]))
        ++*at;
    struct str word = str_slice(s, from, *at - from);
    if (str_eq(word, STR("true")) || str_eq(word, STR("false")) ||
        str_eq(word, STR("null")))
        return true;
    say(err, from,
        "JSON has no words but true, false and null; keys and text "
        "stand in double quotes");
    return false;
}

static bool check_utf8(struct str s, struct json_error *err)
{
    for (size_t at = 0, from = 0; at < s.len; from = at)
        if (utf8_next(s, &at) == UTF8_INVALID) {
            say(err, from, "a byte that is no UTF-8");
            return false;
        }
    return true;
}

static bool closes(struct str s, size_t at)
{
    return at < s.len && (s.ptr[at] == ']' || s.ptr[at] == '}');
}

/* What RFC 8259 refuses and json-c does not, or not in words for people. The
 * rest is json-c's to refuse. */
static bool check_tokens(struct str s, struct json_error *err)
{
    bool good = true;
    for (size_t at = 0; at < s.len && good;) {
        char c = s.ptr[at];
        if (c == '"') {
            good = check_string(s, &at, err);
        } else if (c == '-' || ascii_is_digit(c)) {
            good = check_number(s, &at, err);
        } else if (ascii_is_name_start(c)) {
            good = check_word(s, &at, err);
        } else if (c == '\'') {
            say(err, at, "a string stands in double quotes");
            good = false;
        } else if (c == ',' && closes(s, skip_blanks(s, at + 1))) {
            say(err, at, "a comma before a closing bracket");
            good = false;
        } else {
            at++;
        }
    }
    return good;
}

/* --- numbers and strings --- */

static bool fits_int64(struct str digits)
{
    struct str most = digits.ptr[0] == '-' ? STR("9223372036854775808")
                                           : STR("9223372036854775807");
    if (digits.ptr[0] == '-')
        digits = str_from_off(digits, 1);
    return digits.len < most.len ||
           (digits.len == most.len && str_cmp(digits, most) <= 0);
}

/* Offset behind the string literal that begins at `at`. */
static size_t skip_string(struct str s, size_t at)
{
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        if (s.ptr[at] == '\\')
            at++;
    return at < s.len ? at + 1 : s.len;
}

/* --- mistakes --- */

static void say_too_deep(struct json_error *err, size_t offset, int depth)
{
    err->offset = offset;
    snprintf(err->message, sizeof err->message,
             "nested deeper than the limit 'json' of %d (--limit json=N "
             "changes it)",
             depth);
}

static int most_depth(const struct fault *f)
{
    return (int)f->limits.max[LIMIT_JSON];
}

/* Says what is wrong with a text that could not be read. */
static void find_mistake(struct fault *f, struct str text,
                         struct json_error *err)
{
    int depth = most_depth(f);
    json_tokener *t = json_tokener_new_ex(depth);
    if (!t)
        fault_raise(f, LIMIT_NO_MEMORY);
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    foreign_begins();
    json_object_put(json_tokener_parse_ex(t, text.ptr, (int)text.len));
    size_t end = json_tokener_get_parse_end(t);
    /* More could follow; a NUL of its own says that there is none. */
    if (json_tokener_get_error(t) == json_tokener_continue) {
        json_object_put(json_tokener_parse_ex(t, "", 1));
        end = text.len;
    }
    enum json_tokener_error code = json_tokener_get_error(t);
    json_tokener_free(t);
    foreign_ends();
    if (code == json_tokener_success) /* it must have passed over something */
        fault_raise(f, LIMIT_NO_MEMORY);
    if (code == json_tokener_continue)
        say(err, text.len, "the document ends too early");
    else if (code == json_tokener_error_depth)
        say_too_deep(err, end, depth);
    else
        say(err, end, json_tokener_error_desc(code));
}

/* --- reading --- */

/* What the scan has let through. */
struct reading {
    const struct json_events *ev;
    void *ctx;
    struct arena *arena;
    struct str text;
    size_t at;
};

static bool read_value(struct reading *r, int depth);

/* The character of an escape behind "\u", or of two that make a pair; *at moves
 * behind them. */
static uint32_t read_unit(struct str s, size_t *at)
{
    unsigned unit = hex4(s, *at);
    *at += 4;
    if (!is_high(unit))
        return unit;
    unsigned low = hex4(s, *at + 2);
    *at += 6;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

static bool is_hex4(struct str s, size_t at)
{
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s.len ? ascii_lower(s.ptr[i]) : '\0';
        if (!ascii_is_digit(c) && (c < 'a' || c > 'f'))
            return false;
    }
    return true;
}

/* What stands between the quotes, with its escapes resolved. */
static bool unescape(struct arena *a, struct str raw, struct str *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char *bytes = arena_alloc(a, raw.len + 1);
    size_t n = 0;
    for (size_t at = 0; at < raw.len;) {
        char c = raw.ptr[at++];
        if (c != '\\') {
            bytes[n++] = c;
            continue;
        }
        c = at < raw.len ? raw.ptr[at++] : '\0';
        const char *known = c ? strchr(from, c) : NULL;
        if (known) {
            bytes[n++] = to[known - from];
        } else if (c == 'u' && is_hex4(raw, at)) {
            n += utf8_encode(read_unit(raw, &at), bytes + n);
        } else {
            return false;
        }
    }
    *out = (struct str){bytes, n};
    return true;
}

static bool read_string(struct reading *r, struct str *out)
{
    size_t from = r->at + 1, end = skip_string(r->text, r->at);
    if (end <= from || r->text.ptr[end - 1] != '"')
        return false;
    r->at = end;
    *out = str_slice(r->text, from, end - 1 - from);
    return str_chr(*out, '\\', 0) == STR_NONE || unescape(r->arena, *out, out);
}

static int64_t to_int64(struct str digits)
{
    uint64_t n = 0;
    bool minus = digits.ptr[0] == '-';
    for (size_t i = minus; i < digits.len; i++)
        n = n * 10 + (uint64_t)(digits.ptr[i] - '0');
    return minus && n ? -1 - (int64_t)(n - 1) : (int64_t)n;
}

static bool read_number(struct reading *r)
{
    struct json_error ignored;
    size_t from = r->at, digits = from + (r->text.ptr[from] == '-');
    if (!check_number(r->text, &r->at, &ignored))
        return false;
    struct str text = str_slice(r->text, from, r->at - from);
    if (skip_digits(r->text, digits) != r->at || !fits_int64(text))
        r->ev->str_value(r->ctx, text);
    else
        r->ev->int_value(r->ctx, to_int64(text));
    return true;
}

static bool read_word(struct reading *r)
{
    struct str rest = str_from_off(r->text, r->at);
    if (str_starts(rest, STR("null"))) {
        r->ev->null_value(r->ctx);
        r->at += 4;
        return true;
    }
    bool yes = str_starts(rest, STR("true"));
    if (!yes && !str_starts(rest, STR("false")))
        return false;
    r->ev->bool_value(r->ctx, yes);
    r->at += yes ? 4 : 5;
    return true;
}

/* "key": in front of a member. */
static bool read_key(struct reading *r)
{
    struct str key;
    if (r->at >= r->text.len || r->text.ptr[r->at] != '"' ||
        !read_string(r, &key))
        return false;
    r->at = skip_blanks(r->text, r->at);
    if (r->at >= r->text.len || r->text.ptr[r->at] != ':')
        return false;
    r->ev->key(r->ctx, key);
    r->at = skip_blanks(r->text, r->at + 1);
    return true;
}

static bool read_members(struct reading *r, int depth)
{
    bool is_map = r->text.ptr[r->at] == '{', first = true;
    char close = is_map ? '}' : ']';
    r->ev->begin(r->ctx, is_map, 0);
    for (r->at++;; first = false) {
        r->at = skip_blanks(r->text, r->at);
        if (r->at >= r->text.len)
            return false;
        if (r->text.ptr[r->at] == close)
            break;
        if (!first && r->text.ptr[r->at] != ',')
            return false;
        r->at = skip_blanks(r->text, r->at + !first);
        if (depth <= 0 || (is_map && !read_key(r)) || !read_value(r, depth - 1))
            return false;
    }
    r->at++;
    r->ev->end(r->ctx, is_map);
    return true;
}

/* The value that begins at r->at, with so many levels below it. */
static bool read_value(struct reading *r, int depth)
{
    struct str text;
    char c = r->at < r->text.len ? r->text.ptr[r->at] : '\0';
    if (c == '{' || c == '[')
        return read_members(r, depth);
    if (c == '-' || ascii_is_digit(c)) {
        return read_number(r);
    }
    if (c != '"')
        return read_word(r);
    if (!read_string(r, &text))
        return false;
    r->ev->str_value(r->ctx, text);
    return true;
}

/* False if anything is wrong. */
static bool read_doc(struct arena *a, struct str text,
                     const struct json_events *ev, void *ctx)
{
    struct reading r = {ev, ctx, a, text, skip_blanks(text, 0)};
    return read_value(&r, most_depth(a->fault) - 1) &&
           skip_blanks(text, r.at) == text.len;
}

bool json_parse(struct arena *a, struct str text, const struct json_events *ev,
                void *ctx, struct json_error *err)
{
    size_t bom = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    text = str_from_off(text, bom);
    if (str_trim(text).len == 0) {
        say(err, 0, "the document is empty");
        return false;
    }
    if (str_has_nul(text)) {
        say(err, bom + str_chr(text, '\0', 0), "a NUL byte");
        return false;
    }
    if (check_utf8(text, err) && check_tokens(text, err)) {
        if (read_doc(a, text, ev, ctx))
            return true;
        find_mistake(a->fault, text, err);
    }
    err->offset += bom;
    return false;
}

/* --- writing --- */

static void quote_char(struct buf *b, char c)
{
    static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";
    const char *at = c ? strchr(from, c) : NULL;
    if (at) {
        buf_add_char(b, '\\');
        buf_add_char(b, to[at - from]);
    } else {
        buf_printf(b, "\\u%04x", (unsigned)c);
    }
}

/* The offset of the first character from `at` on that needs an escape. */
static size_t skip_plain(struct str s, size_t at)
{
    while (at < s.len && (unsigned char)s.ptr[at] >= 0x20 && s.ptr[at] != '"' &&
           s.ptr[at] != '\\')
        at++;
    return at;
}

/* s, which is UTF-8, with its escapes. */
static void quote_text(struct buf *b, struct str s)
{
    for (size_t at = 0; at < s.len; at++) {
        size_t end = skip_plain(s, at);
        buf_add(b, str_slice(s, at, end - at));
        if (end < s.len)
            quote_char(b, s.ptr[end]);
        at = end;
    }
}

bool json_quote(struct buf *b, struct str s)
{
    if (!utf8_valid(s))
        return false;
    buf_add_char(b, '"');
    quote_text(b, s);
    buf_add_char(b, '"');
    return true;
}

void json_quote_repaired(struct buf *b, struct str s)
{
    buf_add_char(b, '"');
    for (size_t off = 0; off < s.len;) {
        size_t begin = off;
        if (utf8_next(s, &off) == UTF8_INVALID)
            buf_add_cstr(b, "\xef\xbf\xbd");
        else
            quote_text(b, str_slice(s, begin, off - begin));
    }
    buf_add_char(b, '"');
}
