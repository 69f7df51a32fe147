/* SPDX-License-Identifier: MIT */
/* Regular expressions: a few functions around PCRE2; rx.c is the only file that
 * includes pcre2.h. Bytes, not UTF; match, depth and heap limits are set, so a
 * hostile pattern ends with RX_LIMIT instead of running on. */
#ifndef STAGEPP_BASE_RX_H
#define STAGEPP_BASE_RX_H

#include "base/arena.h"

struct rx;       /* one compiled pattern */
struct rx_cache; /* patterns by their text; owned by a session */

enum rx_status {
    RX_MATCH,
    RX_NO_MATCH,
    RX_LIMIT,
    RX_ERROR
};

struct rx_error {
    size_t offset;     /* in the pattern */
    char message[160]; /* PCRE2's words */
};

struct rx_cache *rx_cache_new(struct fault *fault);
void rx_cache_free(struct rx_cache *c);
/* A new run begins. So that it reaches its limits at the same places, whatever
 * ran before, a pattern is run as machine code, which counts its steps in
 * another way, only after this run has used it enough. */
void rx_cache_begin(struct rx_cache *c);
/* The compiled pattern, from the cache if it was seen before; NULL and *err
 * when it is not a pattern. Raises LIMIT_NO_MEMORY. */
const struct rx *rx_compile(struct rx_cache *c, struct str pattern,
                            struct rx_error *err);
/* The same for a pattern that matches whole subjects only: of its alternatives
 * one that reaches the end. */
const struct rx *rx_compile_whole(struct rx_cache *c, struct str pattern,
                                  struct rx_error *err);
/* The same for a shell glob (* and ? stop at '/', ** crosses it, [a-z]), which
 * matches whole subjects only. */
const struct rx *rx_compile_glob(struct rx_cache *c, struct arena *scratch,
                                 struct str glob, struct rx_error *err);
/* Searches from offset `from`. The groups are then read with rx_group. */
enum rx_status rx_match(struct rx_cache *c, const struct rx *rx,
                        struct str subject, size_t from, struct rx_error *err);
/* The match after an empty one at `from`, as in other languages: one at `from`
 * that is not empty, else the next further on. Same subject. */
enum rx_status rx_match_again(struct rx_cache *c, const struct rx *rx,
                              struct str subject, size_t from,
                              struct rx_error *err);
/* Number of groups of the pattern, group 0 included. */
unsigned rx_groups(const struct rx *rx);
/* Group i of the last match in c; false when it took no part. */
bool rx_group(const struct rx_cache *c, unsigned i, size_t *start, size_t *end);

#endif
