/* SPDX-License-Identifier: MIT */
#include "calls.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

static const struct calls_plan nothing = {.call = CALLS, .room = -1};
static struct calls_plan plan = {.call = CALLS, .room = -1};
static struct calls_seen unseen, *seen = &unseen;
static bool armed, turn;
static char temporary[8192]; /* the newest */
static int temporary_dir;    /* from where */
static int written;          /* the descriptor written to last */

void calls_begin(const struct calls_plan *p, struct calls_seen *s)
{
    plan = p ? *p : nothing;
    seen = s;
    memset(seen, 0, sizeof *seen);
    turn = false;
    armed = true;
}

void calls_end(void)
{
    armed = false;
}

const char *call_name(enum call call)
{
    static const char *const names[] = {
#define X(name, one, two) #name,
        CALL_LIST
#undef X
        "any call"
    };
    return names[call];
}

int call_error(enum call call, int which)
{
    static const int errors[][2] = {
#define X(name, one, two) {one, two},
        CALL_LIST
#undef X
    };
    return errors[call][which];
}

/* True, with errno, if this call must fail. */
static bool fails(enum call call)
{
    if (!armed)
        return false;
    unsigned n = ++seen->n[call], all = ++seen->all;
    if (plan.nth == 0 || (plan.call != call && plan.call != CALLS))
        return false;
    if (plan.call == CALLS)
        n = all;
    if (n != plan.nth && !(plan.always && n > plan.nth))
        return false;
    seen->fired = true;
    if (plan.event) {
        armed = false;
        plan.event();
        armed = true;
        return false;
    }
    errno = plan.err;
    return true;
}

static bool interrupts(void)
{
    if (!armed || !plan.interrupted)
        return false;
    turn = !turn;
    if (turn)
        errno = EINTR;
    return turn;
}

/* --- files --- */

static void check_flags(int flags)
{
    bool terminal = !(flags & (O_NOCTTY | O_DIRECTORY | O_EXCL));
    seen->careless |= armed && (!(flags & O_CLOEXEC) || terminal);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    unsigned mode = flags & O_CREAT ? va_arg(ap, unsigned) : 0;
    va_end(ap);
    check_flags(flags);
    return fails(CALL_open) ? -1 : __real_open(path, flags, mode);
}

int __real_openat(int dir, const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, ...);
int __wrap_openat(int dir, const char *path, int flags, ...)
{
    va_list ap;
    va_start(ap, flags);
    unsigned mode = flags & O_CREAT ? va_arg(ap, unsigned) : 0;
    va_end(ap);
    check_flags(flags);
    if (fails(CALL_open))
        return -1;
    if (strstr(path, ".stagepp-") && flags & O_CREAT) {
        temporary_dir = dir;
        snprintf(temporary, sizeof temporary, "%s", path);
    }
    return __real_openat(dir, path, flags, mode);
}

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
    if (fails(CALL_read) || interrupts())
        return -1;
    return __real_read(fd, to, armed && plan.bytewise && n ? 1 : n);
}

/* Nobody else must be able to lock what is written. */
static void check_locked(int fd)
{
    struct stat one, other;
    int again = __real_openat(temporary_dir, temporary, O_RDONLY);
    if (again < 0)
        return;
    if (fstat(fd, &one) == 0 && fstat(again, &other) == 0 &&
        one.st_ino == other.st_ino && flock(again, LOCK_SH | LOCK_NB) == 0)
        seen->unlocked = true;
    close(again);
}

/* Cuts a write to the room that is left; false, with errno, if there is none.
 */
static bool fits(size_t *n)
{
    if (!armed)
        return true;
    if (plan.bytewise && *n)
        *n = 1;
    if (plan.room < 0 || *n == 0)
        return true;
    if (plan.room == 0) {
        seen->fired = true;
        errno = ENOSPC;
        return false;
    }
    if (*n > (size_t)plan.room)
        *n = (size_t)plan.room;
    plan.room -= (long)*n;
    return true;
}

ssize_t __real_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n)
{
    /* Messages about failures must still be printed. */
    if (fd == STDERR_FILENO || !armed)
        return __real_write(fd, from, n);
    if (fails(CALL_write) || interrupts() || !fits(&n))
        return -1;
    written = fd;
    armed = false;
    check_locked(fd);
    armed = true;
    return __real_write(fd, from, n);
}

/* It is closed in any case. */
int __real_close(int fd);
int __wrap_close(int fd);
int __wrap_close(int fd)
{
    bool bad = fails(CALL_close);
    int err = errno;
    seen->lost = seen->lost || (bad && fd == written);
    int result = __real_close(fd);
    if (bad)
        errno = err;
    return bad ? -1 : result;
}

/* --- the others, which only fail or do not --- */

#define WRAP(type, bad, name, parameters, arguments)                 \
    type __real_##name parameters;                                   \
    type __wrap_##name parameters;                                   \
    type __wrap_##name parameters                                    \
    {                                                                \
        return fails(CALL_##name) ? (bad) : __real_##name arguments; \
    }

WRAP(int, -1, fstat, (int fd, struct stat *st), (fd, st))
WRAP(int, -1, stat, (const char *path, struct stat *st), (path, st))
WRAP(int, -1, lstat, (const char *path, struct stat *st), (path, st))
WRAP(int, -1, fstatat, (int dir, const char *path, struct stat *st, int flags),
     (dir, path, st, flags))
WRAP(int, -1, fstatfs, (int fd, struct statfs *fs), (fd, fs))
WRAP(int, -1, renameat, (int dir, const char *from, int other, const char *to),
     (dir, from, other, to))
WRAP(int, -1, unlinkat, (int dir, const char *path, int flags),
     (dir, path, flags))
WRAP(int, -1, fchmod, (int fd, mode_t mode), (fd, mode))
WRAP(int, -1, mkdir, (const char *path, mode_t mode), (path, mode))
WRAP(int, -1, mkdirat, (int dir, const char *path, mode_t mode),
     (dir, path, mode))
WRAP(int, -1, flock, (int fd, int how), (fd, how))
WRAP(DIR *, NULL, fdopendir, (int fd), (fd))
WRAP(ssize_t, -1, readlink, (const char *path, char *to, size_t n),
     (path, to, n))
WRAP(char *, NULL, realpath, (const char *path, char *to), (path, to))
WRAP(int, -1, access, (const char *path, int how), (path, how))
