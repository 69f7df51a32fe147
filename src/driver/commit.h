/* SPDX-License-Identifier: MIT */
/* The last step of a plan: files are written, or compared. */
#ifndef STAGEPP_DRIVER_COMMIT_H
#define STAGEPP_DRIVER_COMMIT_H

#include "driver/outputs.h"

/* Writes them: blocks if they change, others always (so that make sees a new
 * time). False after an error (reported). */
bool commit_write(const struct output_job *job);
/* An output that differs from what is there. */
struct stale {
    struct span at; /* the first line that differs; for a file that is not
                     * there, its @file; or nowhere */
    const char *path;
    bool missing;
    bool mode; /* only its mode differs */
};

typedef VEC(struct stale) stale_list;

/* Adds the diff of what commit_write would change, and the files that differ.
 * False after an error (reported). */
bool commit_compare(const struct output_job *job, struct buf *diff,
                    stale_list *stale);

#endif
