/* SPDX-License-Identifier: MIT */
#include "grammar.h"
#include "grammar_gen.h"

#include <stdlib.h>

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
    static const char *const openers[] = {
        "@if ",   "@for ",  "@define ", "@call ",     "@join ",
        "@file ", "@defer", "@raw",     "@function ", "@block "};
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
