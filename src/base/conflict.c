/* SPDX-License-Identifier: MIT */
/* In: the text of a file. Out: the first place where lines begin with the three
 * markers that git writes, in their order. One of them alone may well be text:
 * a row of "=" underlines a title. */
#include "base/conflict.h"

/* Heredocs without an end: the end of each is looked for in all that is left of
 * the text. After so many of them, heredocs hide nothing any more. */
enum {
    MOST_UNENDED = 100
};

struct scan {
    struct str text;
    size_t next; /* where the next line begins */
    struct str line;
    unsigned unended; /* heredocs so far */
};

static bool next_line(struct scan *s)
{
    if (s->next >= s->text.len)
        return false;
    size_t from = s->next, end = str_chr(s->text, '\n', from);
    s->next = end == STR_NONE ? s->text.len : end + 1;
    s->line = str_chomp(str_slice(s->text, from, s->next - from));
    return true;
}

/* --- what may hold anything --- */

/* Moves behind the line that is `end`; stays if there is none, so that what
 * only looks like the start of a heredoc hides nothing. */
static void skip_heredoc(struct scan *s, struct str end, bool tabs)
{
    struct scan inside = *s;
    if (s->unended == MOST_UNENDED)
        return;
    while (next_line(&inside)) {
        struct str line = inside.line;
        while (tabs && str_starts(line, STR("\t")))
            line = str_from_off(line, 1);
        if (str_eq(line, end)) {
            *s = inside;
            return;
        }
    }
    s->unended++;
}

/* The word after "<<" at `at`; empty if no heredoc begins there. */
static struct str heredoc_word(struct str line, size_t at, bool *tabs)
{
    at += 2;
    *tabs = at < line.len && line.ptr[at] == '-';
    at += *tabs;
    if (at < line.len && (line.ptr[at] == '"' || line.ptr[at] == '\''))
        at++;
    if (at >= line.len || !ascii_is_name_start(line.ptr[at]))
        return STR("");
    size_t end = str_span(line, at, ASCII_NAME_START | ASCII_DIGIT);
    return str_slice(line, at, end - at);
}

static void skip_heredocs(struct scan *s)
{
    struct str line = s->line;
    size_t at = 0;
    while ((at = str_find(line, STR("<<"), at)) != STR_NONE) {
        bool tabs;
        struct str word = heredoc_word(line, at, &tabs);
        if (word.len)
            skip_heredoc(s, word, tabs);
        at += 2;
    }
}

/* What follows a directive in its line, without a comment; ptr NULL if the line
 * is not that directive. */
static struct str rest_after(struct str line, struct str directive)
{
    struct str words = str_trim(line);
    if (!str_starts(words, directive))
        return STR_ABSENT;
    return str_trim(str_part(str_from_off(words, directive.len), 0, '#'));
}

static bool ends_raw(struct str line)
{
    struct str rest = rest_after(line, STR("@end"));
    return rest.ptr && (rest.len == 0 || str_eq(rest, STR("raw")));
}

static void skip_blocks(struct scan *s)
{
    struct str raw = rest_after(s->line, STR("@raw"));
    if (!raw.ptr || raw.len)
        skip_heredocs(s);
    else
        while (next_line(s) && !ends_raw(s->line))
            ;
}

/* --- markers --- */

static bool is_marker(struct str line, struct str sign)
{
    return str_starts(line, sign) &&
           (line.len == sign.len || line.ptr[sign.len] == ' ');
}

struct str conflict_find(struct str text, bool is_template)
{
    static const struct str signs[] = {STR_INIT("<<<<<<<"), STR_INIT("======="),
                                       STR_INIT(">>>>>>>")};
    struct scan s = {.text = text};
    struct str first = {NULL, 0};
    size_t seen = 0, all = sizeof signs / sizeof *signs;
    if (str_find(text, signs[0], 0) == STR_NONE)
        return first;
    while (seen < all && next_line(&s)) {
        if (is_marker(s.line, signs[seen])) {
            if (seen++ == 0)
                first = s.line;
        } else if (is_template) {
            skip_blocks(&s);
        }
    }
    return seen < all ? STR_ABSENT : first;
}
