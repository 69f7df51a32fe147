/* SPDX-License-Identifier: MIT */
/* In: names of files; out: a make rule. It is quoted as gcc quotes, gaps
 * included, because every reader of depfiles was written against gcc, and make
 * itself has no consistent quoting. The names may come from strangers, other
 * than a compiler's, so names that gcc would leave to luck are refused. Several
 * outputs have one plain rule: GNU make refuses grouped targets ("a b &:")
 * without a recipe. */
#include "driver/depfile.h"

/* gcc's width: a name that would end beyond it goes to the next line. */
#define COLUMNS 72

/* Make halves backslashes before a quoted blank, so gcc doubles them. */
static void double_backslashes(struct buf *out, struct str name, size_t end)
{
    while (end > 0 && name.ptr[end - 1] == '\\') {
        buf_add_char(out, '\\');
        end--;
    }
}

void depfile_quote(struct buf *out, struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (ascii_is_blank(c))
            double_backslashes(out, name, i);
        if (ascii_is_blank(c) || c == '#')
            buf_add_char(out, '\\');
        if (c == '$')
            buf_add_char(out, '$');
        buf_add_char(out, c);
    }
}

static bool has(struct str name, char c)
{
    return str_chr(name, c, 0) != STR_NONE;
}

/* ".IGNORE:" and its like change how make treats all other rules. */
static bool is_special_target(struct str name)
{
    size_t i = 1;
    while (i < name.len &&
           ((name.ptr[i] >= 'A' && name.ptr[i] <= 'Z') || name.ptr[i] == '_'))
        i++;
    return name.len > 1 && name.ptr[0] == '.' && i == name.len;
}

const char *depfile_objection(struct str name, enum depfile_role role)
{
    if (has(name, '\n'))
        return "it contains a line break";
    if (str_ends(name, STR("\\")))
        return "it ends with a backslash";
    /* Quoted or not: it drops them at the end of a line. */
    if (str_ends(name, STR(" ")) || str_ends(name, STR("\t")))
        return "make would drop the blank at its end";
    if (has(name, ';'))
        return "make would run what follows the ';'";
    if (has(name, '='))
        return "make would take it for an assignment";
    if (has(name, ':') && has(name, '%'))
        return "make would take it for a pattern";
    if (str_eq(name, STR("|")))
        return "make would not watch what follows it";
    if (role == DEPFILE_TARGET && is_special_target(name))
        return "it is a special target of make";
    return NULL;
}

/* Adds a dependency to a line that has *column characters. */
static void add_dep(struct buf *out, struct str name, size_t *column)
{
    size_t start = out->len;
    depfile_quote(out, name);
    size_t width = out->len - start;
    if (*column + width > COLUMNS) {
        buf_insert(out, start, STR(" \\\n "));
        *column = 0;
    } else {
        buf_insert(out, start, STR(" "));
    }
    *column += 1 + width;
}

void depfile_rule(struct buf *out, struct str targets, const struct str *deps,
                  size_t n, size_t phony)
{
    buf_add(out, targets);
    buf_add_char(out, ':');
    size_t column = targets.len + 1;
    for (size_t i = 0; i < n; i++)
        add_dep(out, deps[i], &column);
    buf_add_char(out, '\n');
    for (size_t i = phony; i < n; i++) {
        depfile_quote(out, deps[i]);
        buf_add_cstr(out, ":\n");
    }
}
