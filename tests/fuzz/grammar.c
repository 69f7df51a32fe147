/* SPDX-License-Identifier: MIT */
#include "grammar.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MOST = 1 << 12, /* bytes that are inserted at once */
    DEEPEST = 4
};

struct gen {
    uint32_t random;
    char bytes[MOST];
    size_t len;
    unsigned depth;
};

static uint32_t next(struct gen *g, uint32_t n)
{
    g->random = g->random * 1664525u + 1013904223u;
    return (g->random >> 8) % n;
}

static void put(struct gen *g, const char *text)
{
    size_t len = strlen(text);
    if (len > MOST - g->len)
        return;
    memcpy(g->bytes + g->len, text, len);
    g->len += len;
}

static const char *pick(struct gen *g, const char *const *words, size_t n)
{
    return words[next(g, (uint32_t)n)];
}

#define PICK(g, words) pick(g, words, sizeof(words) / sizeof *(words))
#define PUT_ONE(g, words) put(g, PICK(g, words))

/* --- expressions --- */

/* Few names, so that bound ones are also used. */
static const char *const names[] = {"a", "b", "s", "l",    "m",   "n",
                                    "f", "g", "t", "body", "loop"};

static void put_expr(struct gen *g);

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
        "0",     "1",    "-1",         "42",       "9223372036854775807",
        "true",  "null", "false",      "[]",       "{}",
        "'raw'", "\"\"", "loop.index", "__line__", "__file__"};
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
            put(g, "*");
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

static void put_comprehension(struct gen *g)
{
    bool map = next(g, 3) == 0;
    put(g, map ? "{" : "[");
    if (map) {
        put_expr(g);
        put(g, ": ");
    }
    put_expr(g);
    put(g, " for ");
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
        "error",      "f",          "g",        "t",        "lib.f",
        "lib.t",      "python.base"};
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

static void put_expr(struct gen *g)
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
        "ENV A=b",     "@",           "@@if",     "@@{", "<<EOF",    "EOF"};
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

static void put_block(struct gen *g);

static void put_params(struct gen *g)
{
    put(g, "(");
    for (unsigned i = next(g, 4), n = i; i > 0; i--) {
        put(g, i < n ? ", " : "");
        put(g, i == 1 && next(g, 3) == 0 ? "*" : "");
        PUT_ONE(g, names);
        if (next(g, 2)) {
            put(g, "=");
            put_leaf(g);
        }
    }
    put(g, ")");
}

/* The first line of a block, without its line end; true if it is a value macro,
 * which has no block. */
static bool put_opener(struct gen *g)
{
    static const char *const callees[] = {"f", "g", "t", "lib.t", "a"};
    bool value = false;
    put_indent(g);
    switch (next(g, 8)) {
    case 0:
        put(g, "@for ");
        PUT_ONE(g, names);
        put(g, next(g, 3) ? "" : ", b");
        put(g, " in ");
        put_expr(g);
        break;
    case 1:
        put(g, "@define ");
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

static void put_nested(struct gen *g)
{
    size_t from = g->len;
    bool value = put_opener(g);
    bool conditional = g->len - from > 3 && g->bytes[from + 1] == 'i';
    put_eol(g);
    if (value)
        return;
    put_block(g);
    if (conditional && next(g, 2)) {
        put(g, next(g, 2) ? "@elif n > 1\n" : "@else\n");
        put_block(g);
    }
    put_indent(g);
    put(g, "@end");
    put_eol(g);
}

static void put_directive(struct gen *g)
{
    static const char *const files[] = {
        "@include \"inc.in\"",    "@include \"self.in\"",
        "@include \"f.in\"",      "@sinclude \"missing.in\"",
        "@import \"lib\"",        "@import \"lib.spp\" as g",
        "@import \"std/python\"", "@include s",
        "@library \"x\"",         "@# a comment"};
    put_indent(g);
    switch (next(g, 7)) {
    case 0:
        PUT_ONE(g, files);
        break;
    case 1:
        put(g, "@param ");
        PUT_ONE(g, names);
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
        break;
    case 3:
    case 4:
        put(g, "@set ");
        PUT_ONE(g, names);
        put(g, " = ");
        put_expr(g);
        break;
    default:
        put(g, "@let ");
        PUT_ONE(g, names);
        put(g, " = ");
        put_expr(g);
    }
    put_eol(g);
}

static void put_block(struct gen *g)
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
static void put_part(struct gen *g)
{
    static const char *const files[] = {"lib.spp", "inc.in", "f.in", "d.json"};
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

/* --- what the input already has --- */

/* The starts of the line that holds offset `at`, and of the next one. */
static size_t line_start(struct str t, size_t at)
{
    while (at > 0 && t.ptr[at - 1] != '\n')
        at--;
    return at;
}

static size_t line_after(struct str t, size_t at)
{
    size_t end = str_chr(t, '\n', at);
    return end == STR_NONE ? t.len : end + 1;
}

/* How much deeper the line at `at` nests (a value macro is taken for a block,
 * and then a little more is moved). */
static int nesting(struct str t, size_t at)
{
    static const char *const openers[] = {"@if ",   "@for ",  "@define ",
                                          "@call ", "@join ", "@file ",
                                          "@defer", "@raw"};
    at = str_span(t, at, ASCII_BLANK);
    struct str rest = str_from_off(t, at);
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (str_starts(rest, str_from(openers[i])))
            return 1;
    return str_starts(rest, STR("@end")) ? -1 : 0;
}

struct stretch {
    size_t from, to;
};

/* A line of t, with all of the block that it opens. */
static struct stretch any_unit(struct gen *g, struct str t)
{
    if (t.len == 0)
        return (struct stretch){0, 0};
    size_t from = line_start(t, next(g, (uint32_t)t.len));
    size_t to = line_after(t, from);
    for (int depth = nesting(t, from); depth > 0 && to < t.len;
         to = line_after(t, to))
        depth += nesting(t, to);
    return (struct stretch){from, to};
}

static size_t any_line(struct gen *g, struct str t)
{
    return line_start(t, next(g, (uint32_t)t.len + 1));
}

/* An expression of t, roughly: after "@{", "= ", "(" or "in ", up to something
 * that may end one. from is t.len if there is none. */
static struct stretch any_expr(struct gen *g, struct str t)
{
    static const char *const marks[] = {"@{", " = ", "(", " in ", "@if ", ", "};
    struct str mark = str_from(PICK(g, marks));
    size_t from = str_find(t, mark, next(g, (uint32_t)t.len + 1));
    if (from == STR_NONE)
        from = str_find(t, mark, 0);
    if (from == STR_NONE)
        return (struct stretch){t.len, t.len};
    from += mark.len;
    size_t to = from;
    for (unsigned open = 0; to < t.len && t.ptr[to] != '\n'; to++) {
        char c = t.ptr[to];
        open += c == '(' || c == '[' || c == '{';
        if (open == 0 && (c == ')' || c == '}' || c == ']' || c == ','))
            break;
        open -= c == ')' || c == '}' || c == ']';
    }
    return (struct stretch){from, to};
}

/* --- changes --- */

/* Replaces [from, to) of the size bytes of data with bytes, if there is room.
 */
static size_t replace(uint8_t *data, size_t size, size_t max, struct stretch at,
                      struct str bytes)
{
    size_t left = size - at.to;
    if (bytes.len > max || size - (at.to - at.from) > max - bytes.len)
        return size;
    memmove(data + at.from + bytes.len, data + at.to, left);
    if (bytes.len)
        memcpy(data + at.from, bytes.ptr, bytes.len);
    return at.from + bytes.len + left;
}

static struct str generated(const struct gen *g)
{
    return (struct str){g->bytes, g->len};
}

static struct gen *gen_new(unsigned seed)
{
    struct gen *g = calloc(1, sizeof *g);
    if (!g)
        abort();
    g->random = seed;
    return g;
}

/* Wraps a unit of t in a new block. */
static void put_wrapped(struct gen *g, struct str t, struct stretch at)
{
    bool value = put_opener(g);
    put(g, "\n");
    if (at.to - at.from > MOST - g->len - 16)
        return;
    if (at.to > at.from)
        memcpy(g->bytes + g->len, t.ptr + at.from, at.to - at.from);
    g->len += at.to - at.from;
    put(g, value ? "" : "@end\n");
}

/* A copy of a unit, for another place. */
static void put_unit(struct gen *g, struct str t, struct stretch at)
{
    if (at.to - at.from > MOST - g->len)
        at.to = at.from + MOST - g->len;
    if (at.to > at.from)
        memcpy(g->bytes + g->len, t.ptr + at.from, at.to - at.from);
    g->len += at.to - at.from;
}

/* An expression, and the part of t that it replaces: another expression, or a
 * place for a value. */
static struct stretch put_value(struct gen *g, struct str t)
{
    struct stretch at = any_expr(g, t);
    bool place = at.from == t.len || next(g, 2);
    if (place)
        at.from = at.to = next(g, (uint32_t)t.len + 1);
    put(g, place ? "@{" : "");
    put_expr(g);
    put(g, place ? "}" : "");
    return at;
}

static size_t change(struct gen *g, uint8_t *data, size_t size, size_t max,
                     bool parts)
{
    struct str t = {(const char *)data, size};
    struct stretch at = any_unit(g, t);
    switch (next(g, 8)) {
    case 0: /* a new one */
        at.from = at.to = any_line(g, t);
        put_block(g);
        break;
    case 1: /* another instead */
        put_block(g);
        break;
    case 2: /* without it */
        break;
    case 3: /* twice */
        put_unit(g, t, at);
        at.from = at.to = any_line(g, t);
        break;
    case 4:
        put_wrapped(g, t, at);
        break;
    case 5:
    case 6:
        at = put_value(g, t);
        break;
    default:
        at.from = at.to = parts ? size : any_line(g, t);
        if (parts && size && data[size - 1] != '\n')
            put(g, "\n");
        if (parts)
            put_part(g);
        else
            put_nested(g);
    }
    return replace(data, size, max, at, generated(g));
}

size_t grammar_mutate(uint8_t *data, size_t size, size_t max, unsigned seed,
                      bool parts)
{
    if (seed % 2)
        return LLVMFuzzerMutate(data, size, max);
    struct gen *g = gen_new(seed);
    size = change(g, data, size, max, parts);
    free(g);
    return size;
}

size_t grammar_mutate_expression(uint8_t *data, size_t size, size_t max,
                                 unsigned seed)
{
    if (seed % 2)
        return LLVMFuzzerMutate(data, size, max);
    struct gen *g = gen_new(seed);
    struct str t = {(const char *)data, size};
    struct stretch at = any_expr(g, t);
    if (at.from == t.len || next(g, 8) == 0)
        at = (struct stretch){0, size};
    put_expr(g);
    size = replace(data, size, max, at, generated(g));
    free(g);
    return size;
}

size_t grammar_cross(struct str into, struct str from, uint8_t *out, size_t max,
                     unsigned seed)
{
    if (into.len > max)
        return 0;
    struct gen *g = gen_new(seed);
    struct stretch unit = any_unit(g, from), at = any_unit(g, into);
    if (next(g, 2))
        at.to = at.from;
    if (into.len)
        memcpy(out, into.ptr, into.len);
    size_t size = replace(out, into.len, max, at,
                          str_slice(from, unit.from, unit.to - unit.from));
    free(g);
    return size;
}
