/* SPDX-License-Identifier: MIT */
/* A pattern is a row of items. Matching keeps the set of items that may come
 * next and takes the value byte by byte, so it needs no going back. */
#include "docker/pattern.h"

#include "docker/text.h"

#include <string.h>

enum item {
    ITEM_STAR = 256, /* else the byte itself */
    ITEM_ANY
};

struct items {
    uint16_t *at;
    size_t n;
    char *sets; /* two, of n + 1 items: those that may be next */
};

static bool compile(struct arena *a, struct str p, struct items *out)
{
    out->at = arena_array(a, p.len + 1, sizeof *out->at);
    out->n = 0;
    for (size_t i = 0; i < p.len; i++) {
        uint16_t item = (unsigned char)p.ptr[i];
        if (item == '*')
            item = ITEM_STAR;
        else if (item == '?')
            item = ITEM_ANY;
        else if (item == '\\') {
            if (++i == p.len || !strchr("}/*?\\", p.ptr[i]))
                return false;
            item = (unsigned char)p.ptr[i];
        }
        out->at[out->n++] = item;
    }
    out->sets = arena_alloc(a, 2 * (out->n + 1));
    return true;
}

static void reverse(struct items *p)
{
    for (size_t i = 0; i < p->n / 2; i++) {
        uint16_t item = p->at[i];
        p->at[i] = p->at[p->n - 1 - i];
        p->at[p->n - 1 - i] = item;
    }
}

/* Item i may be next, and what follows if it is a star. */
static void reach(const struct items *p, char *set, size_t i)
{
    for (;; i++) {
        set[i] = 1;
        if (i == p->n || p->at[i] != ITEM_STAR)
            return;
    }
}

/* The byte of value at step i, from either end. */
static unsigned char byte_at(struct str value, size_t i, bool from_end)
{
    return (unsigned char)value.ptr[from_end ? value.len - 1 - i : i];
}

/* Takes byte c: from the items in now to those in later. */
static bool step(const struct items *p, const char *now, char *later,
                 unsigned char c)
{
    bool any = false;
    memset(later, 0, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        if (!now[i])
            continue;
        if (p->at[i] == ITEM_STAR)
            reach(p, later, i);
        else if (p->at[i] == ITEM_ANY || p->at[i] == c)
            reach(p, later, i + 1);
        else
            continue;
        any = true;
    }
    return any;
}

/* Length of the match at the start (the end) of value; STR_NONE without. */
static size_t match(struct arena *a, const struct items *p, struct str value,
                    bool from_end, bool longest)
{
    char *now = p->sets, *later = now + p->n + 1;
    size_t found = STR_NONE;
    memset(now, 0, p->n + 1);
    reach(p, now, 0);
    for (size_t i = 0;; i++) {
        fault_steps(a->fault, 1 + p->n / 16);
        if (now[p->n])
            found = i;
        if ((found != STR_NONE && !longest) || i == value.len ||
            !step(p, now, later, byte_at(value, i, from_end)))
            return found;
        char *swap = now;
        now = later;
        later = swap;
    }
}

bool pattern_trim(struct arena *a, struct str pattern, struct str value,
                  bool at_end, bool longest, struct str *out)
{
    struct items p;
    *out = value;
    if (!compile(a, pattern, &p))
        return false;
    if (at_end)
        reverse(&p);
    size_t n = match(a, &p, value, at_end, longest);
    if (n != STR_NONE)
        *out = at_end ? str_slice(value, 0, value.len - n)
                      : str_from_off(value, n);
    return true;
}

bool pattern_replace(struct arena *a, struct str pattern, struct str value,
                     struct str with, bool all, struct str *out)
{
    struct items p;
    struct text_buf b = {a, NULL, 0, 0};
    size_t at = 0;
    bool more = true;
    if (!compile(a, pattern, &p))
        return false;
    while (at <= value.len && more) {
        size_t n = match(a, &p, str_from_off(value, at), false, true);
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
