/* SPDX-License-Identifier: MIT */
/* Chunks come from malloc, each twice as large as the one before up to a
 * bound; blocks are cut off their front. A rewind walks back to the marked
 * chunk and keeps one of those it leaves, so that a loop that crosses the end
 * of a chunk does not call malloc each time. */
#include "base/arena.h"

#include "base/foreign.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifdef FOREIGN_UNSEEN
/* What is given out has not been written, either. */
#define ASAN_POISON_MEMORY_REGION(p, n) __msan_poison(p, n)
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#elif defined(ARENA_POISONS)
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum {
    FIRST_CHUNK = 16 << 10,
    LARGEST_STEP = 4 << 20 /* more at a time would only waste */
};

struct arena_chunk {
    struct arena_chunk *older;
    size_t size; /* of mem */
    alignas(ARENA_ALIGN) char mem[];
};

void arena_init(struct arena *a, struct fault *fault)
{
    *a = (struct arena){.fault = fault};
}

static void chunk_free(struct arena *a, struct arena_chunk *c)
{
    a->total -= c->size;
    ASAN_UNPOISON_MEMORY_REGION(c->mem, c->size);
    free(c);
}

void arena_free(struct arena *a)
{
    if (a->spare)
        chunk_free(a, a->spare);
    while (a->chunk) {
        struct arena_chunk *older = a->chunk->older;
        chunk_free(a, a->chunk);
        a->chunk = older;
    }
    a->top = a->end = NULL;
    a->spare = NULL;
}

/* malloc. All pages of the largest chunks will be written to, and to get them
 * together costs less than one by one. Huge pages would cost least of all, but
 * now and then the system takes a tenth of a second to find some. */
static void *memory_new(size_t size)
{
    char *p = malloc(size);
#ifdef MADV_POPULATE_WRITE
    if (p && size >= LARGEST_STEP) {
        size_t page = (size_t)sysconf(_SC_PAGESIZE);
        size_t skip = (page - (uintptr_t)p % page) % page;
        /* Only advice; older systems do not know it. */
        madvise(p + skip, (size - skip) / page * page, MADV_POPULATE_WRITE);
    }
#endif
    return p;
}

static struct arena_chunk *chunk_new(struct arena *a, size_t n)
{
    size_t size = a->chunk ? a->chunk->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_STEP - sizeof(struct arena_chunk))
        size = LARGEST_STEP - sizeof(struct arena_chunk);
    if (size < n)
        size = n;
    if (a->total + size > a->fault->limits.max[LIMIT_MEMORY] &&
        !a->fault->ended)
        fault_raise(a->fault, LIMIT_MEMORY);
    struct arena_chunk *c = memory_new(sizeof *c + size);
    if (!c)
        fault_raise(a->fault, LIMIT_NO_MEMORY);
    c->size = size;
    a->total += size;
    return c;
}

/* Makes a chunk with room for n bytes the current one. */
static void add_chunk(struct arena *a, size_t n)
{
    struct arena_chunk *c = a->spare;
    if (c && c->size >= n)
        a->spare = NULL;
    else
        c = chunk_new(a, n);
    c->older = a->chunk;
    a->chunk = c;
    a->top = c->mem;
    a->end = c->mem + c->size;
    ASAN_POISON_MEMORY_REGION(c->mem, c->size);
}

/* n rounded up to the alignment. */
static size_t rounded(struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 4)
        fault_raise(a->fault, LIMIT_MEMORY);
    return n ? (n + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1) : ARENA_ALIGN;
}

void *arena_alloc_slow(struct arena *a, size_t n)
{
    size_t need = rounded(a, n);
    if ((size_t)(a->end - a->top) < need)
        add_chunk(a, need);
    char *p = a->top;
    a->top += need;
    ASAN_UNPOISON_MEMORY_REGION(p, n);
    return p;
}

/* Grows the newest block p in place; false (and nothing done) when it is not
 * the newest or there is no room. */
static bool extend(struct arena *a, void *p, size_t old, size_t new_size)
{
    if (!p)
        return false;
    char *end = (char *)p + rounded(a, old);
    size_t need = rounded(a, new_size);
    if (end != a->top || (size_t)(a->end - (char *)p) < need)
        return false;
    a->top = (char *)p + need;
    ASAN_UNPOISON_MEMORY_REGION(p, new_size);
    return true;
}

void *arena_resize(struct arena *a, void *p, size_t old, size_t new_size)
{
    if (extend(a, p, old, new_size))
        return p;
    void *to = arena_alloc(a, new_size);
    if (old)
        memcpy(to, p, old < new_size ? old : new_size);
    return to;
}

bool arena_newer(const struct arena *a, struct arena_mark mark, const void *p)
{
    const char *at = p;
    for (const struct arena_chunk *c = a->chunk; c; c = c->older) {
        bool last = c == mark.chunk;
        if (at >= (last ? mark.top : c->mem) && at <= c->mem + c->size)
            return true;
        if (last)
            break;
    }
    return false;
}

static char *append(char *to, struct str s)
{
    if (s.len)
        memcpy(to, s.ptr, s.len);
    return to + s.len;
}

char *arena_cstr(struct arena *a, struct str s)
{
    char *to = arena_alloc(a, s.len + 1);
    *append(to, s) = '\0';
    return to;
}

struct str arena_str(struct arena *a, struct str s)
{
    return (struct str){arena_cstr(a, s), s.len};
}

struct str arena_join(struct arena *a, const struct str *parts, size_t n,
                      struct str between)
{
    size_t len = n ? (n - 1) * between.len : 0;
    for (size_t i = 0; i < n; i++)
        len += parts[i].len;
    char *to = arena_alloc(a, len + 1), *at = to;
    for (size_t i = 0; i < n; i++) {
        if (i)
            at = append(at, between);
        at = append(at, parts[i]);
    }
    *at = '\0';
    return (struct str){to, len};
}

struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n < 0)
        fault_raise(a->fault, LIMIT_NO_MEMORY);
    char *to = arena_alloc(a, (size_t)n + 1);
    vsnprintf(to, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){to, (size_t)n};
}

struct str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    struct str s = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}

/* Puts c aside for the next chunk that is needed, or frees it. */
static void retire(struct arena *a, struct arena_chunk *c)
{
    if (a->spare && a->spare->size >= c->size) {
        chunk_free(a, c);
        return;
    }
    if (a->spare)
        chunk_free(a, a->spare);
    a->spare = c;
}

void arena_rewind_chunks(struct arena *a, struct arena_mark mark)
{
    while (a->chunk != mark.chunk) {
        struct arena_chunk *c = a->chunk;
        a->chunk = c->older;
        retire(a, c);
    }
    a->top = mark.top;
    a->end = a->chunk ? a->chunk->mem + a->chunk->size : NULL;
    if (a->chunk)
        ASAN_POISON_MEMORY_REGION(a->top, (size_t)(a->end - a->top));
}
