/* SPDX-License-Identifier: MIT */
/* What changed between two texts, as `diff -u` shows it. */
#ifndef STAGEPP_DRIVER_DIFF_H
#define STAGEPP_DRIVER_DIFF_H

#include "base/arena.h"
#include "base/buf.h"

struct diff_side {
    struct str name; /* as the header shows it */
    struct str text;
};

/* Adds a unified diff with three lines of context that turns before into
 * after; nothing when the texts are equal. The arena is working memory. */
void diff_unified(struct buf *out, struct arena *a, struct diff_side before,
                  struct diff_side after);

#endif
