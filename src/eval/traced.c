/* SPDX-License-Identifier: MIT */
#include "eval/traced.h"

struct traced_text *traced_add(struct traced *p, struct arena *a,
                               const struct trace *chain)
{
    struct traced_text *t = arena_new(a, struct traced_text);
    origins_init(&t->origins, a->fault);
    t->chain = chain;
    vec_push(a, &p->list, t);
    return t;
}

const struct traced_text *traced_find(const struct traced *p, struct str s)
{
    for (uint32_t i = p->list.n; s.len && i-- > 0;) {
        const struct traced_text *t = p->list.at[i];
        if (t->text.len >= s.len && s.ptr >= t->text.ptr &&
            s.ptr + s.len <= t->text.ptr + t->text.len)
            return t;
    }
    return NULL;
}

void traced_copy(struct origins *to, const struct traced_text *t, struct str s,
                 const struct trace *chain)
{
    uint32_t i = to->n;
    origins_copy(to, &t->origins, (size_t)(s.ptr - t->text.ptr), s.len);
    for (; i < to->n; i++)
        if (to->at[i].from.chain == t->chain)
            to->at[i].from.chain = chain;
}

void traced_free(struct traced *p)
{
    for (uint32_t i = 0; i < p->list.n; i++)
        origins_free(&p->list.at[i]->origins);
}
