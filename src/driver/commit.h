/* SPDX-License-Identifier: MIT */
/* The last step of a plan: files are written, or compared. */
#ifndef STAGEPP_DRIVER_COMMIT_H
#define STAGEPP_DRIVER_COMMIT_H

#include "driver/outputs.h"

/* Writes them: blocks if they change, others always (so that make sees a new
 * time). False after an error (reported). */
bool commit_write(const struct output_job *job);
/* Adds the diff of what commit_write would change and counts the files that
 * differ. False after an error (reported). */
bool commit_compare(const struct output_job *job, struct buf *diff,
                    size_t *differing);

#endif
