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

static enum origin_kind kind_of(const struct stretch *s)
{
    return (enum origin_kind)(s->at_kind & 3);
}

struct origin origins_get(const struct origins *o, uint32_t i)
{
    const struct stretch *s = &o->at[i];
    return (struct origin){kind_of(s), s->span, s->chain};
}

size_t origins_start(const struct origins *o, uint32_t i)
{
    return (size_t)(o->at[i].at_kind >> 2);
}

size_t origins_end(const struct origins *o, uint32_t i)
{
    return i + 1 < o->n ? origins_start(o, i + 1) : o->len;
}

/* Cuts the span of literal text, so that its first byte is the one at offset
 * `skip`, and len are left. */
static struct span narrow(enum origin_kind kind, struct span span, size_t skip,
                          size_t len)
{
    if (kind == ORIGIN_TEXT) {
        span.off += (uint32_t)skip;
        span.len = (uint32_t)len;
    }
    return span;
}

/* True if bytes that came from b are as good as more of s. */
static bool continues(const struct stretch *s, const struct origin *b)
{
    if (kind_of(s) != b->kind || s->chain != b->chain ||
        s->span.source != b->span.source)
        return false;
    if (b->kind == ORIGIN_TEXT)
        return s->span.off + s->span.len == b->span.off;
    return s->span.off == b->span.off && s->span.len == b->span.len;
}

/* Adds a stretch of len bytes, of which a literal one is the whole span. */
static void add(struct origins *o, size_t len, const struct origin *from)
{
    struct stretch *last = o->n ? &o->at[o->n - 1] : NULL;
    uint64_t at = o->len;
    if (len == 0)
        return;
    o->len += len;
    if (last && continues(last, from)) {
        if (from->kind == ORIGIN_TEXT)
            last->span.len += (uint32_t)len;
        return;
    }
    if (o->n == o->cap)
        grow(o);
    o->at[o->n++] = (struct stretch){at << 2 | (uint64_t)from->kind, from->span,
                                     from->chain};
}

void origins_reach(struct origins *o, size_t len, struct origin from)
{
    size_t n = len - o->len;
    /* More than the span has: then they are not its bytes. */
    if (from.kind == ORIGIN_TEXT && n > from.span.len)
        from.kind = ORIGIN_MADE;
    from.span = narrow(from.kind, from.span, from.span.len - n, n);
    add(o, n, &from);
}

void origins_truncate(struct origins *o, size_t len)
{
    if (len >= o->len)
        return;
    while (o->n && origins_start(o, o->n - 1) >= len)
        o->n--;
    o->len = len;
    if (o->n) {
        struct stretch *last = &o->at[o->n - 1];
        size_t left = len - origins_start(o, o->n - 1);
        last->span = narrow(kind_of(last), last->span, 0, left);
    }
}

/* Each insertion line goes on a few stretches behind the one before. */
#define NEAR 4

uint32_t origins_find(const struct origins *o, uint32_t near, size_t at)
{
    uint32_t low = 0, high = o->n;
    if (near < o->n && origins_start(o, near) <= at)
        for (uint32_t i = near; i < o->n && i - near < NEAR; i++)
            if (at < origins_end(o, i))
                return i;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (origins_start(o, middle) <= at)
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
    while (at < end) {
        uint32_t i = to->next = origins_find(from, to->next, at);
        size_t until = origins_end(from, i);
        size_t n = (until < end ? until : end) - at;
        struct origin part = origins_get(from, i);
        part.span =
            narrow(part.kind, part.span, at - origins_start(from, i), n);
        add(to, n, &part);
        at += n;
    }
}

void origins_move(struct origins *to, struct origins *from)
{
    origins_copy(to, from, 0, from->len);
    from->n = 0;
    from->len = 0;
}
