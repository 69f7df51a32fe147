/* SPDX-License-Identifier: MIT */
/* Which variables the text of a shell sets, as far as that can be told: by
 * assignments, loops and the commands that bind names. It would rather name one
 * too many, since its user warns of variables that nothing sets. */
#ifndef STAGEPP_DOCKER_SETTERS_H
#define STAGEPP_DOCKER_SETTERS_H

#include "base/map.h"

struct setters {
    struct arena *arena;
    struct map names;
    bool all; /* eval, or a script that is read, may set anything */
};

/* Adds what text sets. */
void setters_read(struct setters *s, struct str text);
static inline bool setters_has(const struct setters *s, struct str name)
{
    return s->all || map_find(&s->names, name) != MAP_NONE;
}

#endif
