/* SPDX-License-Identifier: MIT */
/* One byte after another, with what is open around it. Where shells disagree,
 * a byte is taken for what gives fewer commands and variables. */
#include "docker/script.h"

#include "docker/text.h"

struct script script_start(struct str text, char escape)
{
    return (struct script){.text = text, .escape = escape, .begin = true};
}

/* --- what is open --- */

static char innermost(const struct script *s)
{
    return s->open ? s->opened[s->open - 1] : 0;
}

static void open_up(struct script *s, char c)
{
    if (s->open == SCRIPT_DEPTH)
        s->at = s->text.len;
    else
        s->opened[s->open++] = c;
}

/* A quote: opens, or closes the same one. */
static void turn(struct script *s, char c)
{
    if (innermost(s) == c)
        s->open--;
    else
        open_up(s, c);
}

/* --- heredocs --- */

/* "<<[-]WORD" at s->at; "<<<" is none. */
static void announce(struct script *s)
{
    struct str rest = str_from_off(s->text, s->at + 2);
    struct heredoc h = {.expand = true};
    s->at += 2;
    if (str_starts(rest, STR("<"))) {
        s->at++;
        return;
    }
    h.chomp = str_starts(rest, STR("-"));
    rest = text_skip(str_from_off(rest, h.chomp), " \t");
    if (str_starts(rest, STR("\\"))) {
        h.expand = false;
        rest = str_from_off(rest, 1);
    }
    char quote = rest.len ? rest.ptr[0] : 0;
    if (quote == '\'' || quote == '"') {
        h.expand = false;
        h.name = str_part(str_from_off(rest, 1), 0, quote);
        s->at = (size_t)(h.name.ptr - s->text.ptr) + h.name.len + 1;
    } else {
        h.name = str_slice(rest, 0, text_span(rest, TEXT_ALNUM "_-."));
        s->at = (size_t)(h.name.ptr - s->text.ptr) + h.name.len;
    }
    size_t room = sizeof s->waiting / sizeof *s->waiting;
    if (h.name.len && s->nwaiting < room)
        s->waiting[s->nwaiting++] = h;
}

/* The content of the first of the heredocs that wait begins at s->at. */
static void enter_heredoc(struct script *s)
{
    struct heredoc h = s->waiting[0];
    memmove(s->waiting, s->waiting + 1, --s->nwaiting * sizeof *s->waiting);
    size_t end = s->at;
    while (end < s->text.len) {
        struct str line = str_part(s->text, end, '\n');
        size_t next = end + line.len + 1;
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (str_eq(h.chomp ? text_skip(line, "\t") : line, h.name))
            break;
        end = next;
    }
    if (h.expand && end > s->at)
        s->data_end = end;
    else
        s->at = end;
    if (!s->data_end)
        s->at += str_part(s->text, s->at, '\n').len;
}

/* --- variables --- */

/* The name after the '$' at s->at, which moves on. */
static bool take_variable(struct script *s, struct str *out)
{
    struct str rest = str_from_off(s->text, s->at + 1);
    bool brace = str_starts(rest, STR("{"));
    struct str name = str_from_off(rest, brace);
    s->at += 1;
    if (name.len && name.ptr[0] == '$' && !brace) {
        s->at++; /* the number of the process */
        return false;
    }
    name.len = text_span(name, TEXT_ALNUM "_");
    if (name.len == 0 || !ascii_is_name_start(name.ptr[0]))
        return false;
    s->at += brace + name.len;
    *out = name;
    return true;
}

/* --- commands --- */

static bool is_operator(char c)
{
    return c && strchr("&|;\n(", c);
}

/* Words after which a command begins. */
static bool goes_on(struct str word)
{
    size_t n = text_span(word, TEXT_ALNUM "_");
    return (n > 0 && n < word.len && word.ptr[n] == '=') ||
           text_is_one_of(word, "if then else elif do while until ! { time");
}

/* The word at s->at, where a command may begin: true if it is its first. */
static bool take_command(struct script *s, struct str *out)
{
    struct str rest = str_from_off(s->text, s->at);
    size_t n = 0;
    while (n < rest.len && !text_is_gap(rest.ptr[n]) &&
           !strchr("&|;\n()\"'`$", rest.ptr[n]))
        n++;
    struct str word = str_slice(rest, 0, n);
    if (n == 0) {
        s->begin = false;
        return false;
    }
    if (goes_on(word)) {
        /* A value may be quoted, so what follows is looked at as it comes. */
        s->begin = n < rest.len && text_is_gap(rest.ptr[n]);
        s->at += n;
        return false;
    }
    s->begin = false;
    s->at += n;
    *out = word;
    return true;
}

/* --- the walk --- */

/* In a heredoc, whose quotes mean nothing. */
static bool in_heredoc(const struct script *s)
{
    return s->data || s->data_end;
}

static bool in_text(const struct script *s)
{
    return in_heredoc(s) || innermost(s) == '"';
}

/* A command may begin in the next line if the line end is escaped. */
static void skip_escaped(struct script *s)
{
    bool line_end = str_starts(str_from_off(s->text, s->at + 1), STR("\n"));
    s->begin = s->begin && (line_end || in_text(s));
    s->at += 2;
    if (s->at > s->text.len)
        s->at = s->text.len;
}

/* A byte that is not quoted, and no part. */
static void step_plain(struct script *s, char c)
{
    if (c == '\'' || c == '"') {
        open_up(s, c);
    } else if (c == '(') {
        open_up(s, '(');
    } else if (c == ')') {
        s->open -= innermost(s) == '(';
        s->begin = false;
    } else if (c == '`') {
        turn(s, '`');
        s->begin = innermost(s) == '`';
    } else if (c == '<' &&
               str_starts(str_from_off(s->text, s->at), STR("<<"))) {
        announce(s);
        return;
    }
    s->begin = s->begin || is_operator(c);
    s->at++;
    if (c == '\n' && s->nwaiting && s->at < s->text.len)
        enter_heredoc(s);
}

/* A comment: '#' at the start of a word. */
static bool is_comment(const struct script *s)
{
    char before = s->at ? s->text.ptr[s->at - 1] : ' ';
    return s->text.ptr[s->at] == '#' &&
           (text_is_gap(before) || before == '\n' || before == ';');
}

static enum script_part step_dollar(struct script *s, struct str *out)
{
    struct str rest = str_from_off(s->text, s->at);
    if (str_starts(rest, STR("$(")) && !in_heredoc(s)) {
        s->at += 2;
        s->begin = true;
        open_up(s, '(');
        return SCRIPT_END;
    }
    return take_variable(s, out) ? SCRIPT_VARIABLE : SCRIPT_END;
}

enum script_part script_next(struct script *s, struct str *out)
{
    while (s->at < s->text.len) {
        char c = s->text.ptr[s->at];
        if (s->data_end && s->at >= s->data_end) {
            s->data_end = 0;
            s->at += str_part(s->text, s->at, '\n').len;
        } else if (innermost(s) == '\'' && !s->data_end) {
            s->open -= c == '\'';
            s->at++;
        } else if (c == s->escape) {
            skip_escaped(s);
        } else if (c == '$') {
            s->begin = s->begin && in_text(s);
            if (step_dollar(s, out) == SCRIPT_VARIABLE)
                return SCRIPT_VARIABLE;
        } else if (in_text(s)) {
            s->open -= c == '"' && !in_heredoc(s);
            s->at++;
        } else if (is_comment(s)) {
            s->at += str_part(s->text, s->at, '\n').len;
        } else if (s->begin && !text_is_gap(c) && !is_operator(c) && c != ')') {
            if (take_command(s, out))
                return SCRIPT_COMMAND;
        } else {
            step_plain(s, c);
        }
    }
    return SCRIPT_END;
}
