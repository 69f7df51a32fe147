/* SPDX-License-Identifier: MIT */
/* Finished texts, of which there may be thousands: they keep their addresses,
 * but all but the newest megabytes lie in a temporary file without a name. */
#ifndef STAGEPP_BASE_SPILL_H
#define STAGEPP_BASE_SPILL_H

#include "base/limit.h"
#include "base/str.h"

struct spill_block;

struct spill {
    struct fault *fault;
    struct spill_block *blocks;
    uint32_t n, cap;
    int file;         /* -1: none yet, or none to be had */
    bool refused;     /* it was tried in vain: everything stays in memory */
    uint64_t written; /* bytes of the file */
    uint64_t shown;   /* bytes at rest since the last time … */
    uint32_t rested;  /* … that blocks were, and the last of these */
};

void spill_init(struct spill *s, struct fault *fault);
void spill_free(struct spill *s);
/* A copy of bytes with a NUL behind it, valid until spill_free. */
struct str spill_put(struct spill *s, struct str bytes);
/* Says that bytes, which spill_put gave, are not needed for now. Whoever goes
 * through all texts and says so of each needs memory for few of them. */
void spill_rest(struct spill *s, struct str bytes);

#endif
