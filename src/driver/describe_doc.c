/* SPDX-License-Identifier: MIT */
/* In: the comment above a definition. Out: its text, and what it says of each
 * parameter. A line of names that are parameters, indented, with two blanks
 * after them or nothing, begins the text of these; lines that are indented more
 * deeply go on with it:
 *
 *     @# Serves.
 *     @#   port        where it listens
 *     @#   user, group  whom the files belong to; these are made in the stage
 *     @#                if they are missing
 */
#include "driver/describe.h"

#include "base/ascii.h"

typedef VEC(struct describe_line) line_list;

static size_t indent_of(struct str line)
{
    return str_span(line, 0, ASCII_BLANK);
}

/* --- lines --- */

static line_list lines_of(struct arena *a, struct str doc)
{
    line_list list = {NULL, 0, 0};
    struct str line;
    for (size_t at = 0; at < doc.len; at += line.len + 1) {
        line = str_part(doc, at, '\n');
        struct str text = str_from_off(str_trim(line), 2);
        if (str_starts(text, STR(" ")))
            text = str_from_off(text, 1);
        if (!str_starts(text, STR("SPDX-License-Identifier:")))
            vec_push(a, &list, ((struct describe_line){text, STR("")}));
    }
    return list;
}

/* --- whose text a line is --- */

/* A rest parameter may be written as in the signature: "**rest". */
static struct str without_stars(struct str name)
{
    while (name.len && name.ptr[0] == '*')
        name = str_from_off(name, 1);
    return name;
}

static bool is_param(const struct names *names, const struct signature *sig,
                     struct str name)
{
    name = without_stars(name);
    for (uint32_t i = 0; i < sig->n; i++)
        if (str_eq(name_text(names, sig->params[i].name), name))
            return true;
    return false;
}

/* "a, b" at the start of an indented line, if all are parameters; else "". */
static struct str names_in(struct str line, const struct names *names,
                           const struct signature *sig)
{
    size_t from = indent_of(line), at = from, end;
    if (from == 0)
        return STR("");
    do {
        at = str_span(line, at, ASCII_BLANK);
        for (end = at; end < line.len &&
                       !ascii_is(line.ptr[end], ASCII_BLANK) &&
                       line.ptr[end] != ',';)
            end++;
        if (!is_param(names, sig, str_slice(line, at, end - at)))
            return STR("");
        at = end + 1;
    } while (end < line.len && line.ptr[end] == ',');
    size_t text = str_span(line, end, ASCII_BLANK);
    bool apart = text == line.len || text >= end + 2;
    return apart ? str_slice(line, from, end - from) : STR("");
}

static void give_lines(line_list *list, const struct names *names,
                       const struct signature *sig)
{
    struct str owner = STR("");
    size_t indent = 0;
    for (uint32_t i = 0; i < list->n; i++) {
        struct str *line = &list->at[i].text;
        struct str begins = names_in(*line, names, sig);
        if (begins.len) {
            owner = begins;
            indent = indent_of(*line);
            *line = str_from_off(*line, indent + begins.len);
        } else if (indent_of(*line) <= indent) {
            owner = STR("");
        }
        list->at[i].names = owner;
        if (owner.len)
            *line = str_trim(*line);
    }
}

struct describe_doc describe_doc_read(struct arena *a, struct str doc,
                                      const struct names *names,
                                      const struct signature *about)
{
    line_list list = lines_of(a, doc);
    if (about)
        give_lines(&list, names, about);
    return (struct describe_doc){list.at, list.n};
}

/* --- texts --- */

/* True if a line is about that parameter; of text, if it is about none. */
static bool is_about(const struct describe_line *line, struct str name)
{
    struct str part;
    if (line->names.len == 0 || name.len == 0)
        return line->names.len == name.len;
    for (size_t at = 0; at < line->names.len; at += part.len + 1) {
        part = str_part(line->names, at, ',');
        struct str word = without_stars(str_trim(part));
        if (str_eq(word, name))
            return true;
    }
    return false;
}

struct str describe_doc_of(struct arena *a, const struct describe_doc *doc,
                           struct str name)
{
    VEC(struct str) parts = {0};
    for (uint32_t i = 0; i < doc->n; i++) {
        struct str line = doc->lines[i].text;
        bool doubled =
            line.len == 0 && (!parts.n || !parts.at[parts.n - 1].len);
        if (is_about(&doc->lines[i], name) && !doubled)
            vec_push(a, &parts, line);
    }
    while (parts.n && parts.at[parts.n - 1].len == 0)
        parts.n--;
    return arena_join(a, parts.at, parts.n, STR("\n"));
}
