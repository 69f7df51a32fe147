/* SPDX-License-Identifier: MIT */
/* The limits of a run, and the one way out when one is reached or memory
 * ends: a longjmp to the single setjmp at the entry of the library. */
#ifndef STAGEPP_BASE_LIMIT_H
#define STAGEPP_BASE_LIMIT_H

#include "base/str.h"

#include <setjmp.h>
#include <stdint.h>

enum limit {
#define X(id, name, value, max, why) LIMIT_##id,
#include "base/limit_list.h"
#undef X
    LIMIT_COUNT,
    LIMIT_NO_MEMORY = LIMIT_COUNT, /* not a limit: malloc failed */
    LIMIT_STOP                     /* not a limit: give up, already reported */
};

struct limits {
    uint64_t max[LIMIT_COUNT];
};

void limit_defaults(struct limits *l);
/* The limit called name; LIMIT_COUNT when there is none. */
enum limit limit_by_name(struct str name);
const char *limit_name(enum limit which);
/* What is limited, in a few words. */
struct str limit_what(enum limit which);
/* The largest value limit_set accepts. */
uint64_t limit_ceiling(enum limit which);
/* Sets a limit; false when value is 0 or above its ceiling. */
bool limit_set(struct limits *l, enum limit which, uint64_t value);

/* Where hopeless situations go. */
struct fault {
    jmp_buf env;
    jmp_buf inner; /* while `nested`, instead of env: what may fail in vain */
    bool nested;
    enum limit which;     /* why we jumped */
    struct limits limits; /* what applies to this session */
    uint64_t steps;       /* of this run so far, against LIMIT_STEPS */
    bool ended;           /* what is left is reporting, without LIMIT_MEMORY */
    uint64_t seed; /* of the hash maps of this session */
    int reading; /* 1 + a file descriptor that a jump closes; 0: none */
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

#endif
