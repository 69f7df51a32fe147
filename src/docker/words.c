/* SPDX-License-Identifier: MIT */
/* Each function is one pass over the bytes. Unicode white space ends quoted
 * words but not plain ones. Flags are cut byte by byte, where the bytes 0x85
 * and 0xA0 count as white space even inside a UTF-8 character: BuildKit does
 * so, and a file must not mean something else here. */
#include "docker/words.h"

#include "base/json.h"
#include "docker/text.h"

struct words words_plain(struct arena *a, struct str rest)
{
    struct words out = {0};
    while (rest.len)
        vec_push(a, &out, text_word(&rest));
    return out;
}

/* --- quoted words --- */

/* Moves *at past the word that begins there, and the space after it; where the
 * word ends. */
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
    struct words out = {0};
    size_t at = 0;
    while (at < rest.len) {
        size_t from = at;
        size_t end = quoted_end(rest, &at, escape);
        if (end > from)
            vec_push(a, &out, str_slice(rest, from, end - from));
    }
    return out;
}

/* --- flags --- */

/* Reads the flag at *at, which moves to the space after it. Each byte counts as
 * a character. Only a flag with quotes may be empty. */
static struct str read_flag(struct arena *a, struct str line, size_t *at,
                            char escape, bool *quoted)
{
    struct text_buf copy = {a, NULL, 0, 0};
    size_t from = *at;
    bool same = true; /* what was copied is a slice of the line */
    char quote = 0;
    *quoted = false;
    for (; *at < line.len; ++*at) {
        char c = line.ptr[*at];
        if (!quote && text_is_space((unsigned char)c))
            break;
        if (c == escape && *at + 1 == line.len) {
            quote = 0; /* at the end it escapes nothing */
            continue;
        }
        bool opens = !quote && (c == '\'' || c == '"');
        if (opens || (quote && c == quote)) {
            quote = opens ? c : 0;
            *quoted = true;
            continue;
        }
        *at += c == escape;
        c = line.ptr[*at];
        same = same && copy.len == *at - from && (unsigned char)c < 0x80;
        text_add_char(&copy, (unsigned char)c);
    }
    return same ? str_slice(line, from, copy.len) : text_of(&copy);
}

struct words words_flags(struct arena *a, struct str *rest, char escape)
{
    struct words out = {0};
    struct str line = *rest;
    size_t at = 0;
    for (;;) {
        bool quoted;
        at = text_byte_span(line, at, true);
        *rest = str_from_off(line, at);
        if (!str_starts(*rest, STR("--")))
            return out;
        struct str flag = read_flag(a, line, &at, escape, &quoted);
        *rest = str_from_off(line, at);
        if (str_eq(flag, STR("--")))
            return out;
        if (flag.len || quoted)
            vec_push(a, &out, flag);
    }
}

/* --- fields --- */

/* The rest of a quoted field, with *at after the quote that opens it; *at moves
 * past the one that closes it. */
static bool read_quoted(struct arena *a, struct str s, size_t *at,
                        struct str *out)
{
    struct text_buf b = {a, NULL, 0, 0};
    for (;;) {
        size_t end = str_chr(s, '"', *at);
        if (end == STR_NONE)
            return false;
        text_add(&b, str_slice(s, *at, end - *at));
        *at = end + 1;
        if (*at >= s.len || s.ptr[*at] != '"')
            break;
        text_add(&b, STR("\""));
        ++*at;
    }
    *out = text_of(&b);
    return *at == s.len || s.ptr[*at] == ',';
}

bool words_fields(struct arena *a, struct str text, struct words *out)
{
    size_t at = 0;
    *out = (struct words){0};
    if (text.len == 0)
        return false;
    for (bool more = true; more; at++) {
        struct str field;
        if (at < text.len && text.ptr[at] == '"') {
            at++;
            if (!read_quoted(a, text, &at, &field))
                return false;
        } else {
            size_t end = str_chr(text, ',', at);
            field = str_slice(text, at, end - at);
            if (str_chr(field, '"', 0) != STR_NONE)
                return false;
            at += field.len;
        }
        vec_push(a, out, field);
        more = at < text.len;
    }
    return true;
}

/* --- the exec form --- */

struct exec {
    struct arena *arena;
    struct words words;
    bool begun; /* the array */
    bool other; /* it holds something other than strings */
};

static bool on_event(void *ctx, const struct data_event *event)
{
    struct exec *e = ctx;
    if (event->kind == DATA_STRING)
        vec_push(e->arena, &e->words, event->text);
    else if (event->kind == DATA_LIST && !e->begun)
        e->begun = true;
    else if (event->kind != DATA_END)
        e->other = true;
    return true;
}

/* What is not JSON to the last byte is a command for the shell. */
enum exec_form words_json(struct arena *a, struct str rest, struct words *out)
{
    struct data_error ignored;
    struct exec e = {.arena = a};
    rest = text_trim_left(rest);
    if (!str_starts(rest, STR("[")) ||
        !json_read(a, rest, JSON_AS_GO, on_event, &e, &ignored))
        return EXEC_SHELL;
    if (e.other)
        return EXEC_OTHER;
    *out = e.words;
    return EXEC_JSON;
}

const char *words_json_mistake(struct arena *a, struct str text)
{
    struct data_error *err = arena_new(a, struct data_error);
    struct exec e = {.arena = a};
    json_read(a, text, JSON_AS_GO, on_event, &e, err);
    return err->message;
}
