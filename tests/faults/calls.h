/* SPDX-License-Identifier: MIT */
/* A layer between stagepp and the system, put there by the linker (--wrap),
 * in which calls fail as they are told to. */
#ifndef STAGEPP_TESTS_CALLS_H
#define STAGEPP_TESTS_CALLS_H

#include <stdbool.h>

/* X(name, the errors that are tried) */
#define CALL_LIST             \
    X(open, EIO, EMFILE)      \
    X(read, EIO, EISDIR)      \
    X(write, ENOSPC, EIO)     \
    X(close, EIO, ENOSPC)     \
    X(fstat, EIO, EINTR)      \
    X(stat, EIO, EACCES)      \
    X(lstat, EIO, ENOMEM)     \
    X(fstatat, EIO, ENOMEM)   \
    X(fstatfs, EIO, EINTR)    \
    X(renameat, EIO, ENOENT)  \
    X(fchmod, EPERM, EIO)     \
    X(unlinkat, EIO, EPERM)   \
    X(mkdir, EROFS, ENOSPC)   \
    X(mkdirat, EROFS, EIO)    \
    X(flock, ENOLCK, EINTR)   \
    X(fdopendir, ENOMEM, EIO) \
    X(readlink, EIO, EACCES)  \
    X(realpath, EIO, EACCES)  \
    X(access, EROFS, EIO)

enum call {
#define X(name, one, two) CALL_##name,
    CALL_LIST
#undef X
        CALLS
};

struct calls_plan {
    enum call call;      /* CALLS: any */
    unsigned nth;        /* the call that fails, from 1; 0: none */
    int err;             /* how */
    bool always;         /* and all behind it */
    void (*event)(void); /* happens instead, and the call is made */
    bool bytewise;       /* one byte is read or written at a time */
    bool interrupted;    /* each other read and write gives EINTR */
    long room;           /* bytes that can still be written; -1: any */
};

struct calls_seen {
    unsigned n[CALLS], all;
    bool fired;
    bool lost;     /* close said so of a file that was written */
    bool unlocked; /* a temporary was written that another run could take */
};

/* From now on; NULL: nothing fails. What is seen is counted in *seen. */
void calls_begin(const struct calls_plan *plan, struct calls_seen *seen);
void calls_end(void);
const char *call_name(enum call call);
/* The first or second error that is tried. */
int call_error(enum call call, int which);

#endif
