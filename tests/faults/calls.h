/* SPDX-License-Identifier: MIT */
/* A layer between stagepp and the system, put there by the linker (--wrap), in
 * which a test makes calls fail. */
#ifndef STAGEPP_TESTS_CALLS_H
#define STAGEPP_TESTS_CALLS_H

#include <stdbool.h>

/* X(name, the errors to try) */
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
    bool always;         /* and all after it */
    void (*event)(void); /* called instead; the call is then made */
    bool bytewise;       /* one byte is read or written at a time */
    bool interrupted;    /* every second read and write gives EINTR */
    long room;           /* bytes that can still be written; -1: any */
};

struct calls_seen {
    unsigned n[CALLS], all;
    bool fired;
    bool lost;     /* close failed for a file that was written */
    bool unlocked; /* a temporary was written that another run could take */
    bool careless; /* a file was opened that programs inherit, or a terminal
                      that is taken over */
};

/* Sets the faults from now on; NULL: nothing fails. *seen gets the counts. */
void calls_begin(const struct calls_plan *plan, struct calls_seen *seen);
void calls_end(void);
const char *call_name(enum call call);
/* The first or second error to try. */
int call_error(enum call call, int which);

#endif
