/* SPDX-License-Identifier: MIT */
/* Bytes that end, or begin, where the memory of the process does: whoever reads
 * one more crashes. A NUL would hide that, as most loops stop at one. */
#ifndef STAGEPP_TESTS_FENCE_H
#define STAGEPP_TESTS_FENCE_H

#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The end of at least `room` bytes, which can be written to; NULL if the system
 * refuses. */
static char *fence_new(size_t room)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t size = (room + page - 1) / page * page;
    char *p = mmap(NULL, size + page, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED || mprotect(p + size, page, PROT_NONE) != 0)
        return NULL;
    return p + size;
}

/* The same, but the beginning. */
static inline char *fence_front(size_t room)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *p = mmap(NULL, page + room, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED || mprotect(p, page, PROT_NONE) != 0)
        return NULL;
    return p + page;
}

/* A copy of the bytes before the fence. */
static inline char *fence_put(char *fence, const void *bytes, size_t n)
{
    return n ? memcpy(fence - n, bytes, n) : fence;
}

#endif
