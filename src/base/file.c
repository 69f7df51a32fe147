/* SPDX-License-Identifier: MIT */
/* Whole files. Reading costs open, fstat, read and close; writing goes to a
 * temporary beside the file and is renamed, so that a reader (or a kill) sees
 * the old file or the new one, never a part. */
#include "base/file.h"

#include "base/map.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- reading --- */

enum {
    STEP = 64 << 10
};

static ssize_t read_some(int fd, char *to, size_t n)
{
    ssize_t got;
    do {
        got = read(fd, to, n);
    } while (got < 0 && errno == EINTR);
    return got;
}

/* Reads fd to its end into a block that begins with room for `guess` bytes. */
static enum file_status read_all(struct arena *a, int fd, size_t guess,
                                 struct file_data *out)
{
    uint64_t max = a->fault->limits.max[LIMIT_INPUT];
    size_t cap = guess + 1, len = 0;
    char *to = arena_alloc(a, cap);
    for (;;) {
        if (len + 1 >= cap) {
            to = arena_resize(a, to, cap, cap + cap / 2 + STEP);
            cap += cap / 2 + STEP;
        }
        ssize_t got = read_some(fd, to + len, cap - 1 - len);
        if (got < 0) {
            out->err = errno;
            return FILE_ERROR;
        }
        if (got == 0)
            break;
        len += (size_t)got;
        if (len > max)
            return FILE_TOO_BIG;
    }
    to[len] = '\0';
    out->bytes = (struct str){to, len};
    return FILE_OK;
}

enum file_status file_read_fd(struct arena *a, int fd, struct file_data *out)
{
    memset(out, 0, sizeof *out);
    return read_all(a, fd, STEP, out);
}

static enum file_status read_open(struct arena *a, int fd,
                                  struct file_data *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        out->err = errno;
        return FILE_ERROR;
    }
    if (!S_ISREG(st.st_mode))
        return FILE_NOT_REGULAR;
    if ((uint64_t)st.st_size > a->fault->limits.max[LIMIT_INPUT])
        return FILE_TOO_BIG;
    out->id = (struct file_id){st.st_dev, st.st_ino};
    /* One byte more, so that the end of the file is seen without growing. */
    return read_all(a, fd, (size_t)st.st_size + 1, out);
}

enum file_status file_read(struct arena *a, const char *path,
                           struct file_data *out)
{
    memset(out, 0, sizeof *out);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        out->err = errno;
        if (errno == ENXIO)
            return FILE_NOT_REGULAR;
        return errno == ENOENT || errno == ENOTDIR ? FILE_MISSING : FILE_ERROR;
    }
    a->fault->reading = fd + 1;
    enum file_status status = read_open(a, fd, out);
    a->fault->reading = 0;
    close(fd);
    return status;
}

bool file_identify(const char *path, struct file_id *id, bool *regular)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return false;
    *id = (struct file_id){st.st_dev, st.st_ino};
    *regular = S_ISREG(st.st_mode);
    return true;
}

bool file_id_eq(struct file_id a, struct file_id b)
{
    return a.dev == b.dev && a.ino == b.ino;
}

static bool same_bytes(int fd, struct str bytes)
{
    char block[STEP];
    for (size_t at = 0;;) {
        ssize_t got = read_some(fd, block, sizeof block);
        if (got <= 0)
            return got == 0 && at == bytes.len;
        if ((size_t)got > bytes.len - at ||
            memcmp(block, bytes.ptr + at, (size_t)got) != 0)
            return false;
        at += (size_t)got;
    }
}

bool file_has(const char *path, struct str bytes)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return false;
    bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                (uint64_t)st.st_size == bytes.len && same_bytes(fd, bytes);
    close(fd);
    return same;
}

/* --- writing --- */

int file_write_fd(int fd, struct str bytes)
{
    while (bytes.len) {
        size_t step = bytes.len < SSIZE_MAX ? bytes.len : SSIZE_MAX;
        ssize_t put = write(fd, bytes.ptr, step);
        if (put < 0 && errno != EINTR)
            return errno;
        if (put > 0)
            bytes = str_from_off(bytes, (size_t)put);
    }
    return 0;
}

/* Opens a new file `.NAME.stagepp-RANDOM` beside path. */
static int open_temporary(struct arena *a, struct str path, char **name)
{
    struct str dir = path_dir(path), base = path_base(path);
    for (int tries = 0; tries < 100; tries++) {
        struct str s =
            arena_printf(a, "%.*s%s.%.*s.stagepp-%08x", STR_ARG(dir),
                         dir.len && dir.ptr[dir.len - 1] != '/' ? "/" : "",
                         STR_ARG(base), (unsigned)map_random_seed());
        int fd = open(
            s.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
        *name = (char *)s.ptr;
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static int fill(int fd, const struct stat *old, struct str bytes)
{
    int err = 0;
    if (old && fchmod(fd, old->st_mode & 07777) != 0)
        err = errno;
    if (!err)
        err = file_write_fd(fd, bytes);
    if (close(fd) != 0 && !err)
        err = errno;
    return err;
}

static int replace(struct arena *a, struct str path, const struct stat *old,
                   struct str bytes)
{
    char *temporary;
    int fd = open_temporary(a, path, &temporary);
    if (fd < 0)
        return errno;
    int err = fill(fd, old, bytes);
    if (!err && rename(temporary, path.ptr) != 0)
        err = errno;
    if (err)
        unlink(temporary);
    return err;
}

static int write_special(const char *path, struct str bytes)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return fd < 0 ? errno : fill(fd, NULL, bytes);
}

struct str file_target(struct arena *a, const char *path)
{
    struct str at = str_from(path);
    char target[PATH_MAX];
    for (int links = 0; links < 40; links++) {
        ssize_t n = readlink(at.ptr, target, sizeof target);
        if (n <= 0 || (size_t)n == sizeof target)
            break;
        struct str to = arena_str(a, (struct str){target, (size_t)n});
        at = path_join(a, path_dir(at), to);
    }
    return at;
}

int file_write(struct arena *a, const char *path, struct str bytes)
{
    struct stat st;
    struct str target = file_target(a, path);
    if (stat(target.ptr, &st) != 0)
        return errno == ENOENT ? replace(a, target, NULL, bytes) : errno;
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    return S_ISREG(st.st_mode) ? replace(a, target, &st, bytes)
                               : write_special(target.ptr, bytes);
}

int file_make_parents(struct arena *a, const char *path)
{
    char *copy = arena_cstr(a, str_from(path));
    for (char *at = copy + 1; copy[0] && *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            return errno;
        *at = '/';
    }
    return 0;
}

struct str file_real(struct arena *a, const char *path)
{
    char real[PATH_MAX]; /* what realpath allocates a jump would lose */
    return arena_str(a, str_from(realpath(path, real)));
}
