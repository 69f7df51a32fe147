/* SPDX-License-Identifier: MIT */
/* A pattern that is trimmed at the end is matched from there, backwards. */
#include "docker/pattern.h"

#include "docker/glob.h"
#include "docker/text.h"

static bool compile(struct arena *a, struct str p, struct glob *g)
{
    *g = (struct glob){0};
    for (size_t i = 0; i < p.len; i++) {
        uint16_t item = (unsigned char)p.ptr[i];
        if (item == '*')
            item = GLOB_ALL;
        else if (item == '?')
            item = GLOB_ANY;
        else if (item == '\\') {
            if (!text_span(str_slice(p, ++i, 1), "}/*?\\"))
                return false;
            item = (unsigned char)p.ptr[i];
        }
        vec_push(a, &g->items, item);
    }
    return true;
}

bool pattern_trim(struct arena *a, struct str pattern, struct str value,
                  bool at_end, bool longest, struct str *out)
{
    struct glob g;
    *out = value;
    if (!compile(a, pattern, &g))
        return false;
    g.from_end = at_end;
    size_t n = glob_match(a, &g, value, longest);
    if (n != STR_NONE)
        *out = at_end ? str_slice(value, 0, value.len - n)
                      : str_from_off(value, n);
    return true;
}

bool pattern_replace(struct arena *a, struct str pattern, struct str value,
                     struct str with, bool all, struct str *out)
{
    struct glob g;
    struct text_buf b = {.arena = a};
    size_t at = 0;
    bool more = true;
    if (!compile(a, pattern, &g))
        return false;
    while (at <= value.len && more) {
        size_t n = glob_match(a, &g, str_from_off(value, at), true);
        if (n != STR_NONE)
            text_add(&b, with);
        more = n == STR_NONE || all;
        if (n == STR_NONE || n == 0) {
            text_add(&b, str_slice(value, at, 1));
            n = 1;
        }
        at += n;
    }
    text_add(&b, str_from_off(value, at));
    *out = text_of(&b);
    return true;
}
