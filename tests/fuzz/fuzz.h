/* SPDX-License-Identifier: MIT */
/* What the fuzz targets share. Each is a file fuzz_NAME.c with
 * LLVMFuzzerTestOneInput, which replay.c or libFuzzer calls. A target looks for
 * more than crashes: it states what must hold with promise(). */
#ifndef STAGEPP_FUZZ_FUZZ_H
#define STAGEPP_FUZZ_FUZZ_H

#include "base/str.h"

/* The fuzzer calls these, so the names are its own. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
                                 const uint8_t *data2, size_t size2,
                                 uint8_t *out, size_t max, unsigned int seed);

/* Unless the promise is kept, prints it and aborts. */
void promise(bool kept, const char *what);
/* True for one input in `n`, the same ones in every run: for work that takes
 * time. */
bool fuzz_one_in(struct str input, unsigned n);
/* A copy in a block of exactly that size, so that a sanitizer finds each access
 * beyond it; the caller frees it. */
char *fuzz_copy(struct str bytes);

/* FNV-1a, continued. */
#define FUZZ_HASH 0xcbf29ce484222325u
uint64_t fuzz_hash(uint64_t hash, struct str bytes);

#endif
