/* SPDX-License-Identifier: MIT */
/* Numbers that nobody can guess: for the hashes of a session, and for the names
 * of temporary files. */
#ifndef STAGEPP_BASE_SEED_H
#define STAGEPP_BASE_SEED_H

#include <stdint.h>

/* Another number at each call. Where the system gives none, it is the same for
 * the same salt. */
uint64_t seed_random(uint64_t salt);

#endif
