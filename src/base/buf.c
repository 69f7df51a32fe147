/* SPDX-License-Identifier: MIT */
/* Doubling through realloc, which moves large blocks without copying them. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST 256

void buf_init(struct buf *b, struct fault *fault, enum limit limit)
{
    *b = (struct buf){NULL, 0, 0, fault, limit};
}

void buf_free(struct buf *b)
{
    if (b->cap)
        free(b->ptr);
    b->ptr = NULL;
    b->len = b->cap = 0;
}

void buf_grow(struct buf *b, size_t n)
{
    if (n > SIZE_MAX / 4 - b->len)
        fault_raise(b->fault, LIMIT_NO_MEMORY);
    size_t need = b->len + n;
    if (b->limit != LIMIT_COUNT && need > b->fault->limits.max[b->limit])
        fault_raise(b->fault, b->limit);
    size_t cap = b->cap ? b->cap : FIRST;
    while (cap < need)
        cap *= 2;
    char *ptr = realloc(b->cap ? b->ptr : NULL, cap);
    if (!ptr)
        fault_raise(b->fault, LIMIT_NO_MEMORY);
    if (!b->cap && b->len) /* what was lent is copied when it is to grow */
        memcpy(ptr, b->ptr, b->len);
    b->ptr = ptr;
    b->cap = cap;
}

void buf_add_char(struct buf *b, char c)
{
    buf_reserve(b, 1);
    b->ptr[b->len++] = c;
}

void buf_add_cstr(struct buf *b, const char *s)
{
    buf_add(b, str_from(s));
}

void buf_add_int(struct buf *b, long long n)
{
    char text[24];
    size_t at = sizeof text;
    /* As unsigned: the least number has no positive counterpart. */
    unsigned long long rest =
        n < 0 ? 0 - (unsigned long long)n : (unsigned long long)n;
    for (; rest >= 100; rest /= 100) {
        unsigned two = (unsigned)(rest % 100);
        text[--at] = (char)('0' + two % 10);
        text[--at] = (char)('0' + two / 10);
    }
    if (rest >= 10)
        text[--at] = (char)('0' + rest % 10);
    text[--at] = (char)('0' + (rest >= 10 ? rest / 10 : rest));
    if (n < 0)
        text[--at] = '-';
    buf_add(b, (struct str){text + at, sizeof text - at});
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0)
        fault_raise(b->fault, LIMIT_NO_MEMORY);
    buf_reserve(b, (size_t)n + 1);
    vsnprintf(b->ptr + b->len, (size_t)n + 1, fmt, again);
    va_end(again);
    b->len += (size_t)n;
}

void buf_insert(struct buf *b, size_t at, struct str s)
{
    buf_reserve(b, s.len);
    memmove(b->ptr + at + s.len, b->ptr + at, b->len - at);
    memcpy(b->ptr + at, s.ptr, s.len);
    b->len += s.len;
}

void buf_truncate(struct buf *b, size_t len)
{
    b->len = len;
}

void buf_lend(struct buf *b, struct str s)
{
    if (b->limit != LIMIT_COUNT && s.len > b->fault->limits.max[b->limit])
        fault_raise(b->fault, b->limit);
    b->ptr = (char *)s.ptr; /* only read, since there is no room */
    b->len = s.len;
}

struct str buf_from(const struct buf *b, size_t from)
{
    return str_from_off(buf_str(b), from);
}

struct str buf_str(const struct buf *b)
{
    return b->len ? (struct str){b->ptr, b->len} : STR("");
}
