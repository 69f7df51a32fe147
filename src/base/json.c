/* SPDX-License-Identifier: MIT */
/* json-c parses, and its tree is walked to send the events. It is laxer than
 * RFC 8259 in some ways, so a scan before it refuses those. It keeps the text
 * of a fraction but clamps an integer that is too large, so those are put into
 * quotes first: a number that is no int64 is a string to us anyway. */
#include "base/json.h"

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

/* --- integers beyond 64 bits --- */

static bool fits_int64(struct str digits)
{
    struct str most = digits.ptr[0] == '-' ? STR("9223372036854775808")
                                           : STR("9223372036854775807");
    if (digits.ptr[0] == '-')
        digits = str_from_off(digits, 1);
    return digits.len < most.len ||
           (digits.len == most.len && str_cmp(digits, most) <= 0);
}

static bool is_number_byte(char c)
{
    return ascii_is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' ||
           c == 'E';
}

/* Offset behind the string literal that begins at `at`. */
static size_t skip_string(struct str s, size_t at)
{
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        if (s.ptr[at] == '\\')
            at++;
    return at < s.len ? at + 1 : s.len;
}

/* The number at `at`, as far as its bytes go; *huge if it is an integer that
 * does not fit. */
static size_t skip_number(struct str s, size_t at, bool *huge)
{
    size_t end = at, digits = at + (s.ptr[at] == '-');
    while (end < s.len && is_number_byte(s.ptr[end]))
        end++;
    bool integer = digits < end && s.ptr[digits] != '0';
    for (size_t i = digits; i < end; i++)
        integer = integer && ascii_is_digit(s.ptr[i]);
    *huge = integer && !fits_int64(str_slice(s, at, end - at));
    return end;
}

/* text with quotes around such integers. */
static struct str quote_huge(struct arena *a, struct str text)
{
    char *to = NULL;
    size_t n = 0, done = 0;
    for (size_t at = 0; at < text.len;) {
        bool huge = false;
        size_t from = at;
        if (text.ptr[at] == '"')
            at = skip_string(text, at);
        else if (text.ptr[at] == '-' || ascii_is_digit(text.ptr[at]))
            at = skip_number(text, at, &huge);
        else
            at++;
        if (!huge)
            continue;
        if (!to)
            /* Each has 19 digits or more. */
            to = arena_alloc(a, text.len + text.len / 8 + 2);
        memcpy(to + n, text.ptr + done, from - done);
        n += from - done;
        to[n++] = '"';
        memcpy(to + n, text.ptr + from, at - from);
        n += at - from;
        to[n++] = '"';
        done = at;
    }
    if (!to)
        return text;
    memcpy(to + n, text.ptr + done, text.len - done);
    return (struct str){to, n + text.len - done};
}

/* The offset in text of what stands at `off` in the quoted copy. */
static size_t original_offset(struct str text, size_t off)
{
    size_t added = 0;
    for (size_t at = 0; at < text.len && at + added < off;) {
        bool huge = false;
        if (text.ptr[at] == '"')
            at = skip_string(text, at);
        else if (text.ptr[at] == '-' || ascii_is_digit(text.ptr[at]))
            at = skip_number(text, at, &huge);
        else
            at++;
        if (huge)
            added += 2;
    }
    off = off > added ? off - added : 0;
    return off < text.len ? off : text.len;
}

/* --- the walk --- */

struct walk {
    const struct json_events *ev;
    void *ctx;
    struct fault *fault;
};

static struct str text_of(json_object *o)
{
    return (struct str){json_object_get_string(o),
                        (size_t)json_object_get_string_len(o)};
}

/* A fraction as it was written; json-c copies it. */
static struct str fraction_of(const struct walk *w, json_object *o)
{
    const char *text = json_object_to_json_string(o);
    if (!text)
        fault_raise(w->fault, LIMIT_NO_MEMORY);
    return str_from(text);
}

static void send(const struct walk *w, json_object *o);

static void send_map(const struct walk *w, json_object *o)
{
    w->ev->begin(w->ctx, true, (size_t)json_object_object_length(o));
    json_object_object_foreach(o, key, member)
    {
        w->ev->key(w->ctx, str_from(key));
        send(w, member);
    }
    w->ev->end(w->ctx, true);
}

static void send_list(const struct walk *w, json_object *o)
{
    size_t n = json_object_array_length(o);
    w->ev->begin(w->ctx, false, n);
    for (size_t i = 0; i < n; i++)
        send(w, json_object_array_get_idx(o, i));
    w->ev->end(w->ctx, false);
}

/* LIMIT_JSON bounds the recursion: json-c has refused deeper documents. */
static void send(const struct walk *w, json_object *o)
{
    switch (json_object_get_type(o)) {
    case json_type_null:
        w->ev->null_value(w->ctx);
        break;
    case json_type_boolean:
        w->ev->bool_value(w->ctx, json_object_get_boolean(o));
        break;
    case json_type_int:
        w->ev->int_value(w->ctx, json_object_get_int64(o));
        break;
    case json_type_double:
        w->ev->str_value(w->ctx, fraction_of(w, o));
        break;
    case json_type_object:
        send_map(w, o);
        break;
    case json_type_array:
        send_list(w, o);
        break;
    default:
        w->ev->str_value(w->ctx, text_of(o));
    }
}

/* --- parsing --- */

static void say_too_deep(struct json_error *err, size_t offset, int depth)
{
    err->offset = offset;
    snprintf(err->message, sizeof err->message,
             "nested deeper than the limit 'json' of %d (--limit json=N "
             "changes it)",
             depth);
}

/* Parses text into r->doc; *end is where it ends, or the mistake is. */
static enum json_tokener_error parse_text(struct json_reader *r,
                                          struct fault *f, struct str text,
                                          int depth, size_t *end)
{
    json_tokener *t = json_tokener_new_ex(depth);
    if (!t)
        fault_raise(f, LIMIT_NO_MEMORY);
    json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
    r->doc = json_tokener_parse_ex(t, text.ptr, (int)text.len);
    /* A number may be longer; what ends it is a NUL of its own. */
    *end = json_tokener_get_parse_end(t);
    if (json_tokener_get_error(t) == json_tokener_continue) {
        r->doc = json_tokener_parse_ex(t, "", 1);
        *end = text.len;
    }
    enum json_tokener_error code = json_tokener_get_error(t);
    json_tokener_free(t);
    if (code != json_tokener_success)
        json_release(r);
    return code;
}

static int most_depth(const struct fault *f)
{
    return (int)f->limits.max[LIMIT_JSON];
}

static bool parse_doc(struct json_reader *r, struct arena *a, struct str text,
                      struct json_error *err)
{
    struct str quoted = quote_huge(a, text);
    int depth = most_depth(a->fault);
    size_t end;
    enum json_tokener_error code = parse_text(r, a->fault, quoted, depth, &end);
    if (code == json_tokener_success)
        return true;
    if (code == json_tokener_continue)
        say(err, text.len, "the document ends too early");
    else if (code == json_tokener_error_depth)
        say_too_deep(err, original_offset(text, end), depth);
    else
        say(err, original_offset(text, end), json_tokener_error_desc(code));
    return false;
}

/* --- large documents --- */

/* A tree of json-c takes twenty times the text. So of a list or map that is
 * large, one member after the other is parsed and sent. */
enum {
    LARGE = 64 << 10
};

/* Where the member that begins at `at` ends: at ',', or at a bracket that it
 * did not open. */
static size_t member_end(struct str s, size_t at)
{
    for (uint64_t open = 0; at < s.len;) {
        char c = s.ptr[at];
        if (c == '"') {
            at = skip_string(s, at);
            continue;
        }
        if (open == 0 && (c == ',' || closes(s, at)))
            return at;
        if (c == '[' || c == '{')
            open++;
        else if (c == ']' || c == '}')
            open--;
        at++;
    }
    return at;
}

/* Sends what stands in [from, to), as a key or as a value. */
static bool send_part(const struct walk *w, struct json_reader *r,
                      struct arena *a, struct str part, bool is_key)
{
    size_t end;
    struct str text = quote_huge(a, part);
    if (parse_text(r, w->fault, text, most_depth(w->fault) - 1, &end) !=
        json_tokener_success)
        return false;
    bool good = !is_key || json_object_is_type(r->doc, json_type_string);
    if (good && is_key)
        w->ev->key(w->ctx, text_of(r->doc));
    else if (good)
        send(w, r->doc);
    json_release(r);
    return good;
}

static bool send_member(const struct walk *w, struct json_reader *r,
                        struct arena *a, struct str text, size_t *at,
                        bool is_map)
{
    if (is_map) {
        size_t from = *at;
        if (from >= text.len || text.ptr[from] != '"')
            return false;
        size_t end = skip_string(text, from);
        *at = skip_blanks(text, end);
        if (*at >= text.len || text.ptr[(*at)++] != ':' ||
            !send_part(w, r, a, str_slice(text, from, end - from), true))
            return false;
        *at = skip_blanks(text, *at);
    }
    size_t from = *at;
    *at = member_end(text, from);
    return send_part(w, r, a, str_slice(text, from, *at - from), false);
}

/* False if anything is wrong: then the document as a whole tells what. */
static bool send_large(const struct walk *w, struct json_reader *r,
                       struct arena *a, struct str text)
{
    size_t at = skip_blanks(text, 0);
    bool is_map = text.ptr[at] == '{', first = true;
    char close = is_map ? '}' : ']';
    w->ev->begin(w->ctx, is_map, 0);
    for (at = skip_blanks(text, at + 1);; at = skip_blanks(text, at)) {
        if (at < text.len && text.ptr[at] == close)
            break;
        if (!first && (at >= text.len || text.ptr[at++] != ','))
            return false;
        first = false;
        at = skip_blanks(text, at);
        if (!send_member(w, r, a, text, &at, is_map))
            return false;
    }
    w->ev->end(w->ctx, is_map);
    return skip_blanks(text, at + 1) == text.len;
}

static bool is_large(struct str text)
{
    size_t at = skip_blanks(text, 0);
    return text.len >= LARGE && at < text.len &&
           (text.ptr[at] == '[' || text.ptr[at] == '{');
}

bool json_parse(struct json_reader *r, struct arena *a, struct str text,
                const struct json_events *ev, void *ctx, struct json_error *err)
{
    const struct walk w = {ev, ctx, a->fault};
    size_t bom = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
    json_release(r);
    text = str_from_off(text, bom);
    if (str_trim(text).len == 0) {
        say(err, 0, "the document is empty");
        return false;
    }
    if (str_has_nul(text)) {
        say(err, bom + str_chr(text, '\0', 0), "a NUL byte");
        return false;
    }
    if (!check_utf8(text, err) || !check_tokens(text, err)) {
        err->offset += bom;
        return false;
    }
    if (is_large(text)) {
        if (send_large(&w, r, a, text))
            return true;
        ev->restart(ctx);
    }
    if (!parse_doc(r, a, text, err)) {
        err->offset += bom;
        return false;
    }
    send(&w, r->doc);
    json_release(r);
    return true;
}

void json_release(struct json_reader *r)
{
    json_object_put(r->doc);
    r->doc = NULL;
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
