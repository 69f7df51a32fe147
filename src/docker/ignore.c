/* SPDX-License-Identifier: MIT */
/* Each line is a pattern; of those that match a path, the last one decides. A
 * pattern is a row of items, and matching keeps the set of items that may come
 * next, so that no pattern takes long. */
#include "docker/ignore.h"

#include "base/path.h"
#include "base/utf8.h"
#include "docker/text.h"

#include <string.h>

enum item {
    ITEM_BYTE = 0,  /* up to 255: the byte itself */
    ITEM_ONE = 256, /* ?: any but "/" */
    ITEM_SOME,      /* *: any number of those */
    ITEM_ALL,       /* ** at the end: anything */
    ITEM_DIRS,      /* **: nothing, or … */
    ITEM_INSIDE,    /* … anything that ends in "/" */
    ITEM_CLASS      /* [a-z]: from here to ITEM_CLASS_END, pairs of bytes */
};

struct glob {
    uint16_t *at;
    size_t n;
    unsigned char (*classes)[32]; /* bit sets; ITEM_CLASS + its number */
    size_t nclasses;
};

/* --- reading a pattern --- */

/* The class behind "[" at *i, which moves behind "]"; false if it has no end.
 */
static bool read_class(struct str p, size_t *i, unsigned char set[32])
{
    bool negate = *i < p.len && p.ptr[*i] == '^';
    size_t at = *i + negate, from = at;
    memset(set, 0, 32);
    for (; at < p.len && (p.ptr[at] != ']' || at == from); at++) {
        unsigned first, last;
        at += p.ptr[at] == '\\' && at + 1 < p.len;
        first = last = (unsigned char)p.ptr[at];
        if (at + 2 < p.len && p.ptr[at + 1] == '-' && p.ptr[at + 2] != ']') {
            at += 2;
            at += p.ptr[at] == '\\' && at + 1 < p.len;
            last = (unsigned char)p.ptr[at];
        }
        for (unsigned c = first; c <= last; c++)
            set[c / 8] |= (unsigned char)(1 << c % 8);
    }
    for (size_t k = 0; negate && k < 32; k++)
        set[k] = (unsigned char)~set[k];
    *i = at + 1;
    return at < p.len;
}

/* "**" and what follows it, at *i behind the first "*". */
static void read_stars(struct glob *g, struct str p, size_t *i)
{
    ++*i;
    *i += *i < p.len && p.ptr[*i] == '/';
    if (*i == p.len) {
        g->at[g->n++] = ITEM_ALL;
        return;
    }
    g->at[g->n++] = ITEM_DIRS;
    g->at[g->n++] = ITEM_INSIDE;
}

static bool read_glob(struct arena *a, struct str p, struct glob *g)
{
    g->at = arena_array(a, 2 * p.len + 1, sizeof *g->at);
    g->classes = arena_array(a, p.len + 1, sizeof *g->classes);
    g->n = g->nclasses = 0;
    for (size_t i = 0; i < p.len;) {
        unsigned char c = (unsigned char)p.ptr[i++];
        if (c == '*' && i < p.len && p.ptr[i] == '*') {
            read_stars(g, p, &i);
        } else if (c == '*') {
            g->at[g->n++] = ITEM_SOME;
        } else if (c == '?') {
            g->at[g->n++] = ITEM_ONE;
        } else if (c == '[') {
            if (!read_class(p, &i, g->classes[g->nclasses]))
                return false;
            g->at[g->n++] = (uint16_t)(ITEM_CLASS + g->nclasses++);
        } else {
            if (c == '\\' && i < p.len)
                c = (unsigned char)p.ptr[i++];
            g->at[g->n++] = c;
        }
    }
    return true;
}

/* --- matching --- */

/* Item i may be next, and what follows where it may be nothing. */
static void reach(const struct glob *g, char *set, size_t i)
{
    for (; i < g->n; i++) {
        set[i] = 1;
        if (g->at[i] == ITEM_DIRS)
            set[++i] = 1;
        else if (g->at[i] != ITEM_SOME && g->at[i] != ITEM_ALL)
            return;
    }
    set[i] = 1;
}

static bool takes(const struct glob *g, uint16_t item, unsigned char c)
{
    if (item < 256)
        return item == c;
    if (item == ITEM_ONE || item == ITEM_SOME)
        return c != '/';
    if (item >= ITEM_CLASS)
        return g->classes[item - ITEM_CLASS][c / 8] >> c % 8 & 1;
    return item == ITEM_ALL;
}

static void step(const struct glob *g, const char *now, char *later,
                 unsigned char c)
{
    memset(later, 0, g->n + 1);
    for (size_t i = 0; i < g->n; i++) {
        uint16_t item = g->at[i];
        if (!now[i] || item == ITEM_DIRS)
            continue;
        if (item == ITEM_INSIDE) {
            later[i] = 1;
            if (c == '/')
                reach(g, later, i + 1);
        } else if (takes(g, item, c)) {
            reach(g, later, item == ITEM_SOME || item == ITEM_ALL ? i : i + 1);
        }
    }
}

static bool glob_matches(struct arena *a, const struct glob *g, struct str s)
{
    char *now = arena_zalloc(a, 2 * (g->n + 1)), *later = now + g->n + 1;
    reach(g, now, 0);
    for (size_t i = 0; i < s.len; i++) {
        step(g, now, later, (unsigned char)s.ptr[i]);
        char *swap = now;
        now = later;
        later = swap;
    }
    return now[g->n];
}

/* The path itself, or one of the folders it lies in. */
static bool matches_any(struct arena *a, const struct glob *g, struct str path)
{
    for (size_t end = 1; end <= path.len; end++)
        if ((end == path.len || path.ptr[end] == '/') &&
            glob_matches(a, g, str_slice(path, 0, end)))
            return true;
    return false;
}

bool ignore_matches(struct arena *a, struct str text, struct str path)
{
    bool ignored = false;
    text = utf8_skip_bom(text);
    while (text.ptr) {
        struct str line = text_cut(&text, '\n');
        struct glob g;
        struct arena_mark mark = arena_mark(a);
        bool comment = str_starts(line, STR("#"));
        line = text_trim(line);
        bool keep = str_starts(line, STR("!"));
        line = text_trim(str_from_off(line, keep));
        if (comment || line.len == 0 || keep != ignored)
            continue;
        line = path_normalise(a, line);
        if (line.len > 1 && line.ptr[0] == '/')
            line = str_from_off(line, 1);
        if (read_glob(a, line, &g) && matches_any(a, &g, path))
            ignored = !keep;
        arena_rewind(a, mark);
    }
    return ignored;
}
