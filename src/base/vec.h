/* SPDX-License-Identifier: MIT */
/* A typed growable array in an arena: struct { T *at; uint32_t n, cap; }. */
#ifndef STAGEPP_BASE_VEC_H
#define STAGEPP_BASE_VEC_H

#include "base/arena.h"

#define VEC(type)        \
    struct {             \
        type *at;        \
        uint32_t n, cap; \
    }

/* Room for one more; raises LIMIT_MEMORY beyond 2^31 entries. */
void *vec_grow(struct arena *a, void *at, uint32_t *cap, size_t size);

#define vec_push(a, v, item)                                              \
    do {                                                                  \
        if ((v)->n == (v)->cap)                                           \
            (v)->at = vec_grow((a), (v)->at, &(v)->cap, sizeof *(v)->at); \
        (v)->at[(v)->n++] = (item);                                       \
    } while (0)

#endif
