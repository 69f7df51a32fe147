/* SPDX-License-Identifier: MIT */
/* In: a text, and a place in it. Out: whether a heredoc or a continued line is
 * there. The one idea: nobody asks but for lines that are almost directives, so
 * nothing is done until then, and each line is read once. */
#include "lang/shape.h"

static bool same(struct str a, struct str b)
{
    return str_distance(a, b, 0) == 0;
}

/* Lines that are directives are not in the output. */
static bool is_directive(struct str line)
{
    struct str t = str_trim(line);
    return t.len && t.ptr[0] == '@' &&
           (t.len == 1 || t.ptr[1] == '#' || ascii_is_name_start(t.ptr[1]));
}

static bool takes_heredocs(struct str line)
{
    struct str t = str_trim(line);
    size_t end = str_until(t, 0, ASCII_BLANK);
    struct str word = str_slice(t, 0, end);
    return same(word, STR("RUN")) || same(word, STR("COPY")) ||
           same(word, STR("ADD")) || same(word, STR("ONBUILD"));
}

char shape_quote(char quote, struct str line)
{
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '\\' && quote != '\'')
            i++;
        else if (quote && c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
    }
    return quote;
}

/* The heredoc that begins with the "<<" at `at`, if it does. */
static void add_heredoc(struct shape *s, struct str line, size_t at)
{
    bool first = at == 0 || ascii_is_blank(line.ptr[at - 1]) ||
                 ascii_is_digit(line.ptr[at - 1]);
    at += 2;
    if (at < line.len && line.ptr[at] == '-')
        at++;
    if (at < line.len && (line.ptr[at] == '"' || line.ptr[at] == '\''))
        at++;
    size_t end = str_span(line, at, ASCII_NAME_START | ASCII_DIGIT);
    if (first && end > at && s->n < SHAPE_HEREDOCS)
        s->ends[s->n++] = str_slice(line, at, end - at);
}

static void find_heredocs(struct shape *s, struct str line)
{
    for (size_t at = 0; (at = str_find(line, STR("<<"), at)) != STR_NONE;
         at += 2)
        add_heredoc(s, line, at);
}

/* "# escape=`" at the top. */
static char escape_of(struct str text)
{
    size_t at = 0;
    while (at < text.len && (text.ptr[at] == '#' || text.ptr[at] == '@')) {
        struct str line = str_part(text, at, '\n');
        struct str rest = str_trim(str_from_off(line, 1));
        if (str_starts(rest, STR("escape")) && str_ends(rest, STR("`")))
            return '`';
        at += line.len + 1;
    }
    return '\\';
}

/* An instruction, or what goes on with it. */
static void read_line(struct shape *s, struct str line)
{
    struct str t = str_trim(line);
    bool continued = s->kind == SHAPE_CONTINUED;
    if ((t.len == 0 || t.ptr[0] == '#') || is_directive(line))
        return;
    if (!continued) {
        s->heredocs = takes_heredocs(line);
        s->n = s->now = 0;
        s->quote = 0;
    }
    if (s->heredocs)
        find_heredocs(s, line);
    continued = t.ptr[t.len - 1] == s->escape;
    s->quote =
        continued ? shape_quote(s->quote, str_slice(t, 0, t.len - 1)) : 0;
    s->kind = continued       ? SHAPE_CONTINUED
              : s->now < s->n ? SHAPE_HEREDOC
                              : SHAPE_PLAIN;
}

static void read_heredoc(struct shape *s, struct str line)
{
    if (str_eq(str_trim(line), s->ends[s->now]) && ++s->now == s->n)
        s->kind = SHAPE_PLAIN;
}

void shape_at(struct shape *s, struct str text, uint32_t line)
{
    if (line < s->pos)
        *s = (struct shape){0};
    if (!s->escape)
        s->escape = escape_of(text);
    while (s->pos < line) {
        struct str now = str_part(text, s->pos, '\n');
        if (s->kind == SHAPE_HEREDOC)
            read_heredoc(s, now);
        else
            read_line(s, now);
        s->pos += (uint32_t)now.len + 1;
    }
}
