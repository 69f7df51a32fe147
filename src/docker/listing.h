/* SPDX-License-Identifier: MIT */
/* The instructions of a Dockerfile for programs, as JSON. */
#ifndef STAGEPP_DOCKER_LISTING_H
#define STAGEPP_DOCKER_LISTING_H

#include "base/buf.h"
#include "docker/dockerfile.h"

/* One line an instruction: {"lines": [first, last], "name", "flags", "args",
 * "json" (the arguments were an array), "heredocs": [{"name", "expand",
 * "chomp", "content"}]}; of an ONBUILD also "trigger", which is one such. The
 * arguments of ENV and LABEL are pairs. */
void listing_write(struct buf *out, const struct dockerfile *d);

#endif
