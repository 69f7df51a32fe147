/* SPDX-License-Identifier: MIT */
/* All the system calls that the library makes: it reads templates and writes
 * outputs with them. None of them runs a program, makes a process or a thread,
 * opens a connection, sends a signal, or asks for the time. tests/seccomp.c
 * stops at any other. */
#ifndef STAGEPP_SECCOMP_LIST_H
#define STAGEPP_SECCOMP_LIST_H

#include <sys/syscall.h>

#define SECCOMP_LIST(X)                                      \
    X(openat, "templates, libraries, data; outputs")         \
    X(read, "what they hold")                                \
    X(write, "outputs")                                      \
    X(close, "")                                             \
    X(newfstatat, "is it there, and a regular file")         \
    X(fstat, "how long it is")                               \
    X(readlinkat, "where a link leads")                      \
    X(faccessat, "may an output be written")                 \
    X(fstatfs, "is it a file, not the kernel's /proc")       \
    X(fchmod, "an output keeps its mode, or gets one")       \
    X(mkdirat, "folders of outputs")                         \
    X(renameat, "an output takes its place when it is done") \
    X(unlinkat, "of what could not be finished")             \
    X(flock, "a temporary is this run's")                    \
    X(getdents64, "temporaries that killed runs have left")  \
    X(fcntl, "the same: is it open for reading")             \
    X(mmap, "memory")                                        \
    X(munmap, "")                                            \
    X(mremap, "")                                            \
    X(mprotect, "memory, with musl")                         \
    X(madvise, "")                                           \
    X(brk, "")                                               \
    X(getrandom, "seeds of hash maps, temporary names")      \
    X(getcwd, "--root DIR, if DIR does not begin with /")    \
    SECCOMP_ACCESS(X)                                        \
    SECCOMP_OLD(X)                                           \
    SECCOMP_SANITIZER(X)                                     \
    X(exit_group, "")

#ifdef SYS_faccessat2
#define SECCOMP_ACCESS(X) X(faccessat2, "--root: is it a folder")
#else
#define SECCOMP_ACCESS(X)
#endif

/* Further names that x86-64 has. */
#ifdef SYS_rename
#define SECCOMP_OLD(X)  \
    X(open, "openat")   \
    X(stat, "fstatat")  \
    X(lstat, "fstatat") \
    X(readlink, "")     \
    X(access, "")       \
    X(mkdir, "")        \
    X(rename, "")       \
    X(unlink, "")
#else
#define SECCOMP_OLD(X)
#endif

/* Calls that the sanitizers make. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SECCOMP_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(SECCOMP_SANITIZED)
#define SECCOMP_SANITIZED
#endif
#ifdef SECCOMP_SANITIZED
#define SECCOMP_SANITIZER(X) \
    X(sigaltstack, "")       \
    X(gettid, "")            \
    X(getpid, "")            \
    X(prlimit64, "")         \
    X(sched_yield, "")       \
    X(sched_getaffinity, "")
#else
#define SECCOMP_SANITIZER(X)
#endif

/* Some others, so that a message can name them. */
#define SECCOMP_REFUSED(X) \
    X(clone)               \
    X(execve)              \
    X(execveat)            \
    X(socket)              \
    X(connect)             \
    X(bind)                \
    X(kill)                \
    X(tgkill)              \
    X(ptrace)              \
    X(clock_gettime)       \
    X(clock_nanosleep)     \
    X(clock_settime)       \
    X(getpid)              \
    X(getuid)              \
    X(uname)               \
    X(chdir)               \
    X(ioctl)               \
    X(lseek)               \
    X(prlimit64)           \
    X(memfd_create)        \
    X(sched_getaffinity)   \
    X(linkat)              \
    X(symlinkat)           \
    X(fchmodat)            \
    X(fchownat)            \
    X(utimensat)           \
    X(mount)

#endif
