/* SPDX-License-Identifier: MIT */
/* The files of macros/ as byte arrays, which the build writes into
 * stdmacros_data.inc: bytes, because a string literal may be too long for a
 * compiler. Each entry ends with a 0 that is not part of the text. */
#include "library/stdmacros.h"

struct entry {
    struct str name;
    const unsigned char *bytes;
    size_t len;
};

#define BYTES(...) ((const unsigned char[]){__VA_ARGS__})
#define STDMACRO(name, ...) \
    {STR_INIT(name), BYTES(__VA_ARGS__), sizeof BYTES(__VA_ARGS__) - 1},
static const struct entry entries[] = {
#include "library/stdmacros_data.inc"
};

uint32_t stdmacros_count(void)
{
    return sizeof entries / sizeof *entries;
}

struct str stdmacros_name(uint32_t i)
{
    return entries[i].name;
}

struct str stdmacros_text(uint32_t i)
{
    struct str text = {(const char *)entries[i].bytes, entries[i].len};
    return text;
}
