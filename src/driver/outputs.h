/* SPDX-License-Identifier: MIT */
/* Expanded outputs on their way to the file system: which, and where to. */
#ifndef STAGEPP_DRIVER_OUTPUTS_H
#define STAGEPP_DRIVER_OUTPUTS_H

#include "base/buf.h"
#include "base/file.h"
#include "base/vec.h"
#include "source/diag.h"

#include <stagepp.h>

enum output_kind {
    OUTPUT_MAIN,
    OUTPUT_BLOCK,
    OUTPUT_RULE, /* from here on: beside the outputs, see stagepp_target */
    OUTPUT_MAP,
    OUTPUT_BAKE,
    OUTPUT_KINDS
};

struct output_file {
    enum output_kind kind;
    struct str path; /* of a block as in the template; else where it goes */
    struct str bytes;
    struct span span; /* of the @file; nowhere for others */
    int mode;         /* permission bits that @file says, or -1 */
};

struct output_job {
    struct arena *arena;
    struct diags *diags;
    const struct output_file *files; /* the main output first, if any */
    size_t n;
    /* What is written as well, if it has a path. */
    struct output_file besides[OUTPUT_KINDS - OUTPUT_RULE];
    struct source *const *sources; /* what was read: never overwritten */
    size_t nsources;
    const stagepp_target *target;
    /* The output directory: 1 + a descriptor while it is open, else why it is
     * not (-errno, or 0). Not in the job, since a jump must find it. */
    int *out_dir;
};

/* An output that takes part in the run, and where it goes. */
struct output_plan {
    const struct output_file *file;
    char *path;            /* as people know it */
    const char *below;     /* of a block: from the output directory on */
    struct file_look look; /* what stands there */
    int err;               /* from writing it, an errno; or 0 */
};

typedef VEC(struct output_plan) output_plans;

/* True if the main output belongs on standard output: it has no path, and
 * nothing leaves it out. */
bool outputs_print_main(const struct output_job *job);

/* Adds the outputs that target chooses, in order; false after an error
 * (reported): a main_path without main output, a glob that matches nothing. */
bool outputs_choose(const struct output_job *job, output_plans *plans);
/* The same with the files that are written beside them; two in one place, or
 * one below another, are errors as well. */
bool outputs_plan(const struct output_job *job, output_plans *plans);
/* Adds the paths commit_write would write, one a line. */
bool outputs_list(const struct output_job *job, struct buf *out);

#endif
