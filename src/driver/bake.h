/* SPDX-License-Identifier: MIT */
/* A docker-bake.json for a set of Dockerfiles; the format is that of buildx,
 * see https://docs.docker.com/build/bake/reference/. */
#ifndef STAGEPP_DRIVER_BAKE_H
#define STAGEPP_DRIVER_BAKE_H

#include "docker/graph.h"
#include "source/diag.h"

#include <stagepp.h>

struct bake {
    struct arena *arena;
    struct diags *diags;
    const struct graph_file *files; /* their titles are paths */
    size_t n;
    const char *out_dir; /* at the start of the paths; may be NULL */
    const stagepp_bake_options *options;
};

/* False after a mistake in the options (reported). */
bool bake_write(struct buf *out, const struct bake *b);

#endif
