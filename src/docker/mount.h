/* SPDX-License-Identifier: MIT */
/* The value of RUN --mount: type=cache,target=/root/.cache,… */
#ifndef STAGEPP_DOCKER_MOUNT_H
#define STAGEPP_DOCKER_MOUNT_H

#include "docker/expand.h"

struct mount {
    struct str type; /* "bind" when none is given; lower case */
    struct str from, source, target, id, sharing;
    bool has_mode, has_uid, has_gid;
    int64_t mode;
    bool target_open; /* it depends on a variable without a value */
    bool mendable;    /* what is wrong: with other values it would not be */
};

/* Reads a mount; NULL, or what is wrong. With x NULL the variables are not
 * known yet, and only `from` is read. */
const char *mount_parse(struct arena *a, struct str text, struct expander *x,
                        struct mount *out);
/* What is wrong with the value of --device; NULL if nothing is. */
const char *mount_check_device(struct arena *a, struct str text);

#endif
