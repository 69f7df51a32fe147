/* SPDX-License-Identifier: MIT */
/* The exec form: ["a", "b"]. What is not strictly JSON is a command for the
 * shell, so this decides by RFC 8259 to the last byte, and a reader that
 * forgives anything would not do. What the array holds besides strings is only
 * skipped, without recursion: a bit a level says whether it is an object. */
#include "base/utf8.h"
#include "docker/text.h"
#include "docker/words.h"

#include <string.h>

/* As deep as Go's decoder goes. */
#define MAX_LEVELS 10000

struct reader {
    struct arena *arena;
    struct str text;
    size_t at;
};

static void skip_space(struct reader *r)
{
    while (r->at < r->text.len && r->text.ptr[r->at] != '\0' &&
           strchr(" \t\r\n", r->text.ptr[r->at]))
        r->at++;
}

static bool take(struct reader *r, char c)
{
    if (r->at >= r->text.len || r->text.ptr[r->at] != c)
        return false;
    r->at++;
    return true;
}

/* --- strings --- */

/* "XXXX" of \uXXXX; UTF8_INVALID if it is not there. */
static uint32_t hex4(struct reader *r)
{
    static const char digits[] = "0123456789abcdef";
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        if (r->at >= r->text.len)
            return UTF8_INVALID;
        const char *d = memchr(digits, ascii_lower(r->text.ptr[r->at++]), 16);
        if (!d)
            return UTF8_INVALID;
        value = value * 16 + (uint32_t)(d - digits);
    }
    return value;
}

/* The second half of a surrogate pair; 0, and nothing read, if it is not
 * there. */
static uint32_t low_half(struct reader *r)
{
    size_t at = r->at;
    if (str_starts(str_from_off(r->text, at), STR("\\u"))) {
        r->at += 2;
        uint32_t low = hex4(r);
        if (low >= 0xDC00 && low <= 0xDFFF)
            return low;
    }
    r->at = at;
    return 0;
}

/* What stands behind a backslash; UTF8_INVALID if it is wrong. */
static uint32_t read_escape(struct reader *r)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (r->at >= r->text.len)
        return UTF8_INVALID;
    char c = r->text.ptr[r->at++];
    const char *known = memchr(from, c, sizeof from - 1);
    if (known)
        return (unsigned char)to[known - from];
    uint32_t cp = c == 'u' ? hex4(r) : UTF8_INVALID;
    if (cp < 0xD800 || cp > 0xDFFF)
        return cp;
    uint32_t low = cp < 0xDC00 ? low_half(r) : 0;
    return low ? 0x10000 + ((cp - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
}

/* The rest of a string, behind its quote. */
static bool read_string(struct reader *r, struct str *out)
{
    struct text_buf copy = {r->arena, NULL, 0, 0};
    size_t from = r->at;
    for (; r->at < r->text.len; r->at++) {
        char c = r->text.ptr[r->at];
        if (c != '"' && c != '\\' && (unsigned char)c >= 0x20)
            continue;
        struct str part = str_slice(r->text, from, r->at++ - from);
        if (c == '"' && copy.len == 0) {
            *out = part;
            return true;
        }
        text_add(&copy, part);
        if (c == '"') {
            *out = text_of(&copy);
            return true;
        }
        uint32_t cp = c == '\\' ? read_escape(r) : UTF8_INVALID;
        if (cp == UTF8_INVALID)
            return false;
        text_add_char(&copy, cp);
        from = r->at--;
    }
    return false;
}

/* --- everything else, skipped --- */

static size_t skip_digits(struct reader *r)
{
    size_t from = r->at;
    while (r->at < r->text.len && ascii_is_digit(r->text.ptr[r->at]))
        r->at++;
    return r->at - from;
}

static bool skip_number(struct reader *r)
{
    take(r, '-');
    if (!take(r, '0') && skip_digits(r) == 0)
        return false;
    if (take(r, '.') && skip_digits(r) == 0)
        return false;
    if (!take(r, 'e') && !take(r, 'E'))
        return true;
    if (!take(r, '+'))
        take(r, '-');
    return skip_digits(r) > 0;
}

static bool skip_word(struct reader *r)
{
    static const struct str words[] = {{"true", 4}, {"false", 5}, {"null", 4}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_starts(str_from_off(r->text, r->at), words[i])) {
            r->at += words[i].len;
            return true;
        }
    return skip_number(r);
}

struct levels {
    unsigned char is_object[MAX_LEVELS / 8];
    unsigned depth;
};

static bool in_object(const struct levels *l)
{
    unsigned i = l->depth - 1;
    return l->is_object[i / 8] >> i % 8 & 1;
}

static bool open_level(struct levels *l, bool object)
{
    unsigned i = l->depth++;
    if (l->depth > MAX_LEVELS)
        return false;
    unsigned char bit = (unsigned char)(1 << i % 8);
    l->is_object[i / 8] = object ? l->is_object[i / 8] | bit
                                 : l->is_object[i / 8] & (unsigned char)~bit;
    return true;
}

static bool skip_key(struct reader *r)
{
    struct str key;
    skip_space(r);
    if (!take(r, '"') || !read_string(r, &key))
        return false;
    skip_space(r);
    return take(r, ':');
}

/* Opens what begins here, or skips a scalar. *inside: a value comes next. */
static bool begin_value(struct reader *r, struct levels *l, bool *inside)
{
    struct str ignored;
    *inside = false;
    skip_space(r);
    bool object = take(r, '{');
    if (!object && !take(r, '['))
        return take(r, '"') ? read_string(r, &ignored) : skip_word(r);
    if (!open_level(l, object))
        return false;
    skip_space(r);
    if (take(r, object ? '}' : ']')) {
        l->depth--;
        return true;
    }
    *inside = true;
    return !object || skip_key(r);
}

/* Closes levels until a further value comes; *inside as above. */
static bool end_value(struct reader *r, struct levels *l, bool *inside)
{
    *inside = false;
    while (l->depth > 0) {
        bool object = in_object(l);
        skip_space(r);
        if (take(r, ',')) {
            *inside = true;
            return !object || skip_key(r);
        }
        if (!take(r, object ? '}' : ']'))
            return false;
        l->depth--;
    }
    return true;
}

/* Skips the values of an array that is open, up to its end. */
static bool skip_array(struct reader *r)
{
    struct levels l = {{0}, 0};
    bool inside;
    open_level(&l, false);
    do {
        if (!begin_value(r, &l, &inside))
            return false;
        if (!inside && !end_value(r, &l, &inside))
            return false;
    } while (inside);
    return true;
}

static bool at_end(struct reader *r)
{
    skip_space(r);
    return r->at == r->text.len;
}

enum exec_form words_json(struct arena *a, struct str rest, struct words *out)
{
    struct word_list l = {{0}};
    struct reader r = {a, text_trim_left(rest), 0};
    if (!take(&r, '['))
        return EXEC_SHELL;
    skip_space(&r);
    bool more = !take(&r, ']');
    while (more) {
        struct str word;
        skip_space(&r);
        size_t from = r.at;
        if (!take(&r, '"')) {
            r.at = from;
            return skip_array(&r) && at_end(&r) ? EXEC_OTHER : EXEC_SHELL;
        }
        if (!read_string(&r, &word))
            return EXEC_SHELL;
        vec_push(a, &l.list, word);
        skip_space(&r);
        more = take(&r, ',');
        if (!more && !take(&r, ']'))
            return EXEC_SHELL;
    }
    *out = WORDS_OF(l);
    return at_end(&r) ? EXEC_JSON : EXEC_SHELL;
}
