/* SPDX-License-Identifier: MIT */
/* There are two sets of items: those that may take the next byte, and those
 * that may take the one after it. */
#include "docker/glob.h"

static uint16_t item_at(const struct glob *g, size_t i)
{
    return g->items.at[g->from_end ? g->items.n - 1 - i : i];
}

/* Puts item i into the set, and the item after it if i may match nothing, and
 * so on. */
static void reach(const struct glob *g, char *set, size_t i)
{
    for (; i < g->items.n; i++) {
        uint16_t item = item_at(g, i);
        set[i] = 1;
        if (item == GLOB_DIRS)
            set[++i] = 1;
        else if (item != GLOB_SOME && item != GLOB_ALL)
            return;
    }
    set[i] = 1;
}

static bool takes(const struct glob *g, uint16_t item, unsigned char c)
{
    if (item < GLOB_ANY)
        return item == c;
    if (item == GLOB_ONE || item == GLOB_SOME)
        return c != '/';
    if (item >= GLOB_CLASS)
        return g->classes.at[item - GLOB_CLASS].bits[c / 8] >> c % 8 & 1;
    return item == GLOB_ANY || item == GLOB_ALL || item == GLOB_INSIDE;
}

/* Takes byte c: from the items in now to those in later; false if none takes
 * it. */
static bool step(const struct glob *g, const char *now, char *later,
                 unsigned char c)
{
    bool any = false;
    memset(later, 0, g->items.n + 1);
    for (size_t i = 0; i < g->items.n; i++) {
        uint16_t item = item_at(g, i);
        if (!now[i] || !takes(g, item, c))
            continue;
        any = true;
        if (item == GLOB_INSIDE)
            later[i] = 1;
        if (item == GLOB_SOME || item == GLOB_ALL)
            reach(g, later, i);
        else if (item != GLOB_INSIDE || c == '/')
            reach(g, later, i + 1);
    }
    return any;
}

size_t glob_match(struct arena *a, const struct glob *g, struct str s,
                  bool longest)
{
    size_t n = g->items.n, found = STR_NONE;
    struct arena_mark mark = arena_mark(a);
    char *now = arena_zalloc(a, 2 * (n + 1)), *later = now + n + 1;
    reach(g, now, 0);
    for (size_t i = 0;; i++) {
        fault_steps(a->fault, 1 + n / 16);
        if (now[n])
            found = i;
        if ((found != STR_NONE && !longest) || i == s.len ||
            !step(g, now, later,
                  (unsigned char)s.ptr[g->from_end ? s.len - 1 - i : i]))
            break;
        char *swap = now;
        now = later;
        later = swap;
    }
    arena_rewind(a, mark);
    return found;
}
