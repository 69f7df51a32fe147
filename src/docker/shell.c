/* SPDX-License-Identifier: MIT */
/* Words are cut at blanks and operators outside of quotes. */
#include "docker/shell.h"

#include "docker/text.h"

struct shell shell_of(struct arena *a, const struct instruction *run)
{
    struct shell s = {a, run->rest, 0};
    if (run->heredocs.n == 1 && str_starts(s.text, STR("<<")) &&
        str_chr(s.text, ' ', 0) == STR_NONE)
        s.text = run->heredocs.at[0].content;
    return s;
}

static bool is_operator(char c)
{
    return c && strchr("&|;\n()", c);
}

static struct str rest_of(const struct shell *s)
{
    return str_from_off(s->text, s->at);
}

/* The quoted part at s->at, without its quotes, into b. */
static void read_quoted(struct shell *s, struct text_buf *b)
{
    char quote = s->text.ptr[s->at++];
    while (s->at < s->text.len) {
        char c = s->text.ptr[s->at++];
        if (c == quote)
            break;
        s->at += c == '\\' && quote == '"' && s->at < s->text.len;
        text_add(b, str_slice(s->text, s->at - 1, 1));
    }
}

/* The word at s->at. A word without quotes is a slice. */
static struct str read_word(struct shell *s)
{
    struct text_buf b = {.arena = s->arena};
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
            read_quoted(s, &b);
            continue;
        }
        s->at += c == '\\' && s->at + 1 < s->text.len;
        if (!plain)
            text_add(&b, str_slice(s->text, s->at, 1));
        s->at++;
    }
    return plain ? str_slice(s->text, from, s->at - from) : text_of(&b);
}

/* Words in front of a command that are not part of it. */
static bool is_prefix(struct str word)
{
    size_t n = text_span(word, TEXT_ALNUM "_");
    bool assigns = n > 0 && n < word.len && word.ptr[n] == '=';
    return assigns ||
           text_is_one_of(word, "if then else elif do while until ! { sudo "
                                "time exec eatmydata env");
}

/* Moves over blanks and line ends that are escaped, and over comments. */
static void skip_blanks(struct shell *s)
{
    for (;;) {
        struct str rest = rest_of(s);
        if (rest.len && text_is_gap(rest.ptr[0]))
            s->at++;
        else if (str_starts(rest, STR("\\\n")))
            s->at += 2;
        else if (str_starts(rest, STR("#")))
            s->at += text_cut(&rest, '\n').len;
        else
            return;
    }
}

bool shell_next(struct shell *s, struct words *out)
{
    bool begun = false;
    *out = (struct words){0};
    for (skip_blanks(s); s->at < s->text.len; skip_blanks(s)) {
        if (is_operator(s->text.ptr[s->at])) {
            s->at++;
            if (begun)
                break;
            continue;
        }
        struct str word = read_word(s);
        begun = true;
        if (out->n > 0 || !is_prefix(word))
            vec_push(s->arena, out, word);
    }
    return begun;
}

bool shell_calls(struct words w, const char *programs)
{
    if (w.n == 0)
        return false;
    struct str name = w.at[0];
    size_t slash = str_rchr(name, '/');
    if (slash != STR_NONE)
        name = str_from_off(name, slash + 1);
    return text_is_one_of(name, programs);
}

struct str shell_subcommand(struct words w)
{
    for (uint32_t k = 1; k < w.n; k++) {
        if (!str_starts(w.at[k], STR("-")))
            return w.at[k];
        /* Options of apt-get with a value of their own. */
        k += text_is_one_of(w.at[k], "-o -t -c");
    }
    return (struct str){NULL, 0};
}
