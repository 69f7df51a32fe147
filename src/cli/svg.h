/* SPDX-License-Identifier: MIT */
/* Drawings by Graphviz. */
#ifndef STAGEPP_CLI_SVG_H
#define STAGEPP_CLI_SVG_H

#include <stddef.h>

/* What Graphviz makes of the dot text, allocated; NULL after a failure
 * (said). */
char *svg_draw(const char *dot, size_t len, size_t *svg_len);

#endif
