/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is a JSON document. It must be accepted or refused
 * as by a recogniser made only from RFC 8259, but for keys that stand twice,
 * with a place and a reason if it is refused. Its value has as many members as
 * the recogniser saw keys; written as JSON and read again, it is the same. As
 * an exec form it must be accepted if the same recogniser, extended by what Go
 * allows, accepts it. */
#include "places.h"
#include "world.h"

#include "docker/text.h"
#include "docker/words.h"
#include "eval/value_data.h"
#include "eval/value_json.h"

#include <stdlib.h>

/* --- the recogniser --- */

struct reader {
    struct str text;
    size_t at;
    unsigned depth, most;
    size_t keys;
    bool go; /* as Go reads it */
};

static bool read_value(struct reader *r);

static char peek(const struct reader *r)
{
    return r->at < r->text.len ? r->text.ptr[r->at] : '\0';
}

static bool accept(struct reader *r, char c)
{
    if (r->at == r->text.len || peek(r) != c)
        return false;
    r->at++;
    return true;
}

static void skip_space(struct reader *r)
{
    while (accept(r, ' ') || accept(r, '\t') || accept(r, '\n') ||
           accept(r, '\r'))
        ;
}

static bool read_digits(struct reader *r)
{
    size_t from = r->at;
    while (ascii_is_digit(peek(r)))
        r->at++;
    return r->at > from;
}

static bool read_number(struct reader *r)
{
    accept(r, '-');
    if (!accept(r, '0') && !read_digits(r))
        return false;
    if (accept(r, '.') && !read_digits(r))
        return false;
    if (!accept(r, 'e') && !accept(r, 'E'))
        return true;
    if (!accept(r, '+'))
        accept(r, '-');
    return read_digits(r);
}

static int hex(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, ascii_lower(c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* "XXXX"; -1 if it is not. */
static int read_unit(struct reader *r)
{
    int unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex(peek(r));
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
        r->at++;
    }
    return unit;
}

/* After the backslash. A pair of surrogates is one character; half a pair is
 * refused, but not by Go. */
static bool read_escape(struct reader *r)
{
    static const char plain[] = "\"\\/bfnrt";
    char c = peek(r);
    if (c && strchr(plain, c)) {
        r->at++;
        return true;
    }
    if (!accept(r, 'u'))
        return false;
    int unit = read_unit(r);
    if (unit < 0 || (unit >= 0xDC00 && unit < 0xE000 && !r->go))
        return false;
    if (unit < 0xD800 || unit >= 0xDC00 || r->go)
        return true;
    if (!accept(r, '\\') || !accept(r, 'u'))
        return false;
    unit = read_unit(r);
    return unit >= 0xDC00 && unit < 0xE000;
}

static bool read_string(struct reader *r)
{
    if (!accept(r, '"'))
        return false;
    while (r->at < r->text.len && peek(r) != '"') {
        if ((unsigned char)peek(r) < 0x20)
            return false;
        if (accept(r, '\\')) {
            if (!read_escape(r))
                return false;
        } else {
            r->at++;
        }
    }
    return accept(r, '"');
}

static bool read_items(struct reader *r, bool map)
{
    char close = map ? '}' : ']';
    r->at++;
    skip_space(r);
    if (accept(r, close))
        return true;
    do {
        skip_space(r);
        if (map && !read_string(r))
            return false;
        r->keys += map;
        skip_space(r);
        if ((map && !accept(r, ':')) || !read_value(r))
            return false;
        skip_space(r);
    } while (accept(r, ','));
    return accept(r, close);
}

static bool read_word(struct reader *r, struct str word)
{
    if (!str_starts(str_from_off(r->text, r->at), word))
        return false;
    r->at += word.len;
    return true;
}

static bool read_value(struct reader *r)
{
    skip_space(r);
    char c = peek(r);
    if (c == '{' || c == '[') {
        if (++r->depth > r->most)
            return false;
        bool good = read_items(r, c == '{');
        r->depth--;
        return good;
    }
    if (c == '"')
        return read_string(r);
    if (c == '-' || ascii_is_digit(c))
        return read_number(r);
    return read_word(r, STR("true")) || read_word(r, STR("false")) ||
           read_word(r, STR("null"));
}

/* One UTF-8 character at *at, by the table of RFC 3629. */
static bool skip_char(struct str s, size_t *at)
{
    static const struct {
        unsigned char first, last, low, high, more;
    } rows[] = {{0x00, 0x7F, 0, 0, 0},       {0xC2, 0xDF, 0x80, 0xBF, 1},
                {0xE0, 0xE0, 0xA0, 0xBF, 2}, {0xE1, 0xEC, 0x80, 0xBF, 2},
                {0xED, 0xED, 0x80, 0x9F, 2}, {0xEE, 0xEF, 0x80, 0xBF, 2},
                {0xF0, 0xF0, 0x90, 0xBF, 3}, {0xF1, 0xF3, 0x80, 0xBF, 3},
                {0xF4, 0xF4, 0x80, 0x8F, 3}};
    unsigned char c = (unsigned char)s.ptr[(*at)++];
    size_t i = 0;
    while (i < sizeof rows / sizeof *rows &&
           (c < rows[i].first || c > rows[i].last))
        i++;
    if (i == sizeof rows / sizeof *rows)
        return false;
    unsigned char low = rows[i].low, high = rows[i].high;
    for (unsigned k = 0; k < rows[i].more; k++, low = 0x80, high = 0xBF) {
        if (*at == s.len || (unsigned char)s.ptr[*at] < low ||
            (unsigned char)s.ptr[*at] > high)
            return false;
        ++*at;
    }
    return true;
}

static bool is_json(struct str text, unsigned most, bool go, size_t *keys)
{
    struct reader r = {.text = text, .most = most, .go = go};
    if (!go && str_starts(text, STR("\xEF\xBB\xBF")))
        r.at = 3;
    for (size_t at = r.at; !go && at < text.len;)
        if (!skip_char(text, &at))
            return false;
    if (!read_value(&r))
        return false;
    skip_space(&r);
    *keys = r.keys;
    return r.at == text.len;
}

/* --- the promises --- */

struct document {
    struct world *w;
    struct buf *first, *second;
    struct str text;
};

static bool parse(struct document *d, struct str text, struct value *out,
                  bool *doubled)
{
    struct data_error err = {.offset = SIZE_MAX};
    bool good = value_data_read(&d->w->arena, DATA_JSON, text, out, &err);
    promise(good || (err.offset <= text.len && err.message[0]),
            "what is refused is explained");
    *doubled = !good && err.note[0];
    promise(!*doubled ||
                (err.note_offset < err.offset && text.ptr[err.offset] == '"' &&
                 text.ptr[err.note_offset] == '"'),
            "two keys are shown");
    return good;
}

static size_t members(struct value v)
{
    bool is_map = v.type == VALUE_MAP;
    size_t n = is_map ? v.len : 0;
    for (uint32_t i = 0; i < v.len && (is_map || v.type == VALUE_LIST); i++)
        n += members(is_map ? value_map_at(v, i) : value_item(v, i));
    return n;
}

static void round_trip(struct document *d, struct value v)
{
    struct value again;
    bool doubled;
    promise(value_json(d->first, v), "all strings of it are UTF-8");
    promise(parse(d, buf_str(d->first), &again, &doubled),
            "what was written is JSON");
    promise(value_same(&d->w->arena, v, again), "written and read it is equal");
    promise(value_json(d->second, again) &&
                str_eq(buf_str(d->first), buf_str(d->second)),
            "written again it is the same text");
}

static void check(struct document *d)
{
    struct value v;
    bool doubled;
    size_t keys = 0;
    unsigned most = (unsigned)d->w->fault.limits.max[LIMIT_JSON];
    bool good = parse(d, d->text, &v, &doubled);
    bool is = is_json(d->text, most, false, &keys);
    promise(good ? is : !is || doubled, "RFC 8259 decides");
    promise(!good || members(v) == keys, "no key is lost");
    if (good)
        round_trip(d, v);
    if (good)
        places_check(d->w, DATA_JSON, d->text, v);
}

static void check_exec(struct document *d)
{
    struct words words;
    size_t keys;
    struct str text = text_trim_left(d->text);
    bool is_array =
        str_starts(text, STR("[")) && is_json(text, 10000, true, &keys);
    promise((words_json(&d->w->arena, d->text, &words) != EXEC_SHELL) ==
                is_array,
            "an exec form is JSON as Go reads it");
}

static void check_tried(struct document *d)
{
    if (WORLD_TRY(d->w)) {
        check(d);
        check_exec(d);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world w;
    struct buf first, second;
    char *copy = fuzz_copy((struct str){(const char *)data, size});
    struct document d = {&w, &first, &second, {copy, size}};
    world_init(&w);
    buf_init(&first, &w.fault, LIMIT_COUNT);
    buf_init(&second, &w.fault, LIMIT_COUNT);
    check_tried(&d);
    buf_free(&first);
    buf_free(&second);
    world_free(&w);
    free(copy);
    return 0;
}
