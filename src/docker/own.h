/* SPDX-License-Identifier: MIT */
/* Our own rules, which BuildKit does not have. They report what is certain:
 * where it depends on an image that nobody can see here, they are silent. */
#ifndef STAGEPP_DOCKER_OWN_H
#define STAGEPP_DOCKER_OWN_H

#include "docker/check.h"

/* apt-get in a RUN; shipped: its layer is in the image of the last stage. */
void own_apt(struct check *c, const struct instruction *i, bool shipped);
/* CMD and ENTRYPOINT that start a shell. */
void own_signals(struct check *c, const struct instruction *i);
/* Values of ARG, ENV and LABEL that are secrets by their form. */
void own_secrets(struct check *c, const struct instruction *i);
/* All of them, on all stages. */
void own_run(struct check *c);

#endif
