/* SPDX-License-Identifier: MIT */
/* A bump allocator. Memory is given back all at once (arena_free) or down to
 * a mark (arena_rewind); no block is freed alone. Out of memory and over
 * LIMIT_MEMORY it jumps through its fault, so callers never see NULL. Under
 * AddressSanitizer the unused part of each chunk is poisoned. */
#ifndef STAGEPP_BASE_ARENA_H
#define STAGEPP_BASE_ARENA_H

#include "base/fault.h"
#include "base/str.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define ARENA_POISONS
#endif
#endif

struct arena_chunk;

struct arena {
    char *top, *end;           /* free part of the current chunk */
    struct arena_chunk *chunk; /* current chunk, linked to older ones */
    struct arena_chunk *spare; /* one chunk kept by arena_rewind */
    size_t total;              /* bytes of all chunks */
    struct fault *fault;
};

struct arena_mark {
    struct arena_chunk *chunk;
    char *top;
};

void arena_init(struct arena *a, struct fault *fault);
void arena_free(struct arena *a);
/* n bytes in a new chunk, see arena_alloc. */
void *arena_alloc_slow(struct arena *a, size_t n);

/* Pointers and 64-bit integers ask for it; we have nothing wider. */
#define ARENA_ALIGN 8

/* n bytes, aligned for any type we use, contents undefined; never NULL. */
static inline void *arena_alloc(struct arena *a, size_t n)
{
#ifndef ARENA_POISONS
    size_t need = (n + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    /* None, and too many to round up, are for the other way too. */
    if (need - 1 < (size_t)(a->end - a->top)) {
        char *p = a->top;
        a->top += need;
        return p;
    }
#endif
    return arena_alloc_slow(a, n);
}

/* The same, zeroed. */
static inline void *arena_zalloc(struct arena *a, size_t n)
{
    return memset(arena_alloc(a, n), 0, n);
}

/* count * size bytes, the product checked for overflow. */
static inline void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (count > SIZE_MAX / 4 / size)
        fault_raise(a->fault, LIMIT_MEMORY);
    return arena_alloc(a, count * size);
}

/* Makes the block p of old bytes new bytes long: in place when it is the
 * newest block and there is room, else a copy. p may be NULL with old 0. */
void *arena_resize(struct arena *a, void *p, size_t old, size_t new_size);
/* True if p points into what the arena has given out since the mark, or to its
 * end; of an arena's whole life if the mark is {0}. */
bool arena_newer(const struct arena *a, struct arena_mark mark, const void *p);
/* A copy of s; a NUL follows it. */
struct str arena_str(struct arena *a, struct str s);
/* A NUL-terminated copy of s, for the OS; s must hold no NUL. */
char *arena_cstr(struct arena *a, struct str s);
/* The parts, in one piece that a NUL follows, with `between` between them. */
struct str arena_join(struct arena *a, const struct str *parts, size_t n,
                      struct str between);
#define ARENA_CONCAT(a, ...)                                                   \
    arena_join((a), (const struct str[]){__VA_ARGS__},                         \
               sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str), \
               STR(""))
/* printf into the arena, for messages: STR_ARG cuts what is long. */
struct str arena_printf(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));
static inline struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->chunk, a->top};
}

/* arena_rewind to a mark in an older chunk. */
void arena_rewind_chunks(struct arena *a, struct arena_mark mark);

/* Gives back everything allocated since the mark. */
static inline void arena_rewind(struct arena *a, struct arena_mark mark)
{
#ifndef ARENA_POISONS
    if (a->chunk == mark.chunk) {
        a->top = mark.top;
        return;
    }
#endif
    arena_rewind_chunks(a, mark);
}

#define arena_new(a, type) ((type *)arena_zalloc((a), sizeof(type)))

#endif
