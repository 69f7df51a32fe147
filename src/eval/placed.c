/* SPDX-License-Identifier: MIT */
#include "eval/placed.h"

struct placed_text *placed_add(struct placed *p, struct arena *a,
                               const struct trace *chain)
{
    struct placed_text *t = arena_new(a, struct placed_text);
    origins_init(&t->origins, a->fault);
    t->chain = chain;
    vec_push(a, &p->list, t);
    return t;
}

const struct placed_text *placed_find(const struct placed *p, struct str s)
{
    for (uint32_t i = p->list.n; s.len && i-- > 0;) {
        const struct placed_text *t = p->list.at[i];
        if (s.ptr >= t->text.ptr && s.ptr + s.len <= t->text.ptr + t->text.len)
            return t;
    }
    return NULL;
}

void placed_copy(struct origins *to, const struct placed_text *t, struct str s,
                 const struct trace *chain)
{
    uint32_t i = to->n;
    origins_copy(to, &t->origins, (size_t)(s.ptr - t->text.ptr), s.len);
    for (; i < to->n; i++)
        if (to->at[i].from.chain == t->chain)
            to->at[i].from.chain = chain;
}

void placed_free(struct placed *p)
{
    for (uint32_t i = 0; i < p->list.n; i++)
        origins_free(&p->list.at[i]->origins);
}
