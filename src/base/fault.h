/* SPDX-License-Identifier: MIT */
/* The one way out when a limit is reached or memory ends: a longjmp to the
 * single setjmp at the entry of the library. */
#ifndef STAGEPP_BASE_FAULT_H
#define STAGEPP_BASE_FAULT_H

#include "base/limit.h"

#include <setjmp.h>

struct fault {
    jmp_buf env;
    jmp_buf inner; /* while `nested`, instead of env: what may fail in vain */
    bool nested;
    enum limit which;     /* why we jumped */
    struct limits limits; /* what applies to this session */
    uint64_t steps;       /* of this run so far, against LIMIT_STEPS */
    bool ended;           /* what is left is reporting, without LIMIT_MEMORY */
    uint64_t seed;        /* of the hash maps of this session */
    void (*release)(
        void *held); /* called before a jump; NULL: nothing is held */
    void *held;
};

/* Jumps; never returns. */
_Noreturn void fault_raise(struct fault *f, enum limit which);
/* Counts n steps; jumps at the limit. */
static inline void fault_steps(struct fault *f, uint64_t n)
{
    f->steps += n;
    if (f->steps < n || f->steps > f->limits.max[LIMIT_STEPS])
        fault_raise(f, LIMIT_STEPS);
}
/* Counts the time that n bytes take to be read or copied: a step for each KiB.
 */
static inline void fault_bytes(struct fault *f, uint64_t n)
{
    fault_steps(f, n >> 10);
}

#endif
