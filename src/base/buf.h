/* SPDX-License-Identifier: MIT */
/* A growing byte buffer on the heap. Its owner frees it with buf_free when
 * the session ends, also after a jump. */
#ifndef STAGEPP_BASE_BUF_H
#define STAGEPP_BASE_BUF_H

#include "base/fault.h"
#include "base/str.h"

#include <string.h>

struct buf {
    char *ptr;
    size_t len, cap; /* cap 0: the bytes are not its own, see buf_lend */
    struct fault *fault;
    enum limit limit; /* the limit on len that applies */
};

void buf_init(struct buf *b, struct fault *fault, enum limit limit);
void buf_free(struct buf *b);
/* Makes room for n more bytes; jumps over the limit or without memory. */
void buf_grow(struct buf *b, size_t n);

static inline void buf_reserve(struct buf *b, size_t n)
{
    if (b->len + n > b->cap)
        buf_grow(b, n);
}

static inline void buf_add(struct buf *b, struct str s)
{
    if (s.len == 0)
        return;
    buf_reserve(b, s.len);
    memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
}

void buf_add_char(struct buf *b, char c);
void buf_add_cstr(struct buf *b, const char *s);
void buf_add_int(struct buf *b, long long n);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Puts s, which is not empty, in at offset `at`, moving the rest up. */
void buf_insert(struct buf *b, size_t at, struct str s);
/* Forgets the bytes from len on. */
void buf_truncate(struct buf *b, size_t len);
/* Makes b, which is empty and has no memory, show bytes of somebody else. */
void buf_lend(struct buf *b, struct str s);
/* The bytes from offset `from` on, valid until the next change. */
struct str buf_from(const struct buf *b, size_t from);
struct str buf_str(const struct buf *b);

#endif
