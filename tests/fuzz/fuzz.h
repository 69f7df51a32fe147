/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share. Each is a file fuzz_NAME.c that has
 * LLVMFuzzerTestOneInput; replay.c or libFuzzer calls it. A target looks for
 * more than crashes: what it promises is stated with promise(). */
#ifndef STAGEPP_FUZZ_FUZZ_H
#define STAGEPP_FUZZ_FUZZ_H

#include "base/str.h"

/* Called by the fuzzer, so its names are. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
                                 const uint8_t *data2, size_t size2,
                                 uint8_t *out, size_t max, unsigned int seed);

/* Says what was broken and aborts, unless kept. */
void promise(bool kept, const char *what);
/* The same for each input on every run: a choice that costs time is made for
 * one input in `n`. */
bool fuzz_one_in(struct str input, unsigned n);
/* A copy in a block of just that size, where a sanitizer sees each step
 * beyond; its owner frees it. */
char *fuzz_copy(struct str bytes);

/* FNV-1a, continued. */
#define FUZZ_HASH 0xcbf29ce484222325u
uint64_t fuzz_hash(uint64_t hash, struct str bytes);

#endif
