/* SPDX-License-Identifier: MIT */
/* In: random numbers. Out: types, and what is written with them: parameters of
 * macros, @type, functions and the blocks of a @call. */
#include "grammar_gen.h"

static const char *const type_names[] = {"a", "b", "lib.a", "env.vars"};

static void put_record(struct gen *g)
{
    static const char *const keys[] = {"a", "b?", "\"c\"", "n"};
    put(g, "{");
    for (unsigned i = next(g, 4), n = i; i > 0; i--) {
        put(g, i < n ? ", " : "");
        PUT_ONE(g, keys);
        put(g, ": ");
        put_type(g);
    }
    put(g, "}");
}

static void put_in_brackets(struct gen *g)
{
    put(g, "(");
    put_type(g);
    if (next(g, 2)) {
        put(g, " in ");
        put_expr(g);
    }
    if (next(g, 2)) {
        put(g, next(g, 2) ? " where it != " : " where ");
        put_expr(g);
    }
    put(g, next(g, 3) ? ")" : " \"what it is\")");
}

static void put_member(struct gen *g)
{
    static const char *const simple[] = {
        "any", "null", "bool", "int",     "string", "version", "list",
        "map", "1",    "-2",   "\"x y\"", "true",   "block",   "'b'"};
    switch (g->depth >= DEEPEST ? 0 : next(g, 8)) {
    case 1:
        PUT_ONE(g, type_names);
        break;
    case 2:
        put(g, "list[");
        put_type(g);
        put(g, "]");
        break;
    case 3:
        put(g, next(g, 2) ? "map[" : "map[string, ");
        put_type(g);
        put(g, "]");
        break;
    case 4:
        put_record(g);
        break;
    case 5:
        put_in_brackets(g);
        break;
    default:
        PUT_ONE(g, simple);
    }
    put(g, next(g, 6) ? "" : "?");
}

void put_type(struct gen *g)
{
    g->depth++;
    put_member(g);
    while (next(g, 4) == 0) {
        put(g, " | ");
        put_member(g);
    }
    g->depth--;
}

/* --- where types stand --- */

void put_type_after(struct gen *g)
{
    if (next(g, 3) == 0) {
        put(g, ": ");
        put_type(g);
    }
}

void put_type_line(struct gen *g)
{
    put(g, "@type ");
    PUT_ONE(g, type_names);
    put(g, next(g, 4) ? " = " : " = (\n  ");
    bool open = g->bytes[g->len - 1] == ' ' && g->bytes[g->len - 2] == ' ';
    put_type(g);
    if (next(g, 2)) {
        put(g, next(g, 2) ? " where it < 3" : " where ");
        if (g->bytes[g->len - 1] == ' ')
            put_expr(g);
    }
    put(g, next(g, 2) ? "" : " \"a thing\"");
    put(g, open ? "\n)" : "");
}

void put_params(struct gen *g)
{
    static const char *const blocks[] = {"body", "body=\"\"", "s: block",
                                         "t: block = \"\""};
    put(g, "(");
    for (unsigned i = next(g, 4), n = i; i > 0; i--) {
        put(g, i < n ? ", " : "");
        if (next(g, 6) == 0) {
            PUT_ONE(g, blocks);
            continue;
        }
        put(g, i == 1 && next(g, 3) == 0 ? next(g, 2) ? "*" : "**" : "");
        put_name(g);
        put_type_after(g);
        if (next(g, 2)) {
            put(g, "=");
            put_expr(g);
        }
    }
    put(g, ")");
}

/* --- functions and blocks --- */

/* Where and whether: " at a if c". */
void put_guard(struct gen *g, bool at)
{
    if (at && next(g, 4) == 0) {
        put(g, " at ");
        put_name(g);
    }
    if (next(g, 2)) {
        put(g, " if ");
        put_expr(g);
    }
}

void put_return(struct gen *g)
{
    put(g, "@return ");
    put_expr(g);
    put_guard(g, false);
}

/* Its body is directives alone. */
void put_function(struct gen *g)
{
    put(g, "@function ");
    put_name(g);
    put_params(g);
    put(g, "\n");
    g->depth++;
    for (unsigned i = next(g, 4); i > 0; i--) {
        if (next(g, 3)) {
            put_directive(g);
        } else {
            put_return(g);
            put(g, "\n");
        }
    }
    g->depth--;
    put(g, next(g, 2) ? "@end\n" : "@end function\n");
}

/* Some lines, which a @call may hold. */
void put_call_block(struct gen *g)
{
    static const char *const blocks[] = {"@block s", "@block t", "@block body",
                                         "@block setup"};
    PUT_ONE(g, blocks);
    put(g, "\n");
    put_block(g);
    put(g, next(g, 2) ? "@end\n" : "@end block\n");
}
