/* SPDX-License-Identifier: MIT */
/* The lock belongs to the open file (flock), so the system releases it however
 * a run ends. On file systems without locks, such as some network file systems,
 * nothing is locked and nothing is removed. */
#include "base/temporary.h"

#include "base/path.h"
#include "base/seed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark[] = ".stagepp-";

enum {
    DIGITS = 8,     /* hexadecimal, after the mark */
    MOST_NAME = 200 /* of the file's own: a name ends at 255 bytes */
};

static int open_named(int from, const char *name)
{
    int fd = openat(from, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return fd;
    /* Another run came between and takes it for one that was left. */
    unlinkat(from, name, 0);
    close(fd);
    errno = EEXIST;
    return -1;
}

int temporary_open(int from, struct str path, char name[TEMPORARY_NAME])
{
    struct str dir = path_dir(path), base = path_base(path);
    if (base.len > MOST_NAME)
        base.len = MOST_NAME;
    if (path.len >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return -1;
    }
    for (unsigned tries = 0; tries < 100; tries++) {
        snprintf(name, TEMPORARY_NAME, "%.*s%s.%.*s%s%0*x", STR_ARG(dir),
                 dir.len && dir.ptr[dir.len - 1] != '/' ? "/" : "",
                 STR_ARG(base), mark, DIGITS, (unsigned)seed_random(tries));
        int fd = open_named(from, name);
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static bool is_temporary(struct str name)
{
    size_t tail = sizeof mark - 1 + DIGITS;
    if (name.len < tail + 2 || name.ptr[0] != '.')
        return false;
    struct str end = str_from_off(name, name.len - tail);
    for (size_t i = sizeof mark - 1; i < end.len; i++)
        if (!ascii_is_digit(end.ptr[i]) &&
            (end.ptr[i] < 'a' || end.ptr[i] > 'f'))
            return false;
    return str_starts(end, str_from(mark));
}

static void sweep_one(int dir, const char *name)
{
    struct stat st;
    int fd = openat(dir, name,
                    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return;
    /* Shared is enough, and can be had of a file that is open for reading. */
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
        flock(fd, LOCK_SH | LOCK_NB) == 0)
        unlinkat(dir, name, 0);
    close(fd);
}

void temporary_sweep(int from, const char *path)
{
    const struct dirent *entry;
    int fd = openat(from, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *list = fd < 0 ? NULL : fdopendir(fd);
    if (!list) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((entry = readdir(list)))
        if (is_temporary(str_from(entry->d_name)))
            sweep_one(fd, entry->d_name);
    closedir(list);
}
