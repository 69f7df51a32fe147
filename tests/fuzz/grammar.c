/* SPDX-License-Identifier: MIT */
/* In: random numbers. Out: expressions, lines and blocks, most of them right,
 * and some not quite. */
#include "grammar_gen.h"

/* --- expressions --- */

/* Few names, so that bound ones are also used. */
static const char *const names[] = {"a", "b", "s", "l",    "m",   "n",
                                    "f", "g", "t", "body", "loop"};

void put_name(struct gen *g)
{
    PUT_ONE(g, names);
}

static void put_string(struct gen *g)
{
    static const char *const pieces[] = {
        "a",    " ",     "x y",  "\\n",  "\\t",    "\\u{e9}", "\\\"", "@@{",
        "/a/b", "1.2.3", "true", "a,b ", "\\\\",   "@",       "$1",   "(a|b)*",
        "[x]",  "**",    "%",    "-3",   "alpine", "\n"};
    put(g, "\"");
    for (unsigned i = next(g, 4); i > 0; i--) {
        if (next(g, 5) == 0) {
            put(g, "@{");
            put_expr(g);
            put(g, "}");
        } else {
            PUT_ONE(g, pieces);
        }
    }
    put(g, "\"");
}

static void put_leaf(struct gen *g)
{
    static const char *const leaves[] = {
        "0",         "1",    "-1",         "42",       "9223372036854775807",
        "true",      "null", "false",      "[]",       "{}",
        "'raw'",     "\"\"", "loop.index", "__line__", "__file__",
        "__output__"};
    unsigned way = next(g, 10);
    if (way < 4)
        PUT_ONE(g, names);
    else if (way < 7)
        put_string(g);
    else
        PUT_ONE(g, leaves);
}

static void put_list(struct gen *g, const char *open, const char *close)
{
    put(g, open);
    for (unsigned i = next(g, 4), n = i; i > 0; i--) {
        put(g, i < n ? ", " : "");
        if (*open == '{') {
            PUT_ONE(g, names);
            put(g, ": ");
        } else if (next(g, 8) == 0) {
            put(g, *open == '(' && next(g, 2) ? "**" : "*");
        } else if (*open == '(' && next(g, 4) == 0) {
            PUT_ONE(g, names);
            put(g, "=");
        }
        put_expr(g);
        if (*open == '[' && next(g, 8) == 0) {
            put(g, " if ");
            put_expr(g);
        }
    }
    put(g, close);
}

/* "x in xs if c" */
static void put_clause(struct gen *g)
{
    PUT_ONE(g, names);
    if (next(g, 3) == 0) {
        put(g, ", ");
        PUT_ONE(g, names);
    }
    put(g, " in ");
    put_expr(g);
    if (next(g, 2)) {
        put(g, " if ");
        put_expr(g);
    }
}

static void put_comprehension(struct gen *g)
{
    bool map = next(g, 3) == 0;
    put(g, map ? "{" : "[");
    if (map) {
        put_expr(g);
        put(g, ": ");
    }
    put_expr(g);
    for (unsigned i = 1 + next(g, 2) * next(g, 2); i > 0; i--) {
        put(g, " for ");
        put_clause(g);
    }
    put(g, map ? "}" : "]");
}

static void put_callee(struct gen *g)
{
    static const char *const callees[] = {
        "len",        "upper",      "lower",    "trim",     "trimprefix",
        "trimsuffix", "startswith", "endswith", "contains", "replace",
        "split",      "lines",      "indent",   "repeat",   "substr",
        "str",        "int",        "matches",  "capture",  "sub",
        "glob",       "join",       "sort",     "unique",   "reverse",
        "first",      "last",       "slice",    "chunk",    "range",
        "flatten",    "keys",       "values",   "has",      "get",
        "merge",      "omit",       "minus",    "ver",      "vermatch",
        "json",       "sh",         "basename", "dirname",  "joinpath",
        "data",       "text",       "matrix",   "defined",  "type",
        "error",      "any",        "all",      "min",      "max",
        "fullmatch",  "image",      "f",        "g",        "t",
        "lib.f",      "lib.t",      "env.vars"};
    PUT_ONE(g, callees);
}

static void put_operators(struct gen *g)
{
    static const char *const operators[] = {
        " + ",  " - ", " * ",  " / ",  " % ",      " == ",  " != ", " < ",
        " <= ", " > ", " >= ", " in ", " not in ", " and ", " or ", " ?? "};
    bool brackets = next(g, 2);
    put(g, brackets ? "(" : "");
    put_expr(g);
    for (unsigned i = 1 + next(g, 2); i > 0; i--) {
        if (next(g, 8) == 0) {
            put(g, next(g, 2) ? " is " : " is not ");
            put_type(g);
            break;
        }
        PUT_ONE(g, operators);
        put_expr(g);
    }
    put(g, brackets ? ")" : "");
}

static void put_access(struct gen *g)
{
    PUT_ONE(g, names);
    for (unsigned i = 1 + next(g, 2); i > 0; i--) {
        if (next(g, 2)) {
            put(g, ".");
            PUT_ONE(g, names);
        } else {
            put_list(g, "[", "]");
        }
        put(g, next(g, 3) ? "" : "?");
    }
}

static void put_pipe(struct gen *g)
{
    put_expr(g);
    put(g, " | ");
    put_callee(g);
    if (next(g, 2))
        put_list(g, "(", ")");
}

static void put_call(struct gen *g)
{
    put_callee(g);
    put_list(g, "(", ")");
}

static void put_cond(struct gen *g)
{
    put(g, "(");
    put_expr(g);
    put(g, " if ");
    put_expr(g);
    put(g, " else ");
    put_expr(g);
    put(g, ")");
}

void put_expr(struct gen *g)
{
    if (g->depth >= DEEPEST || next(g, 3) == 0) {
        put_leaf(g);
        return;
    }
    g->depth++;
    switch (next(g, 10)) {
    case 0:
        put_list(g, "[", "]");
        break;
    case 1:
        put_list(g, "{", "}");
        break;
    case 2:
        put_comprehension(g);
        break;
    case 3:
    case 4:
        put_call(g);
        break;
    case 5:
        put_pipe(g);
        break;
    case 6:
        put_operators(g);
        break;
    case 7:
        put_access(g);
        break;
    case 8:
        put_cond(g);
        break;
    default:
        put(g, next(g, 2) ? "not " : "-");
        put_expr(g);
    }
    g->depth--;
}

/* --- lines and blocks --- */

static void put_eol(struct gen *g)
{
    put(g, next(g, 12) ? "\n" : "\r\n");
}

static void put_indent(struct gen *g)
{
    static const char *const indents[] = {"", "", "", "  ", "\t", "      "};
    PUT_ONE(g, indents);
}

static void put_line(struct gen *g)
{
    static const char *const starts[] = {
        "FROM alpine", "RUN x && \\", "LABEL a=", "# ",  "COPY a b", "",
        "ENV A=b",     "@",           "@@if",     "@@{", "<<EOF",    "EOF",
        "@endif",      "@macro m"};
    put_indent(g);
    PUT_ONE(g, starts);
    for (unsigned i = next(g, 3); i > 0; i--) {
        put(g, "@{");
        put_expr(g);
        put(g, i > 1 ? "} " : "}");
    }
    put_eol(g);
}

static void put_insertion(struct gen *g)
{
    put_indent(g);
    put(g, "@{");
    put_expr(g);
    put(g, next(g, 4) ? "}" : "} ");
    put_eol(g);
}

static void put_call_line(struct gen *g)
{
    put_indent(g);
    put(g, "@");
    put_call(g);
    put(g, next(g, 4) ? "" : " # x");
    put_eol(g);
}

static void put_file_words(struct gen *g)
{
    while (next(g, 3) == 0) {
        if (next(g, 2)) {
            put(g, " chomp");
        } else {
            put(g, next(g, 2) ? " mode \"755\"" : " mode ");
            if (g->bytes[g->len - 1] == ' ')
                put_expr(g);
        }
    }
}

/* The first line of a block, without its line end; true if it is a value macro,
 * which has no block. */
bool put_opener(struct gen *g)
{
    static const char *const callees[] = {"f", "g", "t", "lib.t", "a"};
    bool value = false;
    put_indent(g);
    switch (next(g, 8)) {
    case 0:
        put(g, "@for ");
        put_clause(g);
        break;
    case 1:
        put(g, "@define ");
        if (next(g, 8) == 0)
            put(g, next(g, 2) ? "len" : "all");
        else
            PUT_ONE(g, names);
        put_params(g);
        value = next(g, 3) == 0;
        if (value) {
            put(g, " = ");
            put_expr(g);
        }
        break;
    case 2:
        put(g, "@call ");
        PUT_ONE(g, callees);
        put_list(g, "(", ")");
        break;
    case 3:
        put(g, "@join ");
        put_string(g);
        break;
    case 4:
        put(g, "@file ");
        put_string(g);
        put_file_words(g);
        break;
    case 5:
        put(g, "@defer");
        break;
    case 6:
        put(g, "@raw");
        break;
    default:
        put(g, "@if ");
        put_expr(g);
    }
    return value;
}

void put_nested(struct gen *g)
{
    size_t from = g->len;
    if (next(g, 9) == 0) {
        put_function(g);
        return;
    }
    bool value = put_opener(g);
    bool call = !value && g->len - from > 5 &&
                str_find((struct str){g->bytes + from, g->len - from},
                         STR("@call "), 0) != STR_NONE;
    bool conditional = g->len - from > 3 && g->bytes[from + 1] == 'i';
    put_eol(g);
    if (value)
        return;
    if (call && next(g, 2))
        put_call_block(g);
    put_block(g);
    if (conditional && next(g, 2)) {
        put(g, next(g, 2) ? "@elif n > 1\n" : "@else\n");
        put_block(g);
    }
    put_indent(g);
    put(g, "@end");
    put_eol(g);
}

void put_directive(struct gen *g)
{
    static const char *const files[] = {
        "@include \"inc.in\"", "@include \"self.in\"",
        "@include \"f.in\"",   "@sinclude \"missing.in\"",
        "@import \"lib\"",     "@import \"lib.spp\" as g",
        "@import \"std/env\"", "@include s",
        "@library \"x\"",      "@# a comment",
        "@# Deprecated: x"};
    put_indent(g);
    switch (next(g, 9)) {
    case 0:
        PUT_ONE(g, files);
        break;
    case 1:
        put(g, "@param ");
        PUT_ONE(g, names);
        put_type_after(g);
        if (next(g, 3)) {
            put(g, " = ");
            put_expr(g);
        }
        if (next(g, 3) == 0)
            put_list(g, " in [", "]");
        break;
    case 2:
        put(g, next(g, 2) ? "@warn " : "@error ");
        put_expr(g);
        put_guard(g, true);
        break;
    case 3:
    case 4:
        put(g, "@set ");
        PUT_ONE(g, names);
        put(g, " = ");
        put_expr(g);
        break;
    case 5:
        put_type_line(g);
        break;
    default:
        put(g, "@let ");
        PUT_ONE(g, names);
        if (next(g, 6) == 0) {
            static const char *const more[] = {", _", ", b", ", _, l"};
            PUT_ONE(g, more);
        } else {
            put_type_after(g);
        }
        put(g, " = ");
        put_expr(g);
    }
    put_eol(g);
}

void put_block(struct gen *g)
{
    if (g->depth >= DEEPEST)
        return;
    g->depth++;
    for (unsigned left = 1 + next(g, 3); left > 0; left--) {
        unsigned way = next(g, 10);
        if (way < 2)
            put_line(g);
        else if (way < 4)
            put_insertion(g);
        else if (way < 5)
            put_call_line(g);
        else if (way < 7)
            put_directive(g);
        else
            put_nested(g);
    }
    g->depth--;
}

/* "--- file …" or "--- param …", as fuzz_session.c reads them. */
void put_part(struct gen *g)
{
    static const char *const files[] = {"lib.spp", "inc.in", "f.in", "d.json",
                                        "d.yaml"};
    if (next(g, 3) == 0) {
        put(g, "--- param ");
        PUT_ONE(g, names);
        put(g, next(g, 2) ? "=x\n" : "\n[1, {\"a\": null}]\n");
        return;
    }
    put(g, "--- file ");
    PUT_ONE(g, files);
    put(g, "\n");
    put_block(g);
}
