/* SPDX-License-Identifier: MIT */
/* A line is cut into words as a shell would; the words of the form
 * [digits]<<[-]NAME announce heredocs. The escape character is always the
 * backslash here. */
#include "docker/heredoc.h"

#include "docker/expand.h"
#include "docker/text.h"

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
    word = text_skip(word, TEXT_DIGITS);
    if (!str_starts(word, STR("<<")))
        return false;
    word = str_from_off(word, 2);
    h->chomp = str_starts(word, STR("-"));
    word = str_from_off(word, h->chomp);
    *name = text_skip(word, " \t\r\f");
    return name->len && str_chr(*name, '<', 0) == STR_NONE;
}

bool heredoc_word(struct arena *a, struct str word, struct heredoc *out)
{
    struct expander x = {.arena = a, .escape = '\\', .keep = true};
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

struct words heredoc_split(struct arena *a, struct str line)
{
    struct expander x = {.arena = a,
                         .escape = '\\',
                         .raw_quotes = true,
                         .raw_escapes = true,
                         .keep = true};
    struct words words;
    return expand_words(&x, line, &words) ? words : (struct words){0};
}
