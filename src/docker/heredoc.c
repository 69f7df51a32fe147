/* SPDX-License-Identifier: MIT */
/* A line is cut into words as a shell would; the words of the form
 * [digits]<<[-]NAME announce heredocs. A line that cannot be cut has none. The
 * escape character is always the backslash here. */
#include "docker/heredoc.h"

#include "docker/expand.h"

static size_t count_quotes(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] == '\'' || s.ptr[i] == '"';
    return n;
}

/* "[digits]<<[-][blanks]" in front of the name, which holds no "<". */
static bool split(struct str word, struct heredoc *h, struct str *name)
{
    size_t at = 0;
    while (at < word.len && ascii_is_digit(word.ptr[at]))
        at++;
    if (!str_starts(str_from_off(word, at), STR("<<")))
        return false;
    at += 2;
    h->chomp = at < word.len && word.ptr[at] == '-';
    at += h->chomp;
    while (at < word.len && (ascii_is_blank(word.ptr[at]) ||
                             word.ptr[at] == '\r' || word.ptr[at] == '\f'))
        at++;
    *name = str_from_off(word, at);
    return name->len && str_chr(*name, '<', 0) == STR_NONE;
}

bool heredoc_word(struct arena *a, struct str word, struct heredoc *out)
{
    struct expander x = {.arena = a, .escape = '\\', .keep_unset = true};
    struct words plain, raw;
    struct str name;
    memset(out, 0, sizeof *out);
    if (!split(word, out, &name) || !expand_words(&x, name, &plain) ||
        plain.n != 1)
        return false;
    x.raw_quotes = true;
    if (!expand_words(&x, name, &raw) || raw.n != 1)
        return false;
    out->name = plain.at[0];
    out->expand = count_quotes(plain.at[0]) == count_quotes(raw.at[0]);
    return true;
}

void heredoc_find(struct arena *a, struct str line, struct heredoc **out,
                  uint32_t *n)
{
    struct expander x = {.arena = a,
                         .escape = '\\',
                         .raw_quotes = true,
                         .raw_escapes = true,
                         .keep_unset = true};
    struct words words;
    struct heredoc h;
    VEC(struct heredoc) list = {0};
    if (!expand_words(&x, line, &words))
        return;
    for (uint32_t i = 0; i < words.n; i++)
        if (heredoc_word(a, words.at[i], &h))
            vec_push(a, &list, h);
    *out = list.at;
    *n = list.n;
}
