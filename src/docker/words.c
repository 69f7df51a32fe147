/* SPDX-License-Identifier: MIT */
/* Each function is one pass over the bytes. Unicode white space ends quoted
 * words but not plain ones; flags are cut byte by byte, where the bytes 0x85
 * and 0xA0 count as white space even inside of a UTF-8 character: BuildKit
 * does so, and a file must not mean something else here. */
#include "docker/words.h"

#include "base/json.h"
#include "docker/text.h"

struct words words_plain(struct arena *a, struct str rest)
{
    struct word_list l = {{0}};
    size_t at = 0;
    while (at < rest.len) {
        size_t from = at;
        while (at < rest.len && !text_is_gap(rest.ptr[at]))
            at++;
        vec_push(a, &l.list, str_slice(rest, from, at - from));
        while (at < rest.len && text_is_gap(rest.ptr[at]))
            at++;
    }
    return WORDS_OF(l);
}

/* --- quoted words --- */

/* Moves *at over the word that begins there; where it ends. */
static size_t quoted_end(struct str s, size_t *at, char escape)
{
    uint32_t quote = 0;
    while (*at < s.len) {
        size_t from = *at;
        uint32_t c = text_next(s, at);
        if (!quote && text_is_space(c))
            return from;
        if (c == (unsigned char)escape && quote != '\'') {
            if (*at == s.len)
                return from; /* at the end it escapes nothing */
            text_next(s, at);
        } else if (quote == c) {
            quote = 0;
        } else if (!quote && (c == '\'' || c == '"')) {
            quote = c;
        }
    }
    return s.len;
}

struct words words_quoted(struct arena *a, struct str rest, char escape)
{
    struct word_list l = {{0}};
    size_t at = 0;
    while (at < rest.len) {
        size_t from = at;
        if (text_is_space(text_next(rest, &at)))
            continue;
        at = from;
        size_t end = quoted_end(rest, &at, escape);
        if (end > from)
            vec_push(a, &l.list, str_slice(rest, from, end - from));
    }
    return WORDS_OF(l);
}

/* --- flags --- */

static bool is_flag_space(char c)
{
    return text_is_space((unsigned char)c);
}

/* One flag on its way: a slice of the line until something is taken out. */
struct flag {
    struct str line;
    size_t from, end; /* the slice */
    struct text_buf copy;
    bool copied;
    bool blank_ok; /* it had quotes */
};

/* Adds a byte, which counts as a character of its own. */
static void flag_add(struct flag *f, size_t at)
{
    unsigned char c = (unsigned char)f->line.ptr[at];
    if (!f->copied && f->end == at && c < 0x80) {
        f->end++;
        return;
    }
    if (!f->copied)
        text_add(&f->copy, str_slice(f->line, f->from, f->end - f->from));
    f->copied = true;
    text_add_char(&f->copy, c);
}

static struct str flag_text(const struct flag *f)
{
    if (f->copied)
        return text_of(&f->copy);
    return str_slice(f->line, f->from, f->end - f->from);
}

/* Reads the flag at *at, which moves to the space behind it. */
static struct flag flag_read(struct arena *a, struct str line, size_t *at,
                             char escape)
{
    struct flag f = {line, *at, *at, {a, NULL, 0, 0}, false, false};
    char quote = 0;
    for (; *at < line.len; ++*at) {
        char c = line.ptr[*at];
        if (!quote && is_flag_space(c))
            break;
        if (!quote && (c == '\'' || c == '"')) {
            quote = c;
            f.blank_ok = true;
        } else if (quote && c == quote) {
            quote = 0;
        } else if (c == escape && *at + 1 < line.len) {
            flag_add(&f, ++*at);
        } else if (c == escape) {
            quote = 0; /* at the end it escapes nothing */
        } else {
            flag_add(&f, *at);
        }
    }
    return f;
}

struct words words_flags(struct arena *a, struct str *rest, char escape)
{
    struct word_list l = {{0}};
    struct str line = *rest;
    size_t at = 0;
    for (;;) {
        while (at < line.len && is_flag_space(line.ptr[at]))
            at++;
        *rest = str_from_off(line, at);
        if (!str_starts(*rest, STR("--")))
            break;
        struct flag f = flag_read(a, line, &at, escape);
        struct str text = flag_text(&f);
        *rest = str_from_off(line, at);
        if (str_eq(text, STR("--")))
            break;
        if (text.len || f.blank_ok)
            vec_push(a, &l.list, text);
    }
    return WORDS_OF(l);
}

/* --- the exec form --- */

struct exec {
    struct arena *arena;
    struct word_list list;
    bool begun; /* the array */
    bool other; /* it holds something else than strings */
};

static void on_event(void *ctx, enum json_event event, struct str text)
{
    struct exec *e = ctx;
    if (event == JSON_STRING)
        vec_push(e->arena, &e->list.list, text);
    else if (event == JSON_ARRAY && !e->begun)
        e->begun = true;
    else if (event != JSON_END)
        e->other = true;
}

/* What is not JSON to the last byte is a command for the shell. */
enum exec_form words_json(struct arena *a, struct str rest, struct words *out)
{
    struct json_error ignored;
    struct exec e = {.arena = a};
    rest = text_trim_left(rest);
    if (!str_starts(rest, STR("[")) ||
        !json_read(a, rest, JSON_AS_GO, on_event, &e, &ignored))
        return EXEC_SHELL;
    if (e.other)
        return EXEC_OTHER;
    *out = WORDS_OF(e.list);
    return EXEC_JSON;
}
