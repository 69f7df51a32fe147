/* SPDX-License-Identifier: MIT */
/* What a terminal and an editor see in bytes. */
#ifndef STAGEPP_BASE_UTF8_H
#define STAGEPP_BASE_UTF8_H

#include "base/buf.h"

#include <stdint.h>

#define UTF8_INVALID UINT32_MAX

/* The length of the byte order mark that s begins with: 3, or 0 without one. */
static inline size_t utf8_bom_len(struct str s)
{
    return s.len >= 3 && memcmp(s.ptr, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

static inline struct str utf8_skip_bom(struct str s)
{
    return str_from_off(s, utf8_bom_len(s));
}

/* The code point at *off, which moves past it; UTF8_INVALID and one byte on
 * where the bytes are not UTF-8 (overlong, surrogate, above 10FFFF). */
uint32_t utf8_next(struct str s, size_t *off);
bool utf8_valid(struct str s);
/* Code points; each invalid byte counts as one. */
size_t utf8_count(struct str s);
/* The first bytes of s, at most so many, without a part of a character. */
struct str utf8_cut(struct str s, size_t most);
/* The length of the space that s begins with and that looks like a blank, but
 * is none; 0 without one. */
size_t utf8_odd_space(struct str s);
/* Columns of a terminal: 0 combining, 2 wide, else 1. */
unsigned utf8_width(uint32_t cp);
/* Encodes cp into out; the number of bytes, 0 if cp is not a code point. */
size_t utf8_encode(uint32_t cp, char out[4]);

/* True for what a terminal obeys instead of showing: C0 and C1 controls and
 * the marks that turn the direction of writing, which can make text look other
 * than it is. */
bool utf8_steers(uint32_t cp);
/* True for printable ASCII, the common case. */
bool utf8_is_plain(char c);
/* Adds s; of what steers a terminal or is not UTF-8 the bytes become \xNN. */
void utf8_add_safe(struct buf *out, struct str s);

#endif
