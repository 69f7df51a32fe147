/* SPDX-License-Identifier: MIT */
/* The stages of Dockerfiles as a picture: text for Graphviz
 * (https://graphviz.org/doc/info/lang.html) and for Mermaid
 * (https://mermaid.js.org/syntax/flowchart.html). Edges go the way the files
 * go: from what a stage is built on or copies from, to the stage. */
#ifndef STAGEPP_DOCKER_GRAPH_H
#define STAGEPP_DOCKER_GRAPH_H

#include "base/buf.h"
#include "docker/stage.h"

/* A Dockerfile that was read, and its title, which may be empty. */
struct graph_file {
    struct str title;
    const struct model *m;
};

void graph_dot(struct buf *out, const struct graph_file *files, size_t n);
void graph_mermaid(struct buf *out, const struct graph_file *files, size_t n);
#endif
