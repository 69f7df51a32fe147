/* SPDX-License-Identifier: MIT */
/* Runs a fuzz target with each file that is an argument: the corpus, or what a
 * search has found. It does not need a fuzzer, so any compiler will do. With -m
 * N as the first two arguments, it also runs N variants of each file, made as
 * the fuzzer would make them, the same ones each time. It prints which file is
 * next, so that the last line names the one that failed. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MOST = 4096 /* bytes of a variant */
};

static uint32_t state;

static uint32_t next(uint32_t n)
{
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
}

/* libFuzzer has a better one. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max)
{
    size_t at = next((uint32_t)size + 1), n = 1 + next(8);
    if (n > size - at)
        n = size - at;
    switch (next(3)) {
    case 0: /* without some bytes */
        memmove(data + at, data + at + n, size - at - n);
        return size - n;
    case 1: /* with some of them twice */
        if (n > max - size)
            return size;
        memmove(data + at + n, data + at, size - at);
        return size + n;
    default: /* with others */
        for (size_t i = at; i < at + n; i++)
            data[i] = (uint8_t)next(256);
        return size;
    }
}

static void run(const uint8_t *data, size_t size)
{
    char *copy = fuzz_copy((struct str){(const char *)data, size});
    LLVMFuzzerTestOneInput((uint8_t *)copy, size);
    free(copy);
}

static bool replay(const char *path, unsigned mutants)
{
    static uint8_t bytes[1 << 16], changed[MOST];
    FILE *f = fopen(path, "rb");
    if (!f) {
        perror(path);
        return false;
    }
    size_t size = fread(bytes, 1, sizeof bytes, f);
    bool good = !ferror(f) && getc(f) == EOF;
    fclose(f);
    if (!good) {
        fprintf(stderr, "%s: cannot be read, or is too long\n", path);
        return false;
    }
    run(bytes, size);
    if (size > MOST)
        return true;
    for (unsigned i = 0; i < mutants; i++) {
        memcpy(changed, bytes, size);
        state = i * 7919u + (uint32_t)size;
        run(changed, LLVMFuzzerCustomMutator(changed, size, MOST, i));
    }
    return true;
}

int main(int argc, char **argv)
{
    int first = 1, status = EXIT_SUCCESS;
    unsigned mutants = 0;
    if (argc > 2 && strcmp(argv[1], "-m") == 0) {
        mutants = (unsigned)strtoul(argv[2], NULL, 10);
        first = 3;
    }
    for (int i = first; i < argc; i++) {
        printf("%s\n", argv[i]);
        fflush(stdout);
        if (!replay(argv[i], mutants))
            status = EXIT_FAILURE;
    }
    return status;
}
