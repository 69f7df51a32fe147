/* SPDX-License-Identifier: MIT */
/* measure RUNS OUTPUT COMMAND [ARGUMENT]...: runs the command RUNS times with
 * its standard output in the file OUTPUT, and prints for each run its wall
 * time and processor time in microseconds and its peak memory in KiB, one run
 * per line. The status is that of the first run that failed, or 0.
 * This is a program of its own because a child's peak begins with its parent's,
 * and an interpreter is as large as what it would measure. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long microseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long microseconds_of(struct timeval t)
{
    return t.tv_sec * 1000000LL + t.tv_usec;
}

/* Returns the exit status, 128 + signal, or 127 if the command did not run. */
static int run_once(const char *output, char **command, char **env)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY,
                                         0) != 0 ||
        posix_spawn_file_actions_addopen(
            &actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0666) != 0)
        return 127;
    /* Emptying the previous run's file does not count for this one. */
    struct stat st;
    if (lstat(output, &st) == 0 && S_ISREG(st.st_mode))
        unlink(output);
    long long start = microseconds();
    pid_t pid;
    int error = posix_spawnp(&pid, command[0], &actions, NULL, command, env);
    posix_spawn_file_actions_destroy(&actions);
    if (error) {
        fprintf(stderr, "measure: %s: %s\n", command[0], strerror(error));
        return 127;
    }
    int status;
    struct rusage used;
    while (wait4(pid, &status, 0, &used) < 0)
        if (errno != EINTR)
            return 127;
    long long wall = microseconds() - start;
    printf("%lld %lld %ld\n", wall,
           microseconds_of(used.ru_utime) + microseconds_of(used.ru_stime),
           used.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
    extern char **environ;
    if (argc < 4) {
        fputs("usage: measure RUNS OUTPUT COMMAND [ARGUMENT]...\n", stderr);
        return 127;
    }
    long runs = strtol(argv[1], NULL, 10);
    for (long i = 0; i < runs; i++) {
        int status = run_once(argv[2], argv + 3, environ);
        if (status)
            return status;
    }
    return 0;
}
