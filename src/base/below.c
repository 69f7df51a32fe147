/* SPDX-License-Identifier: MIT */
/* openat with O_NOFOLLOW, a directory at a time. openat2 does the same in one
 * call, but on newer Linux only, and not in each container. */
#include "base/below.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A directory that only leads on need not be readable. */
#ifndef O_PATH
#define O_PATH O_RDONLY
#endif

int below_open_root(const char *path, bool follow)
{
    int flags = O_PATH | O_DIRECTORY | O_CLOEXEC;
    if (!follow)
        flags |= O_NOFOLLOW;
    return open(path, flags);
}

/* -1 with errno. */
static int open_part(int dir, const char *name)
{
    struct stat st;
    int fd = openat(dir, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 || errno != ENOTDIR)
        return fd;
    /* Linux says the same of a link and of a file. What is a directory by now
     * was a link before. */
    bool link = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
                (S_ISLNK(st.st_mode) || S_ISDIR(st.st_mode));
    errno = link ? ELOOP : ENOTDIR;
    return -1;
}

static int open_or_make(int dir, const char *name, bool make)
{
    int fd = open_part(dir, name);
    if (fd >= 0 || errno != ENOENT || !make)
        return fd;
    if (mkdirat(dir, name, 0777) != 0 && errno != EEXIST)
        return -1;
    return open_part(dir, name);
}

int below_open(struct below *b, int root, const char *path, bool make)
{
    char part[NAME_MAX + 1];
    *b = (struct below){root, path, false};
    for (;;) {
        size_t len = strcspn(b->name, "/");
        int next = -1, err = ENAMETOOLONG;
        if (b->name[len] == '\0')
            return 0;
        if (len < sizeof part) {
            memcpy(part, b->name, len);
            part[len] = '\0';
            next = open_or_make(b->dir, part, make);
            err = errno;
        }
        below_close(b);
        if (next < 0)
            return err;
        *b = (struct below){next, b->name + len + 1, true};
    }
}

void below_close(const struct below *b)
{
    if (b->opened)
        close(b->dir);
}
