/* SPDX-License-Identifier: MIT */
#include "eval/traced.h"

#include <string.h>

/* Bytes of strings that were made of others, in one run: they are kept for a
 * note in a report. */
enum {
    MOST_MADE = 16 << 20
};

struct traced_text *traced_add(struct traced *p, struct arena *a,
                               const struct trace *chain)
{
    struct traced_text *t = arena_new(a, struct traced_text);
    origins_init(&t->origins, a->fault);
    t->chain = chain;
    vec_push(a, &p->list, t);
    return t;
}

/* How many texts begin at or before ptr. */
static uint32_t texts_until(const struct traced *p, const char *ptr)
{
    uint32_t low = 0, high = p->texts.n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->texts.at[middle]->text.ptr <= ptr)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void traced_set(struct traced *p, struct arena *a, struct traced_text *t,
                struct str s)
{
    uint32_t i = texts_until(p, s.ptr);
    t->text = s;
    vec_push(a, &p->texts, t);
    memmove(p->texts.at + i + 1, p->texts.at + i,
            (p->texts.n - 1 - i) * sizeof *p->texts.at);
    p->texts.at[i] = t;
}

const struct traced_text *traced_find(const struct traced *p, struct str s)
{
    uint32_t i = s.len ? texts_until(p, s.ptr) : 0;
    const struct traced_text *t = i ? p->texts.at[i - 1] : NULL;
    return t && s.ptr + s.len <= t->text.ptr + t->text.len ? t : NULL;
}

/* --- chains --- */

/* A copy of the links above `old`, above `chain` instead. */
static const struct trace *regraft(struct arena *a, const struct trace *links,
                                   const struct trace *old,
                                   const struct trace *chain)
{
    const struct trace *first = chain, **to = &first;
    uint32_t base = chain ? chain->depth : 0, cut = old ? old->depth : 0;
    for (; links != old; links = links->up) {
        if (!links)
            return NULL; /* it does not lead there */
        struct trace *copy = arena_new(a, struct trace);
        *copy = *links;
        copy->depth = links->depth - cut + base;
        *to = copy;
        to = &copy->up;
        *to = chain;
    }
    return first;
}

void traced_copy(struct arena *a, struct origins *to,
                 const struct traced_text *t, struct str s,
                 const struct trace *chain)
{
    const struct trace *from = t->chain, *made = chain;
    uint32_t i = to->n;
    origins_copy(to, &t->origins, (size_t)(s.ptr - t->text.ptr), s.len);
    for (; i < to->n && chain != t->chain; i++) {
        struct origin *o = &to->at[i].from;
        if (o->chain != from) {
            from = o->chain;
            made = regraft(a, from, t->chain, chain);
        }
        if (made || !chain)
            o->chain = made;
    }
}

/* --- strings made of others --- */

struct traced_part traced_part(const struct traced *p, struct str s)
{
    return (struct traced_part){traced_find(p, s), s};
}

/* Where the first word of s, a slice of t, came from, up to the end of its
 * line. */
static struct span place_of(const struct traced_text *t, struct str s)
{
    if (t->made_of.source)
        return t->made_of;
    struct str words = str_trim(s);
    size_t at = (size_t)((words.len ? words.ptr : s.ptr) - t->text.ptr);
    const struct stretch *found = &t->origins.at[origins_find(&t->origins, at)];
    struct span span = found->from.span;
    if (found->from.kind == ORIGIN_TEXT) {
        span.off += (uint32_t)(at - found->at);
        span.len -= (uint32_t)(at - found->at);
        struct str line = str_part(source_span_text(span), 0, '\n');
        span.len = (uint32_t)(line.len < words.len ? line.len : words.len);
    }
    return span;
}

struct str traced_make(struct traced *p, struct arena *a,
                       struct traced_part part, struct str s)
{
    if (!part.t || s.len == 0 || s.len > MOST_MADE - p->made ||
        traced_find(p, s))
        return s;
    struct traced_text *t = traced_add(p, a, part.t->chain);
    t->made_of = place_of(part.t, part.text);
    traced_set(p, a, t, arena_str(a, s));
    p->made += s.len;
    return t->text;
}

void traced_free(struct traced *p)
{
    for (uint32_t i = 0; i < p->list.n; i++)
        origins_free(&p->list.at[i]->origins);
}
