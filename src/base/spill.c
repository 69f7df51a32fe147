/* SPDX-License-Identifier: MIT */
/* Texts are gathered in blocks of anonymous memory. When a block is full, it
 * is written to the file, and the file mapped in its place: the addresses stay,
 * and the system can take the memory whenever it likes. */
#include "base/spill.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef P_tmpdir
#define P_tmpdir "/tmp"
#endif

/* As much as any run may use besides. */
#define BLOCK ((size_t)4 << 20)

struct spill_block {
    char *at;
    size_t size; /* whole pages */
    size_t used;
    bool filed; /* the file is mapped here */
};

void spill_init(struct spill *s, struct fault *fault)
{
    memset(s, 0, sizeof *s);
    s->fault = fault;
    s->file = -1;
}

void spill_free(struct spill *s)
{
    for (uint32_t i = 0; i < s->n; i++)
        munmap(s->blocks[i].at, s->blocks[i].size);
    free(s->blocks);
    if (s->file >= 0)
        close(s->file);
    s->blocks = NULL;
    s->n = s->cap = 0;
    s->file = -1;
}

/* --- the file --- */

static bool open_file(struct spill *s)
{
    char name[] = P_tmpdir "/stagepp-XXXXXX";
    if (s->file >= 0)
        return true;
#ifdef O_TMPFILE
    /* Never has a name, so that no kill can leave one. */
    s->file = open(P_tmpdir, O_TMPFILE | O_RDWR | O_EXCL | O_CLOEXEC, 0600);
    if (s->file >= 0)
        return true;
#endif
    s->file = mkstemp(name);
    if (s->file < 0)
        return false;
    unlink(name);
    fcntl(s->file, F_SETFD, FD_CLOEXEC);
    return true;
}

static bool write_block(struct spill *s, const struct spill_block *b)
{
    for (size_t done = 0; done < b->size;) {
        ssize_t n = pwrite(s->file, b->at + done, b->size - done,
                           (off_t)(s->written + done));
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

/* Moves the block to the file. Where that cannot be done, as on a full disk,
 * it and all that follow stay where they are. */
static void file_block(struct spill *s, struct spill_block *b)
{
    if (s->refused || !open_file(s) || !write_block(s, b)) {
        s->refused = true;
        return;
    }
    if (mmap(b->at, b->size, PROT_READ, MAP_SHARED | MAP_FIXED, s->file,
             (off_t)s->written) == MAP_FAILED)
        fault_raise(s->fault, LIMIT_NO_MEMORY);
    b->filed = true;
    s->written += b->size;
}

/* --- blocks --- */

static size_t whole_pages(size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    return (n + page - 1) / page * page;
}

static struct spill_block *add_block(struct spill *s, size_t need)
{
    if (s->n == s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : 8;
        struct spill_block *more = realloc(s->blocks, cap * sizeof *more);
        if (!more)
            fault_raise(s->fault, LIMIT_NO_MEMORY);
        s->blocks = more;
        s->cap = cap;
    }
    size_t size = whole_pages(need > BLOCK ? need : BLOCK);
    char *at = mmap(NULL, size, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        fault_raise(s->fault, LIMIT_NO_MEMORY);
    s->blocks[s->n] = (struct spill_block){at, size, 0, false};
    return &s->blocks[s->n++];
}

struct str spill_put(struct spill *s, struct str bytes)
{
    struct spill_block *b = s->n ? &s->blocks[s->n - 1] : NULL;
    if (!b || b->size - b->used < bytes.len + 1) {
        if (b)
            file_block(s, b);
        b = add_block(s, bytes.len + 1);
    }
    char *to = b->at + b->used;
    if (bytes.len)
        memcpy(to, bytes.ptr, bytes.len);
    to[bytes.len] = '\0';
    b->used += bytes.len + 1;
    return (struct str){to, bytes.len};
}

static uint32_t block_of(const struct spill *s, const char *at)
{
    uint32_t i = 0;
    while (i < s->n &&
           (at < s->blocks[i].at || at >= s->blocks[i].at + s->blocks[i].size))
        i++;
    return i;
}

void spill_rest(struct spill *s, struct str bytes)
{
    s->shown += bytes.len;
    if (s->shown < BLOCK)
        return;
    uint32_t end = block_of(s, bytes.ptr);
    if (end == s->n)
        return;
    for (uint32_t i = end < s->rested ? end : s->rested; i <= end; i++)
        if (s->blocks[i].filed)
            madvise(s->blocks[i].at, s->blocks[i].size, MADV_DONTNEED);
    s->rested = end;
    s->shown = 0;
}
