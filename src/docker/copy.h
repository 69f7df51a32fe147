/* SPDX-License-Identifier: MIT */
/* The sources of ADD and COPY, and what they must have in common. */
#ifndef STAGEPP_DOCKER_COPY_H
#define STAGEPP_DOCKER_COPY_H

#include "docker/instruction.h"

struct copy_source {
    struct str written, value;
    bool open;   /* value depends on a variable without one */
    bool remote; /* out: a URL or a repository */
};

struct copy {
    VEC(struct copy_source) sources; /* heredocs are not among them */
    struct str checksum;             /* of the flag, or a query */
    bool checksum_open;
    bool has_git_dir, git_dir; /* the same of keep-git-dir; {0} at first */
};

/* What is wrong. */
struct copy_fault {
    const char *why;
    struct str part;
    bool open; /* that depends on a variable without a value */
};

/* False if the builder refuses what c, of the instruction i, takes. */
bool copy_check(struct arena *a, struct copy *c, const struct instruction *i,
                struct copy_fault *fault);

#endif
