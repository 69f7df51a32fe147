/* SPDX-License-Identifier: MIT */
/* The randomness of the system, or of this process. Never the clock, which
 * others can guess. */
#include "base/seed.h"

#include <string.h>
#include <sys/random.h>
#ifdef __linux__
#include <sys/auxv.h>
#endif

/* Where getrandom is refused: what the kernel gave the process at its start, or
 * where it put our memory. */
static uint64_t seed_of_process(uint64_t salt)
{
    uint64_t words[2] = {(uintptr_t)seed_of_process, (uintptr_t)words};
#ifdef __linux__
    const void *bytes = (const void *)(uintptr_t)getauxval(AT_RANDOM);
    if (bytes)
        memcpy(words, bytes, sizeof words);
#endif
    uint64_t seed = (words[0] ^ salt) * (words[1] | 1);
    return seed ^ seed >> 32; /* the C library has secrets in these words */
}

uint64_t seed_random(uint64_t salt)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) == (ssize_t)sizeof seed)
        return seed;
    return seed_of_process(salt);
}
