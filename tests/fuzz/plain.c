/* SPDX-License-Identifier: MIT */
/* For replay.c: what libFuzzer does with a target without a mutator. */
#include "fuzz.h"

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned int seed)
{
    (void)seed;
    return LLVMFuzzerMutate(data, size, max);
}
