/* SPDX-License-Identifier: MIT */
/* The one idea: literal text is narrowed to the bytes that are meant, so that
 * the offset of a byte in its stretch is its offset in its span, and stretches
 * that continue each other are one. */
#include "eval/origin.h"

#include <string.h>

void origins_init(struct origins *o, struct arena *a)
{
    memset(o, 0, sizeof *o);
    o->arena = a;
}

/* Cuts what o says of its last byte and those before it, so that its first
 * byte is the one at offset `skip`, and no more than len are left. */
static void narrow(struct origin *o, size_t skip, size_t len)
{
    if (o->kind != ORIGIN_TEXT)
        return;
    o->span.off += (uint32_t)skip;
    o->span.len = (uint32_t)len;
}

/* True if the bytes from b are as good as more of those from a. */
static bool continues(const struct origin *a, const struct origin *b)
{
    if (a->kind != b->kind || a->chain != b->chain ||
        a->span.source != b->span.source)
        return false;
    if (a->kind == ORIGIN_TEXT)
        return a->span.off + a->span.len == b->span.off;
    return a->span.off == b->span.off && a->span.len == b->span.len;
}

/* Adds a stretch of len bytes, of which a literal one is the whole span. */
static void add(struct origins *o, size_t len, struct origin from)
{
    struct stretch *last = o->list.n ? &o->list.at[o->list.n - 1] : NULL;
    struct stretch new = {o->len, from};
    if (len == 0)
        return;
    o->len += len;
    if (!last || !continues(&last->from, &from))
        vec_push(o->arena, &o->list, new);
    else if (from.kind == ORIGIN_TEXT)
        last->from.span.len += (uint32_t)len;
}

void origins_reach(struct origins *o, size_t len, struct origin from)
{
    size_t n = len - o->len;
    /* More than the span has: then they are not its bytes. */
    if (from.kind == ORIGIN_TEXT && n > from.span.len)
        from.kind = ORIGIN_MADE;
    narrow(&from, from.span.len - n, n);
    add(o, n, from);
}

void origins_truncate(struct origins *o, size_t len)
{
    if (len >= o->len)
        return;
    while (o->list.n && o->list.at[o->list.n - 1].at >= len)
        o->list.n--;
    o->len = len;
    if (o->list.n) {
        struct stretch *last = &o->list.at[o->list.n - 1];
        narrow(&last->from, 0, len - last->at);
    }
}

uint32_t origins_find(const struct origins *o, size_t at)
{
    uint32_t low = 0, high = o->list.n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (o->list.at[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t origins_end(const struct origins *o, uint32_t i)
{
    return i + 1 < o->list.n ? o->list.at[i + 1].at : o->len;
}

/* The stretch that holds offset `at`, if a search is at stretch i already. */
static uint32_t search_on(const struct origins *o, uint32_t i, size_t at)
{
    if (i >= o->list.n || o->list.at[i].at > at)
        return origins_find(o, at);
    while (origins_end(o, i) <= at)
        i++;
    return i;
}

void origins_copy(struct origins *to, const struct origins *from, size_t at,
                  size_t len)
{
    size_t end = at + len;
    while (at < end) {
        to->next = search_on(from, to->next, at);
        const struct stretch *s = &from->list.at[to->next];
        size_t until = origins_end(from, to->next);
        size_t n = (until < end ? until : end) - at;
        struct origin part = s->from;
        narrow(&part, at - s->at, n);
        add(to, n, part);
        at += n;
    }
}

void origins_move(struct origins *to, struct origins *from)
{
    origins_copy(to, from, 0, from->len);
    from->list.n = 0;
    from->len = 0;
}
