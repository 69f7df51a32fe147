/* SPDX-License-Identifier: MIT */
/* A plan and the file system: outputs.c makes the plan, these compare it with
 * what is there, and commit.c carries it out. */
#ifndef STAGEPP_DRIVER_DISK_H
#define STAGEPP_DRIVER_DISK_H

#include "base/below.h"
#include "base/map.h"
#include "driver/outputs.h"

/* The inputs, by device and inode. */
struct disk_inputs {
    struct map ids;
    VEC(const struct source *) sources;
};

void disk_inputs(const struct output_job *job, struct disk_inputs *in);
/* The output directory. */
const char *disk_dir(const struct output_job *job);
/* Opens the output directory, if it is there. */
void disk_open(const struct output_job *job);
/* Closes the output directory, if it is open. */
void disk_close(int *out_dir);
/* Opens the directory of the block p, below the output directory; see
 * below_open. */
int disk_below(const struct output_job *job, const struct output_plan *p,
               bool make, struct below *b);
/* Opens the output directory and looks at each output. */
void disk_look(const struct output_job *job, output_plans *plans);
/* Follows a link that stays in the output directory; false (reported) for one
 * that leads out of it, and for an output that is an input. */
bool disk_settle(const struct output_job *job, const struct disk_inputs *in,
                 struct output_plan *p);
/* True if p has a mode, and what stands there has another, or nothing does. */
bool disk_mode_differs(const struct output_plan *p);
/* The same as --check sees it: in a repository a file may be run or not, and
 * its other bits are those of the checkout. */
bool disk_mode_is_stale(const struct output_plan *p);
/* True if p is to be written. */
bool disk_differs(const struct output_plan *p);
/* False (reported) if p cannot be written. What holds for one file of a
 * directory holds for the next: *known is the last that was found good. */
bool disk_may_write(const struct output_job *job, const struct output_plan *p,
                    struct str *known);
/* The file that is written: a link stays, and the file it leads to changes. */
struct str disk_target(const struct output_job *job,
                       const struct output_plan *p);
/* Reports why p cannot be written; false. */
bool disk_refuse(const struct output_job *job, const struct output_plan *p,
                 const char *why);

#endif
