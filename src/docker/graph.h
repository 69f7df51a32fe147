/* SPDX-License-Identifier: MIT */
/* The stages of Dockerfiles as a picture and as a list: text for Graphviz
 * (https://graphviz.org/doc/info/lang.html), for Mermaid
 * (https://mermaid.js.org/syntax/flowchart.html), for people and for programs.
 * Edges go the way the files go: from what is built upon or copied from. */
#ifndef STAGEPP_DOCKER_GRAPH_H
#define STAGEPP_DOCKER_GRAPH_H

#include "base/buf.h"
#include "docker/stage.h"

/* A Dockerfile that was read, and how it is called; title may be empty. */
struct graph_file {
    struct str title;
    const struct model *m;
};

void graph_dot(struct buf *out, const struct graph_file *files, size_t n);
void graph_mermaid(struct buf *out, const struct graph_file *files, size_t n);
/* Stages, what each is built on, and their ARGs, with descriptions. */
void graph_targets(struct buf *out, const struct graph_file *files, size_t n);
void graph_targets_json(struct buf *out, const struct graph_file *files,
                        size_t n);

/* What a stage is called: its name, or its number. */
struct str graph_stage_name(const struct model *m, const struct stage *s);

#endif
