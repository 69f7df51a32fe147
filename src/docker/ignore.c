/* SPDX-License-Identifier: MIT */
/* Each line is a pattern. */
#include "docker/ignore.h"

#include "base/path.h"
#include "base/utf8.h"
#include "docker/glob.h"
#include "docker/text.h"

/* --- reading a pattern --- */

/* A byte of a class, which may be escaped. */
static unsigned class_byte(struct str p, size_t *at)
{
    *at += p.ptr[*at] == '\\' && *at + 1 < p.len;
    return (unsigned char)p.ptr[*at];
}

/* The class after "[" at *i, which moves past "]"; false if it has no end. */
static bool read_class(struct str p, size_t *i, struct glob_class *set)
{
    bool negate = *i < p.len && p.ptr[*i] == '^';
    size_t at = *i + negate, from = at;
    memset(set, 0, sizeof *set);
    for (; at < p.len && (p.ptr[at] != ']' || at == from); at++) {
        unsigned first = class_byte(p, &at), last = first;
        if (at + 2 < p.len && p.ptr[at + 1] == '-' && p.ptr[at + 2] != ']') {
            at += 2;
            last = class_byte(p, &at);
        }
        for (unsigned c = first; c <= last; c++)
            set->bits[c / 8] |= (unsigned char)(1 << c % 8);
    }
    for (size_t k = 0; negate && k < sizeof set->bits; k++)
        set->bits[k] = (unsigned char)~set->bits[k];
    *i = at + 1;
    return at < p.len;
}

static bool read_glob(struct arena *a, struct str p, struct glob *g)
{
    *g = (struct glob){0};
    for (size_t i = 0; i < p.len;) {
        uint16_t item = (unsigned char)p.ptr[i++];
        struct glob_class class;
        if (item == '*' && i < p.len && p.ptr[i] == '*') {
            i++;
            i += i < p.len && p.ptr[i] == '/';
            item = i == p.len ? GLOB_ALL : GLOB_INSIDE;
            if (item == GLOB_INSIDE)
                vec_push(a, &g->items, GLOB_DIRS);
        } else if (item == '*') {
            item = GLOB_SOME;
        } else if (item == '?') {
            item = GLOB_ONE;
        } else if (item == '[') {
            if (!read_class(p, &i, &class))
                return false;
            item = (uint16_t)(GLOB_CLASS + g->classes.n);
            vec_push(a, &g->classes, class);
        } else if (item == '\\' && i < p.len) {
            item = (unsigned char)p.ptr[i++];
        }
        vec_push(a, &g->items, item);
    }
    return true;
}

/* --- matching --- */

/* The path itself, or one of the folders it lies in; "/a" lies in "" and "/",
 * "/a/b" in "" and "/a". */
static bool matches_any(struct arena *a, const struct glob *g, struct str path)
{
    bool top = str_starts(path, STR("/")) && str_chr(path, '/', 1) == STR_NONE;
    if (top && glob_match(a, g, STR("/"), true) == 1)
        return true;
    for (size_t end = path.len && path.ptr[0] == '/' ? 0 : 1; end <= path.len;
         end++)
        if ((end == path.len || path.ptr[end] == '/') &&
            glob_match(a, g, str_slice(path, 0, end), true) == end)
            return true;
    return false;
}

/* A line without what is around the pattern; empty if it has none. *keeps: it
 * begins with "!". */
static struct str read_line(struct arena *a, struct str line, bool *keeps)
{
    bool comment = str_starts(line, STR("#"));
    line = comment ? STR("") : text_trim(line);
    *keeps = str_starts(line, STR("!"));
    line = text_trim(str_from_off(line, *keeps));
    if (line.len)
        line = path_normalise(a, line);
    return str_from_off(line, line.len > 1 && line.ptr[0] == '/');
}

/* True if a pattern is one that leaves nothing of the context. */
static bool is_all(struct str pattern)
{
    return text_is_one_of(pattern, "* ** **/*");
}

bool ignore_matches(struct arena *a, struct str text, struct str path)
{
    bool ignored = false, keeps = false, all = false;
    text = utf8_skip_bom(text);
    path = path_normalise(a, path);
    while (text.ptr && !keeps) {
        struct arena_mark mark = arena_mark(a);
        struct str line = read_line(a, text_cut(&text, '\n'), &keeps);
        struct glob g;
        all = all || is_all(line);
        ignored = ignored || (line.len && read_glob(a, line, &g) &&
                              matches_any(a, &g, path));
        arena_rewind(a, mark);
    }
    bool is_top = str_eq(path, STR(".")) || str_eq(path, STR("/"));
    return ignored && !keeps && (all || !is_top);
}
