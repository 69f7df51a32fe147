/* SPDX-License-Identifier: MIT */
/* A text in the making, with the places where deferred texts will stand. */
#ifndef STAGEPP_EVAL_PAD_H
#define STAGEPP_EVAL_PAD_H

#include "base/buf.h"
#include "base/vec.h"
#include "eval/origin.h"

/* A place where the text of a @defer will stand. */
struct marker {
    size_t at;              /* offset in the buffer */
    uint32_t defer;         /* which */
    struct str indent;      /* of the insertion lines around it */
    struct origin indented; /* the innermost of them */
};

/* A buffer with markers. */
struct pad {
    struct buf text;
    struct origins origins; /* of a run that records, see struct sink */
    VEC(struct marker) markers;
    struct arena *arena; /* of the markers */
};

void pad_init(struct pad *p, struct arena *a, struct fault *fault,
              enum limit limit);
void pad_free(struct pad *p);

#endif
