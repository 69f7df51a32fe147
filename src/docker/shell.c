/* SPDX-License-Identifier: MIT */
/* Words are cut at blanks and operators outside of quotes. */
#include "docker/shell.h"

#include "docker/text.h"

struct str shell_text(const struct instruction *run)
{
    if (run->heredocs.n == 1 && str_starts(run->rest, STR("<<")) &&
        str_chr(run->rest, ' ', 0) == STR_NONE)
        return run->heredocs.at[0].content;
    return run->rest;
}

static bool is_operator(char c)
{
    return c && strchr("&|;\n()", c);
}

/* The quoted part at the start of s, without its quotes, into b; where it ends.
 */
static size_t read_quoted(struct str s, struct text_buf *b)
{
    size_t at = 1;
    while (at < s.len) {
        char c = s.ptr[at++];
        if (c == s.ptr[0])
            break;
        at += c == '\\' && s.ptr[0] == '"' && at < s.len;
        text_add(b, str_slice(s, at - 1, 1));
    }
    return at;
}

/* Takes the word at the start. A word without quotes is a slice. */
static struct str read_word(struct arena *a, struct str *text)
{
    struct text_buf b = {.arena = a};
    struct str all = *text;
    size_t at = 0;
    bool plain = true;
    while (at < all.len && !text_is_gap(all.ptr[at]) &&
           !is_operator(all.ptr[at])) {
        char c = all.ptr[at];
        if (c == '\'' || c == '"') {
            if (plain)
                text_add(&b, str_slice(all, 0, at));
            plain = false;
            at += read_quoted(str_from_off(all, at), &b);
            continue;
        }
        at += c == '\\' && at + 1 < all.len;
        if (!plain)
            text_add(&b, str_slice(all, at, 1));
        at++;
    }
    *text = str_from_off(all, at);
    return plain ? str_slice(all, 0, at) : text_of(&b);
}

/* Programs that run the command after them, as the user may have written it.
 */
static const struct runner {
    const char *names;
    const char *valued; /* options that take the next word */
    uint8_t words;      /* that come before the command */
} runners[] = {
    {"sudo", "-u -g -C -D -h -p -R -T -r -t", 0},
    {"env", "-u -C", 0},
    {"timeout", "-s -k", 1},
    {"flock", "-w -E", 1},
    {"nice", "-n", 0},
    {"ionice", "-c -n", 0},
    {"gosu su-exec", "", 1},
    {"time exec command nohup eatmydata", "", 0},
};

/* The words in front of a command that are not part of it. */
struct prefix {
    const struct runner *runner; /* the last one; NULL: none */
    uint8_t words;               /* of it that were taken */
    bool value;                  /* the next word belongs to an option */
};

static bool is_keyword(struct str word)
{
    size_t n = text_span(word, TEXT_ALNUM "_");
    bool assigns = n > 0 && n < word.len && word.ptr[n] == '=';
    return assigns ||
           text_is_one_of(word, "if then else elif do while until ! {");
}

/* True if word, all words before it being so, is not the command. */
static bool take_prefix(struct prefix *p, struct str word)
{
    if (p->value)
        return !(p->value = false);
    if (p->runner && str_starts(word, STR("-"))) {
        p->value = text_is_one_of(word, p->runner->valued);
        return true;
    }
    if (is_keyword(word))
        return true;
    if (p->runner && p->words < p->runner->words)
        return ++p->words;
    for (size_t k = 0; k < sizeof runners / sizeof *runners; k++)
        if (text_is_one_of(word, runners[k].names)) {
            *p = (struct prefix){.runner = &runners[k]};
            return true;
        }
    return false;
}

/* Moves over blanks and line ends that are escaped, and over comments. */
static void skip_blanks(struct str *text)
{
    for (;;) {
        size_t n = text_span(*text, TEXT_GAPS);
        if (str_starts(*text, STR("\\\n")))
            n = 2;
        else if (str_starts(*text, STR("#")))
            n = str_chr(*text, '\n', 0);
        if (n == 0)
            return;
        *text = str_from_off(*text, n);
    }
}

bool shell_next(struct arena *a, struct str *text, struct words *out)
{
    struct prefix prefix = {0};
    bool begun = false;
    *out = (struct words){0};
    for (skip_blanks(text); text->len; skip_blanks(text)) {
        if (is_operator(text->ptr[0])) {
            *text = str_from_off(*text, 1);
            if (begun)
                break;
            continue;
        }
        struct str word = read_word(a, text);
        begun = true;
        if (out->n > 0 || !take_prefix(&prefix, word))
            vec_push(a, out, word);
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
    return STR_ABSENT;
}
