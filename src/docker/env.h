/* SPDX-License-Identifier: MIT */
/* The variables of a stage: what ENV and ARG have set so far, and below that
 * the variables of the stage it is built on. */
#ifndef STAGEPP_DOCKER_ENV_H
#define STAGEPP_DOCKER_ENV_H

#include "base/map.h"
#include "base/vec.h"

struct env_var {
    struct str value;  /* as a command of this stage sees it */
    struct str config; /* as ENV has set it, for images; see is_config */
    bool is_set;       /* ARG without a value only declares */
    bool is_config;
    bool is_declared; /* by ARG */
    bool is_open;     /* value depends on a variable that has none */
};

/* {arena} is an empty one. */
struct env {
    struct arena *arena;
    const struct env *below; /* NULL at the bottom */
    struct map names;
    VEC(struct env_var) vars; /* beside names */
};

/* ENV name=value */
void env_set(struct env *e, struct str name, struct str value);
/* ARG name, with a value if it has one. */
void env_declare(struct env *e, struct str name);
void env_set_arg(struct env *e, struct str name, struct str value);
/* False when it has no value. */
bool env_get(const struct env *e, struct str name, struct str *value);
/* Says that the value which name was given last depends on a variable without
 * one. */
void env_set_open(struct env *e, struct str name);
/* Like env_get; *open: the value is such a one. */
bool env_look(const struct env *e, struct str name, struct str *value,
              bool *open);
/* True if an ARG names it, here or below. */
bool env_is_declared(const struct env *e, struct str name);
/* True for the ARGs that BuildKit reads itself, which never have a value. */
bool env_is_reserved(struct str name);
/* The name most like `name`; ptr NULL when there is none. */
struct str env_near(const struct env *e, struct str name);

#endif
