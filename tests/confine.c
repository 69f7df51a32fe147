/* SPDX-License-Identifier: MIT */
/* confine SECONDS MIB OUTPUT ERRORS COMMAND [ARGUMENT]...: runs the command
 * with at most SECONDS of processor time and MIB of address space (0: any), its
 * standard output and standard error in the files; prints "STATUS TIME PEAK":
 * the exit status or 128 + signal, processor time in ms, memory in KiB. This is
 * a program of its own because a child's peak begins with its parent's. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static long milliseconds(struct timeval t)
{
    return (long)t.tv_sec * 1000 + (long)t.tv_usec / 1000;
}

static void set_limit(int which, rlim_t value)
{
    struct rlimit limit = {value, value};
    if (setrlimit(which, &limit) != 0)
        _exit(126);
}

static void become(char **argv)
{
    rlim_t seconds = strtoul(argv[1], NULL, 10);
    rlim_t space = strtoul(argv[2], NULL, 10);
    int out = open(argv[3], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    int err = open(argv[4], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (out < 0 || err < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
        _exit(126);
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_CPU, seconds);
    if (space)
        set_limit(RLIMIT_AS, space << 20);
    execv(argv[5], argv + 5);
    _exit(127);
}

int main(int argc, char **argv)
{
    int status;
    struct rusage used;
    if (argc < 6) {
        fputs("usage: confine SECONDS MIB OUTPUT ERRORS COMMAND...\n", stderr);
        return 2;
    }
    pid_t pid = fork();
    if (pid == 0)
        become(argv);
    if (pid < 0)
        return 2;
    while (wait4(pid, &status, 0, &used) < 0)
        if (errno != EINTR)
            return 2;
    printf("%d %ld %ld\n",
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
           milliseconds(used.ru_utime) + milliseconds(used.ru_stime),
           (long)used.ru_maxrss);
    return 0;
}
