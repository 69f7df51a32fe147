/* SPDX-License-Identifier: MIT */
/* A Dockerfile as BuildKit's parser sees it: parser directives, then
 * instructions with their flags, words and heredocs. In: bytes, which are never
 * changed. Out: what they mean, with the place of everything. It agrees with
 * BuildKit on what is an instruction, which lines it takes, and what is
 * refused, quirks included. */
#ifndef STAGEPP_DOCKER_DOCKERFILE_H
#define STAGEPP_DOCKER_DOCKERFILE_H

#include "docker/directive.h"
#include "docker/instruction.h"

struct dockerfile {
    struct str text;
    char escape;
    struct str directives[DIRECTIVE_COUNT];
    VEC(struct instruction *) list;
    struct words comments; /* below the last instruction */
    bool parsed;           /* no error: the list is what BuildKit would have */
};

/* Parses text (shorter than 4 GiB) into d; what is wrong goes to f. After a
 * mistake the rest is parsed as well as it can be, to find more. */
void dockerfile_parse(struct dockerfile *d, struct str text,
                      struct findings *f);

/* The instruction that text begins with; no more of it is read. */
enum instruction_id dockerfile_begins(struct str text);

#endif
