/* SPDX-License-Identifier: MIT */
/* Runs the fuzz target once with each file that is an argument: the corpus,
 * or what a search has found. Without a fuzzer, so that any compiler does. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The bytes of a file, in a block of just that size, where a sanitizer sees
 * each step beyond; NULL when it cannot be read. */
static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = NULL;
    if (!f)
        return NULL;
    if (fseek(f, 0, SEEK_END) == 0) {
        long end = ftell(f);
        rewind(f);
        *size = end > 0 ? (size_t)end : 0;
        bytes = malloc(*size ? *size : 1);
        if (bytes && fread(bytes, 1, *size, f) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    fclose(f);
    return bytes;
}

int main(int argc, char **argv)
{
    int status = EXIT_SUCCESS;
    for (int i = 1; i < argc; i++) {
        size_t size;
        uint8_t *bytes = read_file(argv[i], &size);
        if (bytes) {
            LLVMFuzzerTestOneInput(bytes, size);
        } else {
            perror(argv[i]);
            status = EXIT_FAILURE;
        }
        free(bytes);
    }
    return status;
}
