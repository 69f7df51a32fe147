/* SPDX-License-Identifier: MIT */
/* Characters as BuildKit classifies them. It is written in Go, and uses
 * Unicode's white space in some places and ASCII's in others. A Dockerfile with
 * a no-break space in it is read right only if we keep the two apart. */
#ifndef STAGEPP_DOCKER_TEXT_H
#define STAGEPP_DOCKER_TEXT_H

#include "base/arena.h"
#include "base/str.h"

/* Sets of bytes, for text_span. */
#define TEXT_DIGITS "0123456789"
#define TEXT_LOWER "abcdefghijklmnopqrstuvwxyz"
#define TEXT_UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define TEXT_ALNUM TEXT_LOWER TEXT_UPPER TEXT_DIGITS
/* What separates the words of a line. */
#define TEXT_GAPS "\t\v\f\r "

static inline bool text_is_gap(char c)
{
    return c && strchr(TEXT_GAPS, c);
}

/* White space of Unicode. */
bool text_is_space(uint32_t cp);
/* Where the bytes from `at` on end that count as white space (do not), each
 * taken for a character, so 0x85 and 0xA0 even inside a UTF-8 character. */
size_t text_byte_span(struct str s, size_t at, bool spaces);
/* Without Unicode white space at the start, at both ends. */
struct str text_trim_left(struct str s);
struct str text_trim(struct str s);
/* Equal apart from the case of ASCII letters. */
bool text_same(struct str a, struct str b);
/* True if s is one of the words of a list like "tcp udp sctp". */
bool text_is_one_of(struct str s, const char *words);
/* How many bytes at the start of s are in set. */
size_t text_span(struct str s, const char *set);
/* s without the bytes of set at its start. */
static inline struct str text_skip(struct str s, const char *set)
{
    return str_from_off(s, text_span(s, set));
}

/* True if s is not empty and all of its bytes are in set. */
bool text_is_all(struct str s, const char *set);
/* True if s has a letter of that case (ASCII). */
bool text_has_upper(struct str s);
bool text_has_lower(struct str s);
struct str text_lower(struct arena *a, struct str s);

/* The part of *s before the first c, and *s moves past that c. Without a c all
 * of *s, which is then empty, with ptr NULL. */
struct str text_cut(struct str *s, char c);
/* The part of *s before the first gap, and *s moves to the next word. */
struct str text_word(struct str *s);

/* Text that is put together in an arena. {arena} is an empty one. */
struct text_buf {
    struct arena *arena;
    char *ptr;
    size_t len, cap;
};

void text_add(struct text_buf *b, struct str s);
/* Adds a code point. */
void text_add_char(struct text_buf *b, uint32_t cp);
static inline struct str text_of(const struct text_buf *b)
{
    return (struct str){b->ptr, b->len};
}

/* The code point at *off, which moves past it; 0xFFFD where the bytes are not
 * UTF-8. *off < s.len. */
uint32_t text_next(struct str s, size_t *off);

#endif
