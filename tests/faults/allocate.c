/* SPDX-License-Identifier: MIT */
#include "allocate.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static unsigned target, count;
static bool on, forever, failed;
static long blocks;

void allocate_begin(unsigned nth, bool always)
{
    target = nth;
    forever = always;
    count = 0;
    failed = false;
    on = true;
}

void allocate_end(void)
{
    on = false;
}

unsigned allocate_target(void)
{
    return target;
}

bool allocate_failed(void)
{
    return failed;
}

unsigned allocate_count(void)
{
    return count;
}

long allocate_blocks(void)
{
    return blocks;
}

static bool fails(void)
{
    if (!on)
        return false;
    count++;
    if (!target || (forever ? count < target : count != target))
        return false;
    failed = true;
    errno = ENOMEM;
    return true;
}

static void *counted(void *p)
{
    blocks += p != NULL;
    return p;
}

#ifdef SANITIZED

#define OWN(name) __wrap_##name
#define NEXT(name) __real_##name
#define is_early(p) false

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *old, size_t n);
void *__real_aligned_alloc(size_t align, size_t n);
void __real_free(void *p);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *old, size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n);
void __wrap_free(void *p);

#else

#define OWN(name) name
#define NEXT(name) next.name

/* libc's functions. */
static struct {
    void *(*malloc)(size_t n);
    void *(*calloc)(size_t n, size_t size);
    void *(*realloc)(void *old, size_t n);
    void *(*aligned_alloc)(size_t align, size_t n);
    void (*free)(void *p);
} next;

/* Looking them up may itself take some memory. */
static max_align_t early[1024];
static size_t early_used;

static bool is_early(const void *p)
{
    uintptr_t at = (uintptr_t)p, from = (uintptr_t)early;
    return at >= from && at < from + sizeof early;
}

static void *take_early(size_t n)
{
    size_t items = n / sizeof *early + 1;
    if (items > sizeof early / sizeof *early - early_used)
        return NULL;
    early_used += items;
    return early + early_used - items;
}

/* In ISO C, a pointer to an object cannot hold a pointer to a function. */
static void look_up(void *to, const char *name)
{
    void *at = dlsym(RTLD_NEXT, name);
    if (!at)
        abort();
    memcpy(to, &at, sizeof at);
}

/* False while it is under way. */
static bool ready(void)
{
    static bool begun;
    if (begun)
        return next.free != NULL;
    begun = true;
    look_up(&next.malloc, "malloc");
    look_up(&next.calloc, "calloc");
    look_up(&next.realloc, "realloc");
    look_up(&next.aligned_alloc, "aligned_alloc");
    look_up(&next.free, "free");
    return true;
}

#endif

void *OWN(malloc)(size_t n)
{
#ifndef SANITIZED
    if (!ready())
        return take_early(n);
#endif
    return fails() ? NULL : counted(NEXT(malloc)(n));
}

void *OWN(calloc)(size_t n, size_t size)
{
#ifndef SANITIZED
    if (!ready())
        return take_early(n * size);
#endif
    return fails() ? NULL : counted(NEXT(calloc)(n, size));
}

void *OWN(realloc)(void *old, size_t n)
{
    if (!old)
        return OWN(malloc)(n);
    if (is_early(old))
        abort();
    return fails() ? NULL : NEXT(realloc)(old, n);
}

void *OWN(aligned_alloc)(size_t align, size_t n)
{
#ifndef SANITIZED
    if (!ready())
        return NULL;
#endif
    return fails() ? NULL : counted(NEXT(aligned_alloc)(align, n));
}

void OWN(free)(void *p)
{
    if (!p || is_early(p))
        return;
    blocks--;
    NEXT(free)(p);
}
