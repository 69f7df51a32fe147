/* SPDX-License-Identifier: MIT */
/* What is wrong with a Dockerfile, or might be: the rules of BuildKit under
 * their names, in the order in which it finds them, and a few of our own.
 * After something that the builder refuses nothing is warned of any more:
 * what follows from a broken Dockerfile would be a guess. */
#ifndef STAGEPP_DOCKER_CHECK_H
#define STAGEPP_DOCKER_CHECK_H

#include "docker/check_options.h"
#include "docker/stage.h"

/* The .dockerignore beside the Dockerfile; false when there is none. It is only
 * asked for when a rule wants it. */
typedef bool check_ignore(void *ctx, struct str *text);

struct check {
    struct findings f;
    struct dockerfile d;
    struct check_options options;
    struct model m;
    check_ignore *ignore; /* may be NULL */
    void *ignore_ctx;
    /* Build arguments may be given: what depends on the value of a variable
     * that has none here is not refused. Without it the verdict is that of a
     * build without arguments, on images that set PATH alone. */
    bool any_values;
};

/* Parses and checks text; the findings are in c->f, in no order. ignore,
 * ignore_ctx and any_values are set before. */
void check_run(struct check *c, struct arena *a, struct str text);

/* --- for the files of the checks --- */

/* True if a warning of that rule would be heard. */
bool check_wants(const struct check *c, enum diag_id id);
/* Warns at a part of an instruction; NULL if nobody wants to hear. */
struct finding *check_warn(struct check *c, const struct instruction *i,
                           struct str part, enum diag_id id, const char *fmt,
                           ...) __attribute__((format(printf, 5, 6)));

/* True as long as it is worth looking for what somebody may have meant: each
 * time all names are looked at. */
bool check_suggests(const struct check *c);
/* Adds a note at a part of i; found may be NULL (nothing happens). */
void check_note(struct check *c, struct finding *found,
                const struct instruction *i, struct str part,
                const char *message);

/* Names of stages, case of instructions, FROM lines. */
void check_commands(struct check *c);
bool check_stages(struct check *c);
/* Each instruction with the variables it sees. */
void check_walk(struct check *c);

#endif
