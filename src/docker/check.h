/* SPDX-License-Identifier: MIT */
/* What a check is: a function that looks at a Dockerfile at some moment while
 * it is read as the builder reads it, and warns of what it finds. All of them
 * are in check_list.h; to add one is to add a row there, a function to the file
 * of its group, the rule to source/diag_list.h, and an example to
 * tests/spec/23-checks.md. What the builder refuses is found by those who read:
 * dockerfile.c, command.c, stage.c, from.c, walk.c. */
#ifndef STAGEPP_DOCKER_CHECK_H
#define STAGEPP_DOCKER_CHECK_H

#include "docker/stage.h"

/* The .dockerignore beside the Dockerfile; false when there is none. It is only
 * asked for when a rule wants it. */
typedef bool check_ignore(void *ctx, struct str *text);

/* What the instructions of a stage have set so far; what is built on the stage
 * inherits it. */
struct check_state {
    struct env env;
    struct str workdir; /* absolute */
    bool workdir_set;
    bool shell_set;
};

/* A Dockerfile that is being checked. */
struct check {
    struct findings f;
    struct dockerfile d;
    struct model m;
    check_ignore *ignore; /* may be NULL */
    void *ignore_ctx;
    /* Build arguments may be given: what depends on the value of a variable
     * that has none here is not refused. Without it the verdict is that of a
     * build without arguments, on images that set PATH alone. */
    bool any_values;
    const struct stage *stage;      /* the one that is looked at, and there */
    struct check_state *now;        /* what is set, */
    const struct instruction *user; /* the last USER (CHECK_BUILT), */
    const struct instruction *last[INSTRUCTION_COUNT]; /* and of each kind */
};

/* The moments at which checks are made. */
enum check_when {
    CHECK_READ,    /* an instruction was read; it may make no sense */
    CHECK_TAKEN,   /* it makes sense by itself */
    CHECK_STAGES,  /* once: the stages are known */
    CHECK_GLOBALS, /* once: ARGs before the first FROM have their values */
    CHECK_UNSET, /* a word uses a variable without a value: part is its name */
    CHECK_VALUE, /* a word got its value: those that rules ask for */
    CHECK_BUILT  /* an instruction of a Dockerfile that the builder takes */
};

/* What a check looks at. */
struct spot {
    const struct instruction *i;
    /* Where it is reported: triggers where they run, at a FROM. */
    const struct instruction *site;
    struct str part;               /* the word, as it is written */
    struct str value;              /* what it means; */
    const struct word_names *used; /* and which variables it used, of FROM */
};

typedef void check_fn(struct check *c, const struct spot *at);
#define X(when, instruction, rule, group, function) \
    check_fn check_##group##_##function;
#include "docker/check_list.h"
#undef X

/* Makes the checks of that moment; at.site is set here. */
void check_at(struct check *c, enum check_when when, struct spot at);

#endif
