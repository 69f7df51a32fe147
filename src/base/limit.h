/* SPDX-License-Identifier: MIT */
/* The limits of a run. */
#ifndef STAGEPP_BASE_LIMIT_H
#define STAGEPP_BASE_LIMIT_H

#include "base/str.h"

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

#endif
