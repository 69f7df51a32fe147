/* SPDX-License-Identifier: MIT */
/* Words are cut at blanks and operators outside of quotes. */
#include "docker/shell.h"

#include "docker/text.h"
#include "docker/words.h"

#include <string.h>

struct shell shell_of(struct arena *a, const struct instruction *run)
{
    struct shell s = {a, run->rest, 0, 0, 0};
    struct str word = run->rest;
    if (run->nheredocs == 1 && str_starts(word, STR("<<")) &&
        str_chr(word, ' ', 0) == STR_NONE)
        s.text = run->heredocs[0].content;
    return s;
}

static bool is_operator(char c)
{
    return c == '&' || c == '|' || c == ';' || c == '\n' || c == '(' ||
           c == ')';
}

/* The character at *at of a quoted part, into b; false at its end. */
static bool take_quoted(const struct shell *s, size_t *at, char quote,
                        struct text_buf *b)
{
    char c = s->text.ptr[*at];
    if (c == quote) {
        ++*at;
        return false;
    }
    if (c == '\\' && quote == '"' && *at + 1 < s->text.len)
        ++*at;
    text_add(b, str_slice(s->text, (*at)++, 1));
    return true;
}

/* The word at s->at. A word without quotes is a slice. */
static struct str read_word(struct shell *s)
{
    struct text_buf b = {s->arena, NULL, 0, 0};
    size_t from = s->at;
    bool plain = true;
    while (s->at < s->text.len) {
        char c = s->text.ptr[s->at];
        if (text_is_gap(c) || is_operator(c))
            break;
        if (c == '\'' || c == '"') {
            if (plain)
                text_add(&b, str_slice(s->text, from, s->at - from));
            plain = false;
            s->at++;
            while (s->at < s->text.len && take_quoted(s, &s->at, c, &b))
                continue;
            continue;
        }
        s->at += c == '\\' && s->at + 1 < s->text.len;
        if (!plain)
            text_add(&b, str_slice(s->text, s->at, 1));
        s->at++;
    }
    return plain ? str_slice(s->text, from, s->at - from) : text_of(&b);
}

/* Words in front of a command that are none of it. */
static bool is_prefix(struct str word)
{
    static const char *const words[] = {
        "if", "then", "else", "elif", "do",        "while", "until", "!",
        "{",  "sudo", "time", "exec", "eatmydata", "env",   NULL};
    size_t n = 0;
    while (n < word.len && ascii_is_name(word.ptr[n]))
        n++;
    bool assigns = n > 0 && n < word.len && word.ptr[n] == '=';
    return assigns || text_is_one_of(word, words);
}

/* Moves over blanks, empty lines and line ends that are escaped; over comments
 * at the start of a word. */
static void skip_blanks(struct shell *s)
{
    while (s->at < s->text.len) {
        char c = s->text.ptr[s->at];
        if (text_is_gap(c))
            s->at++;
        else if (c == '\\' && s->at + 1 < s->text.len &&
                 s->text.ptr[s->at + 1] == '\n')
            s->at += 2;
        else if (c == '#')
            while (s->at < s->text.len && s->text.ptr[s->at] != '\n')
                s->at++;
        else
            break;
    }
}

bool shell_next(struct shell *s, struct words *out)
{
    struct word_list l = {{0}};
    bool begun = false;
    s->before = s->after;
    s->after = 0;
    for (;;) {
        skip_blanks(s);
        if (s->at >= s->text.len)
            break;
        char c = s->text.ptr[s->at];
        if (is_operator(c)) {
            s->at++;
            if (!begun) {
                s->before = c;
                continue;
            }
            s->after = c;
            break;
        }
        struct str word = read_word(s);
        if (l.list.n == 0 && is_prefix(word))
            begun = true;
        else
            vec_push(s->arena, &l.list, word);
        begun = begun || l.list.n > 0;
    }
    *out = WORDS_OF(l);
    return begun;
}

bool shell_calls(struct words w, const char *program)
{
    if (w.n == 0)
        return false;
    struct str name = w.at[0];
    size_t slash = str_rchr(name, '/');
    if (slash != STR_NONE)
        name = str_from_off(name, slash + 1);
    return str_eq(name, str_from(program));
}

struct str shell_subcommand(struct words w)
{
    for (uint32_t k = 1; k < w.n; k++) {
        if (w.at[k].len == 0 || w.at[k].ptr[0] != '-')
            return w.at[k];
        /* Options of apt-get with a value of their own. */
        if (str_eq(w.at[k], STR("-o")) || str_eq(w.at[k], STR("-t")) ||
            str_eq(w.at[k], STR("-c")))
            k++;
    }
    return (struct str){NULL, 0};
}
