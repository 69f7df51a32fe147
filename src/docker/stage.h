/* SPDX-License-Identifier: MIT */
/* The stages of a Dockerfile and how they depend on each other: what each is
 * built on, and what it copies and mounts from where. */
#ifndef STAGEPP_DOCKER_STAGE_H
#define STAGEPP_DOCKER_STAGE_H

#include "docker/dockerfile.h"
#include "docker/expand.h"

/* The platform that platform-dependent defaults are judged for; no rule
 * depends on which it is. */
#define STAGE_PLATFORM "linux/amd64"

enum use_kind {
    USE_FROM, /* what a stage is built on: stage.parent, not one of its uses */
    USE_COPY, /* COPY --from */
    USE_MOUNT /* RUN --mount=from= */
};

struct stage;

/* A stage or an image that another stage takes files from. */
struct use {
    enum use_kind kind;
    const struct instruction *at;
    struct str from;     /* as written */
    struct stage *stage; /* NULL: the image `from` */
};

struct stage {
    uint32_t index;
    const struct instruction *from;
    struct str name;        /* in lower case; empty when it has none */
    struct str base;        /* variables replaced */
    struct str platform;    /* of --platform, replaced; empty without */
    struct stage *parent;   /* NULL: built on the image `base` */
    struct str description; /* of "# name description" above FROM */
    VEC(const struct instruction *) commands;
    VEC(struct use) uses;
    /* The last USER of it or of the stages below; NULL: the image's. */
    const struct instruction *user;
    const struct instruction *shell; /* the last SHELL, in the same way */
    bool open;    /* base depends on a variable without a value */
    bool used;    /* another stage is built on it or takes files from it */
    bool reached; /* the last stage needs it */
    bool shipped; /* its layers are in the last stage */
};

struct model {
    const struct dockerfile *d;
    struct arena *arena;
    struct env globals; /* ARGs before the first FROM, and the predefined */
    VEC(const struct instruction *) global_args;
    VEC(struct stage *) stages;
    struct map names;            /* of stages, */
    VEC(struct stage *) by_name; /* beside names: the last of each */
    uint32_t images;             /* that uses name; they have numbers, too */
};

/* Splits the instructions into stages; false, and reported, if there are none.
 * Only ARGs come before the first FROM. */
bool stage_split(struct model *m, const struct dockerfile *d,
                 struct findings *f);
/* Gives the global ARGs their values; false after a mistake (reported). With
 * any_values a build argument may stand for a default that depends on another.
 */
bool stage_globals(struct model *m, struct findings *f, bool any_values);
/* Finds the stage above that s is built on, once the base of s is known, and
 * makes s known to those below. */
void stage_register(struct model *m, struct stage *s);
/* Finds what the COPY --from and mounts of all stages mean; false after a
 * mistake (reported). The bases must be known. */
bool stage_uses(struct model *m, struct findings *f);
/* Marks what the last stage needs. */
void stage_reach(struct model *m);

/* The last of the stages; there is one. */
struct stage *stage_last(const struct model *m);
/* The stage below s that is built on an image. */
const struct stage *stage_bottom(const struct stage *s);
/* What s is called: its name, or its number. */
struct str stage_label(struct arena *a, const struct stage *s);
/* What s is built on: a stage, or an image, as written if it depends on a
 * variable without a value. */
struct str stage_base_label(struct arena *a, const struct stage *s);
/* An expander for words outside of stages: globals, and the Dockerfile's
 * escape character. */
struct expander stage_expander(const struct model *m);

#endif
