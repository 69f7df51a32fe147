/* SPDX-License-Identifier: MIT */
/* Whole files. Reading costs open, fstat, read and close; writing goes to a
 * temporary beside the file and is renamed, so that a reader (or a kill) sees
 * the old file or the new one, never a part. */
#include "base/file.h"

#include "base/below.h"
#include "base/path.h"
#include "base/temporary.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/vfs.h>
#endif

/* --- reading --- */

#define STEP (64 << 10)

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

/* True if fd belongs to a file system that shows the state of the machine as
 * files: the environment, the clock, other processes. */
static bool is_made_up(int fd)
{
#ifdef __linux__
    /* From linux/magic.h, which not every C library has: proc, sysfs, the
     * two of control groups, debugfs, tracefs, securityfs. */
    static const unsigned long kinds[] = {0x9fa0,     0x62656572, 0x27e0eb,
                                          0x63677270, 0x64626720, 0x74726163,
                                          0x73636673};
    struct statfs fs;
    if (fstatfs(fd, &fs) != 0)
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (((unsigned long)fs.f_type & 0xffffffff) == kinds[i])
            return true;
#else
    (void)fd;
#endif
    return false;
}

static enum file_status read_regular(struct arena *a, int fd,
                                     struct file_data *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        out->err = errno;
        return FILE_ERROR;
    }
    if (!S_ISREG(st.st_mode))
        return FILE_NOT_REGULAR;
    if (is_made_up(fd))
        return FILE_NOT_STORED;
    if ((uint64_t)st.st_size > a->fault->limits.max[LIMIT_INPUT])
        return FILE_TOO_BIG;
    out->id = (struct file_id){st.st_dev, st.st_ino};
    /* One byte more, so that the end of the file is seen without growing. */
    return read_all(a, fd, (size_t)st.st_size + 1, out);
}

static void close_held(void *fd)
{
    close(*(int *)fd);
}

/* Reads fd, which was opened without blocking; -1: it was not, see errno. */
static enum file_status read_opened(struct arena *a, int fd,
                                    struct file_data *out)
{
    memset(out, 0, sizeof *out);
    if (fd < 0) {
        out->err = errno;
        if (errno == ENXIO)
            return FILE_NOT_REGULAR;
        return errno == ENOENT || errno == ENOTDIR ? FILE_MISSING : FILE_ERROR;
    }
    a->fault->release = close_held;
    a->fault->held = &fd;
    enum file_status status = read_regular(a, fd, out);
    a->fault->release = NULL;
    close(fd);
    return status;
}

/* A FIFO does not block, a terminal is not taken over. */
#define READ_FLAGS (O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)

enum file_status file_read(struct arena *a, const char *path,
                           struct file_data *out)
{
    return read_opened(a, open(path, READ_FLAGS), out);
}

enum file_status file_read_below(struct arena *a, int dir, const char *path,
                                 struct file_data *out)
{
    struct below b;
    int fd = -1, err = below_open(&b, dir, path, false);
    if (!err) {
        fd = openat(b.dir, b.name, READ_FLAGS | O_NOFOLLOW);
        err = errno;
        below_close(&b);
    }
    /* EMLINK is what FreeBSD says of a link. */
    if (fd < 0 && (err == ELOOP || err == EMLINK))
        return FILE_SWAPPED;
    errno = err;
    return read_opened(a, fd, out);
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

static bool holds(int dir, const char *path, struct str bytes, int flags)
{
    struct stat st;
    int fd = openat(dir, path, READ_FLAGS | flags);
    if (fd < 0)
        return false;
    bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                (uint64_t)st.st_size == bytes.len && same_bytes(fd, bytes);
    close(fd);
    return same;
}

static int permissions(const struct stat *st)
{
    return (int)(st->st_mode & 07777);
}

/* What st says of a path; flags are for looking into it. */
static void judge(struct file_look *look, const struct stat *st, int dir,
                  const char *path, struct str bytes, int flags)
{
    look->id = (struct file_id){st->st_dev, st->st_ino};
    look->mode = permissions(st);
    if (S_ISLNK(st->st_mode))
        look->state = FILE_LINK;
    else if (S_ISDIR(st->st_mode))
        look->state = FILE_DIR;
    else if (!S_ISREG(st->st_mode))
        look->state = FILE_SPECIAL;
    else if ((uint64_t)st->st_size == bytes.len &&
             holds(dir, path, bytes, flags))
        look->state = FILE_SAME;
    else
        look->state = FILE_OTHER;
}

struct file_look file_look(int dir, const char *path, struct str bytes,
                           bool follow)
{
    struct file_look look = {.state = FILE_ABSENT, .mode = -1};
    struct stat st;
    bool there = fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && follow && S_ISLNK(st.st_mode)) {
        look.is_link = true;
        there = fstatat(dir, path, &st, 0) == 0;
    }
    if (there)
        judge(&look, &st, dir, path, bytes, follow ? 0 : O_NOFOLLOW);
    else
        look.err = errno == ENOENT ? 0 : errno;
    return look;
}

/* --- writing --- */

static int write_all(int fd, struct str bytes)
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

static int change_mode(int fd, int mode)
{
    return fchmod(fd, (mode_t)mode) == 0 ? 0 : errno;
}

/* mode -1: as it is. It may be meant to hide the bytes, so it comes first; and
 * where writing takes these bits away, it comes again. */
static int fill(int fd, int mode, struct str bytes)
{
    int err = mode < 0 ? 0 : change_mode(fd, mode);
    if (!err)
        err = write_all(fd, bytes);
    if (!err && mode >= 0 && mode & (S_ISUID | S_ISGID))
        err = change_mode(fd, mode);
    if (close(fd) != 0 && !err)
        err = errno;
    return err;
}

/* `dir` is where path starts. */
static int replace_once(int dir, const char *path, int mode, struct str bytes,
                        bool *swept)
{
    char temporary[TEMPORARY_NAME];
    int fd = temporary_open(dir, str_from(path), temporary);
    if (fd < 0)
        return errno;
    int err = fill(fd, mode, bytes);
    if (!err && renameat(dir, temporary, dir, path) != 0) {
        err = errno;
        *swept = err == ENOENT;
    }
    if (err)
        unlinkat(dir, temporary, 0);
    return err;
}

/* A run elsewhere that cleans up can take the temporary away in the moments
 * before it is locked, and between close and rename. (If it is the directory
 * that is gone, opening the next one says so.) Errors of the disk are seen at
 * close, so that cannot come last. */
static int replace(int dir, const char *path, int mode, struct str bytes)
{
    int err = ENOENT;
    bool swept = true;
    for (int tries = 0; swept && tries < 100; tries++) {
        swept = false;
        err = replace_once(dir, path, mode, bytes, &swept);
    }
    return err;
}

static int write_special(const char *path, struct str bytes)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return fd < 0 ? errno : fill(fd, -1, bytes);
}

/* One step of a chain of links: where the link at `at` leads, into `to`. 0 or
 * errno; EINVAL: it is not a link. */
static int follow(const char *at, char to[PATH_MAX])
{
    char target[PATH_MAX];
    struct str dir = path_dir(str_from(at));
    ssize_t n = readlink(at, target, sizeof target);
    if (n < 0)
        return errno;
    bool below = target[0] != '/' && dir.len > 0;
    int len = snprintf(to, PATH_MAX, "%.*s%s%.*s", below ? (int)dir.len : 0,
                       dir.ptr, below && dir.ptr[dir.len - 1] != '/' ? "/" : "",
                       (int)n, target);
    return n < (ssize_t)sizeof target && len > 0 && len < PATH_MAX
               ? 0
               : ENAMETOOLONG;
}

/* Where a chain of links ends: path itself, or a name in `at`. *err is why the
 * next link cannot be read, or 0. */
static const char *link_end(const char *path, char at[PATH_MAX], int *err)
{
    char to[PATH_MAX];
    *err = 0;
    for (int links = 0; links < 40; links++) {
        *err = follow(path, to);
        if (*err)
            break;
        memcpy(at, to, sizeof to);
        path = at;
    }
    if (*err == EINVAL || *err == ENOENT || *err == ENOTDIR)
        *err = 0;
    return path;
}

struct str file_target(struct arena *a, const char *path)
{
    char at[PATH_MAX];
    int err;
    return arena_str(a, str_from(link_end(path, at, &err)));
}

int file_write(const char *path, struct str bytes)
{
    struct stat st;
    char at[PATH_MAX];
    bool there = lstat(path, &st) == 0;
    if (there && S_ISLNK(st.st_mode)) {
        int err;
        path = link_end(path, at, &err);
        if (err) /* a file would replace the link */
            return err;
        there = stat(path, &st) == 0;
    }
    if (!there)
        return errno == ENOENT ? replace(AT_FDCWD, path, -1, bytes) : errno;
    if (S_ISDIR(st.st_mode))
        return EISDIR;
    return S_ISREG(st.st_mode)
               ? replace(AT_FDCWD, path, permissions(&st), bytes)
               : write_special(path, bytes);
}

int file_write_at(int dir, const char *name, struct str bytes, int mode)
{
    struct stat st;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? replace(dir, name, mode, bytes) : errno;
    if (S_ISREG(st.st_mode))
        return replace(dir, name, mode < 0 ? permissions(&st) : mode, bytes);
    return S_ISLNK(st.st_mode) ? ELOOP : S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
}

int file_make_parents(const char *path)
{
    char copy[PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof copy)
        return ENAMETOOLONG;
    memcpy(copy, path, len + 1);
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
    return realpath(path, real) ? arena_str(a, str_from(real)) : STR("");
}

bool file_is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

enum file_dir file_dir_look(const char *path)
{
    DIR *dir = opendir(path);
    if (!dir)
        return errno == ENOENT    ? FILE_DIR_MISSING
               : errno == ENOTDIR ? FILE_DIR_NONE
                                  : FILE_DIR_FULL;
    int n = 0;
    while (n < 3 && readdir(dir)) /* "." and ".." are there */
        n++;
    closedir(dir);
    return n < 3 ? FILE_DIR_EMPTY : FILE_DIR_FULL;
}
