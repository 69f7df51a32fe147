/* SPDX-License-Identifier: MIT */
#include "eval/pad.h"

void pad_init(struct pad *p, struct arena *a, struct fault *fault,
              enum limit limit)
{
    memset(p, 0, sizeof *p);
    buf_init(&p->text, fault, limit);
    origins_init(&p->origins, fault);
    p->arena = a;
}

void pad_free(struct pad *p)
{
    buf_free(&p->text);
    origins_free(&p->origins);
}
