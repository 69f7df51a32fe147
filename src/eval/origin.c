/* SPDX-License-Identifier: MIT */
/* The one idea: literal text is narrowed to the bytes that are meant, so that
 * the offset of a byte in its stretch is its offset in its span, and stretches
 * that continue each other are one. */
#include "eval/origin.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIRST = 16
};

void origins_init(struct origins *o, struct fault *fault)
{
    memset(o, 0, sizeof *o);
    o->fault = fault;
}

void origins_free(struct origins *o)
{
    free(o->at);
    o->at = NULL;
    o->n = o->cap = 0;
    o->len = 0;
}

/* Through realloc, as with buffers: large lists move without being copied. */
static void grow(struct origins *o)
{
    uint32_t cap = o->cap ? o->cap * 2 : FIRST;
    size_t size = cap * sizeof *o->at;
    if (o->cap > UINT32_MAX / 4 || size > o->fault->limits.max[LIMIT_MEMORY])
        fault_raise(o->fault, LIMIT_MEMORY);
    struct stretch *at = realloc(o->at, size);
    if (!at)
        fault_raise(o->fault, LIMIT_NO_MEMORY);
    o->at = at;
    o->cap = cap;
}

/* --- stretches --- */

size_t origins_end(const struct origins *o, uint32_t i)
{
    return i + 1 < o->n ? o->at[i + 1].at : o->len;
}

/* Cuts the span of literal text to len bytes, from the one at offset `skip` on.
 */
static void narrow(struct origin *from, size_t skip, size_t len)
{
    if (from->kind != ORIGIN_TEXT)
        return;
    from->span.off += (uint32_t)skip;
    from->span.len = (uint32_t)len;
}

/* True if bytes that came from b are as good as more of a's. */
static bool continues(const struct origin *a, const struct origin *b)
{
    if (a->kind != b->kind || a->chain != b->chain ||
        a->span.source != b->span.source)
        return false;
    if (b->kind == ORIGIN_TEXT)
        return a->span.off + a->span.len == b->span.off;
    return a->span.off == b->span.off && a->span.len == b->span.len;
}

/* Adds a stretch of len bytes, of which a literal one is the whole span. */
static void add(struct origins *o, size_t len, struct origin from)
{
    struct origin *last = o->n ? &o->at[o->n - 1].from : NULL;
    size_t at = o->len;
    if (len == 0)
        return;
    o->len += len;
    if (last && continues(last, &from)) {
        if (from.kind == ORIGIN_TEXT)
            last->span.len += (uint32_t)len;
        return;
    }
    if (o->n == o->cap)
        grow(o);
    o->at[o->n++] = (struct stretch){at, from};
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

void origins_more(struct origins *o, size_t n)
{
    struct origin from = o->at[o->n - 1].from;
    from.kind = ORIGIN_MADE;
    add(o, n, from);
}

void origins_truncate(struct origins *o, size_t len)
{
    if (len >= o->len)
        return;
    while (o->n && o->at[o->n - 1].at >= len)
        o->n--;
    o->len = len;
    if (o->n)
        narrow(&o->at[o->n - 1].from, 0, len - o->at[o->n - 1].at);
}

uint32_t origins_find(const struct origins *o, size_t at)
{
    uint32_t low = 0, high = o->n;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (o->at[middle].at <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

void origins_copy(struct origins *to, const struct origins *from, size_t at,
                  size_t len)
{
    size_t end = at + len;
    for (uint32_t i = origins_find(from, at); at < end; i++) {
        size_t until = origins_end(from, i);
        size_t n = (until < end ? until : end) - at;
        struct origin part = from->at[i].from;
        narrow(&part, at - from->at[i].at, n);
        add(to, n, part);
        at += n;
    }
}

void origins_move(struct origins *to, struct origins *from)
{
    origins_copy(to, from, 0, from->len);
    from->n = 0;
    from->len = 0;
}
