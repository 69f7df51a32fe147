/* SPDX-License-Identifier: MIT */
/* Doubling; in place while the array is the arena's newest block. */
#include "base/vec.h"

void *vec_grow(struct arena *a, void *at, uint32_t *cap, size_t size)
{
    uint32_t more = *cap ? *cap * 2 : 8;
    if (*cap > UINT32_MAX / 4)
        fault_raise(a->fault, LIMIT_MEMORY);
    at = arena_resize(a, at, *cap * size, more * size);
    *cap = more;
    return at;
}
