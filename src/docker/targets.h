/* SPDX-License-Identifier: MIT */
/* The stages of Dockerfiles as a list: what each is built on, and its ARGs,
 * with descriptions. */
#ifndef STAGEPP_DOCKER_TARGETS_H
#define STAGEPP_DOCKER_TARGETS_H

#include "docker/graph.h"

/* For people. */
void targets_write(struct buf *out, const struct graph_file *files, size_t n);
/* For documents. */
void targets_write_markdown(struct buf *out, const struct graph_file *files,
                            size_t n);
/* For programs. */
void targets_write_json(struct buf *out, const struct graph_file *files,
                        size_t n);

#endif
