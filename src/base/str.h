/* SPDX-License-Identifier: MIT */
/* A string is a pointer and a length, from the file to the output: any byte
 * may stand in it, NUL included. Nothing here allocates. */
#ifndef STAGEPP_BASE_STR_H
#define STAGEPP_BASE_STR_H

#include "base/ascii.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* For what is rare, in a function that is to need few registers. */
#define NOINLINE __attribute__((noinline))

struct str {
    const char *ptr;
    size_t len;
};

/* A string from a C literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* The same where a constant is wanted: in a table. */
#define STR_INIT(literal)               \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
/* No string at all: its ptr is NULL. */
#define STR_ABSENT ((struct str){0})
/* The two arguments of a "%.*s". */
#define STR_ARG(s) (int)((s).len > 4096 ? 4096 : (s).len), (s).ptr
#define STR_NONE ((size_t)-1)

/* The bytes of a NUL-terminated string; "" for NULL. */
struct str str_from(const char *cstr);
static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* <0, 0, >0 in byte order. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* The bytes from `from` on. */
static inline struct str str_from_off(struct str s, size_t from)
{
    if (from > s.len)
        from = s.len;
    if (from == 0)
        return s;
    return (struct str){s.ptr + from, s.len - from};
}

/* The bytes [from, from+len), both clamped to s. */
static inline struct str str_slice(struct str s, size_t from, size_t len)
{
    s = str_from_off(s, from);
    if (len < s.len)
        s.len = len;
    return s;
}

/* Offset of the first c at or after `from`; STR_NONE when absent. */
static inline size_t str_chr(struct str s, char c, size_t from)
{
    if (from >= s.len)
        return STR_NONE;
    const char *at = memchr(s.ptr + from, c, s.len - from);
    return at ? (size_t)(at - s.ptr) : STR_NONE;
}

/* The bytes from `from` up to the next c, or to the end. */
static inline struct str str_part(struct str s, size_t from, char c)
{
    size_t end = str_chr(s, c, from);
    return str_slice(s, from, (end == STR_NONE ? s.len : end) - from);
}

/* Offset of the first needle at or after `from`; STR_NONE when absent. */
size_t str_find(struct str s, struct str needle, size_t from);
/* True if word stands in s with no letter, digit or '_' beside it. */
bool str_has_word(struct str s, struct str word);
/* Offset of the last c; STR_NONE when absent. */
size_t str_rchr(struct str s, char c);
/* Where the line begins that has the byte at `at`, or ends before it. */
size_t str_line_start(struct str s, size_t at);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);
/* True if s holds a NUL byte. */
bool str_has_nul(struct str s);
/* True if all of s is blanks (space, tab). */
bool str_is_blank(struct str s);

/* Strips one final "\n" or "\r\n". */
static inline struct str str_chomp(struct str s)
{
    if (s.len && s.ptr[s.len - 1] == '\n') {
        s.len--;
        if (s.len && s.ptr[s.len - 1] == '\r')
            s.len--;
    }
    return s;
}

/* -?(0|[1-9][0-9]*) within 64 bits; false if s is anything else. */
bool str_to_int(struct str s, int64_t *out);
/* Optimal string alignment distance (insert, delete, replace, swap of two
 * neighbours), ASCII case-insensitive; max+1 as soon as it exceeds max. */
unsigned str_distance(struct str a, struct str b, unsigned max);

/* Where the bytes from offset `at` on that are in none of the classes, or
 * (str_span) in one of them, end. */
static inline size_t str_until(struct str s, size_t at, unsigned classes)
{
    while (at < s.len && !ascii_is(s.ptr[at], classes))
        at++;
    return at;
}

static inline size_t str_span(struct str s, size_t at, unsigned classes)
{
    while (at < s.len && ascii_is(s.ptr[at], classes))
        at++;
    return at;
}

#endif
