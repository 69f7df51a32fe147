/* SPDX-License-Identifier: MIT */
/* Each line is a pattern; of those that match a path, the last one decides. */
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

/* The path itself, or one of the folders it lies in. */
static bool matches_any(struct arena *a, const struct glob *g, struct str path)
{
    for (size_t end = 1; end <= path.len; end++)
        if ((end == path.len || path.ptr[end] == '/') &&
            glob_match(a, g, str_slice(path, 0, end), true) == end)
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
