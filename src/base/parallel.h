/* SPDX-License-Identifier: MIT */
/* The same work on many things, by several threads. */
#ifndef STAGEPP_BASE_PARALLEL_H
#define STAGEPP_BASE_PARALLEL_H

#include <stddef.h>

/* Calls work(ctx, i) for each i below n, with up to `jobs` threads, this one
 * among them; where there can be no more, it does all. The work must neither
 * jump nor touch what another call of it may touch. */
void parallel_run(size_t n, unsigned jobs, void (*work)(void *ctx, size_t i),
                  void *ctx);

#endif
