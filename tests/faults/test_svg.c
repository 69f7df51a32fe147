/* SPDX-License-Identifier: MIT */
/* Draws with a dot that copies what it reads, on a system whose calls fail: the
 * drawing is right, or there is none, and a message says why. No descriptor and
 * no process is left. */
#include "../tap.h"
#include "cli/io.h"
#include "cli/svg.h"
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- the calls, which the linker puts in the place of libc's --- */

enum call {
    OPEN_MEMSTREAM,
    PIPE,
    FILES_INIT,
    ATTRIBUTES_INIT,
    POLL,
    READ,
    WRITE,
    WAIT,
    NONE
};

static enum call failing = NONE;
static unsigned left; /* calls until that one; it fails once */
static int error;

static bool fails(enum call call)
{
    if (call != failing || left == 0 || --left > 0)
        return false;
    errno = error;
    return true;
}

FILE *__real_open_memstream(char **text, size_t *len);
FILE *__wrap_open_memstream(char **text, size_t *len);
FILE *__wrap_open_memstream(char **text, size_t *len)
{
    return fails(OPEN_MEMSTREAM) ? NULL : __real_open_memstream(text, len);
}

int __real_pipe(int ends[2]);
int __wrap_pipe(int ends[2]);
int __wrap_pipe(int ends[2])
{
    return fails(PIPE) ? -1 : __real_pipe(ends);
}

int __real_posix_spawn_file_actions_init(posix_spawn_file_actions_t *files);
int __wrap_posix_spawn_file_actions_init(posix_spawn_file_actions_t *files);
int __wrap_posix_spawn_file_actions_init(posix_spawn_file_actions_t *files)
{
    return fails(FILES_INIT) ? error
                             : __real_posix_spawn_file_actions_init(files);
}

int __real_posix_spawnattr_init(posix_spawnattr_t *attributes);
int __wrap_posix_spawnattr_init(posix_spawnattr_t *attributes);
int __wrap_posix_spawnattr_init(posix_spawnattr_t *attributes)
{
    return fails(ATTRIBUTES_INIT) ? error
                                  : __real_posix_spawnattr_init(attributes);
}

int __real_poll(struct pollfd *ends, nfds_t n, int timeout);
int __wrap_poll(struct pollfd *ends, nfds_t n, int timeout);
int __wrap_poll(struct pollfd *ends, nfds_t n, int timeout)
{
    return fails(POLL) ? -1 : __real_poll(ends, n, timeout);
}

ssize_t __real_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n);
ssize_t __wrap_read(int fd, void *to, size_t n)
{
    return fails(READ) ? -1 : __real_read(fd, to, n);
}

ssize_t __real_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n);
ssize_t __wrap_write(int fd, const void *from, size_t n)
{
    return fails(WRITE) ? -1 : __real_write(fd, from, n);
}

pid_t __real_waitpid(pid_t pid, int *status, int options);
pid_t __wrap_waitpid(pid_t pid, int *status, int options);
pid_t __wrap_waitpid(pid_t pid, int *status, int options)
{
    if (!fails(WAIT))
        return __real_waitpid(pid, status, options);
    if (error != EINTR)
        __real_waitpid(pid, status, options);
    errno = error;
    return -1;
}

/* --- the runs --- */

static const char graph[] = "digraph { a -> b }\n";

/* svg_draw, with what it says in the file `said`. */
static char *draw(size_t *len)
{
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    int to = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    assert_true(before >= 0 && to >= 0);
    dup2(to, STDERR_FILENO);
    close(to);
    char *svg = svg_draw(graph, strlen(graph), len);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    return svg;
}

/* The call fails once, the n-th time; the drawing is right (NULL), or the
 * message is this one. */
static void try_one(enum call call, unsigned n, int err, const char *message)
{
    size_t len = 0;
    unsigned before = tree_descriptors();
    failing = call;
    left = n;
    error = err;
    char *svg = draw(&len);
    failing = NONE;
    assert_true(call == NONE || left == 0);
    if (message) {
        assert_null(svg);
        char *said = tree_read("said", &len);
        assert_non_null(said);
        if (!strstr(said, message))
            fprintf(stderr, "# %s\n", said);
        assert_non_null(strstr(said, message));
        free(said);
    } else {
        assert_non_null(svg);
        assert_int_equal(len, strlen(graph));
        assert_memory_equal(svg, graph, len);
        assert_true(tree_holds("said", ""));
    }
    free(svg);
    assert_int_equal(tree_descriptors(), before);
    errno = 0;
    assert_true(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
}

static void nothing_fails(void **state)
{
    (void)state;
    try_one(NONE, 0, 0, NULL);
}

static void no_memory_for_the_drawing(void **state)
{
    (void)state;
    try_one(OPEN_MEMSTREAM, 1, ENOMEM, "stagepp: out of memory\n");
}

static void no_pipe(void **state)
{
    (void)state;
    char message[80];
    snprintf(message, sizeof message, "stagepp: dot: %s\n", strerror(EMFILE));
    try_one(PIPE, 1, EMFILE, message);
    try_one(PIPE, 2, EMFILE, message);
}

static void no_memory_for_the_process(void **state)
{
    (void)state;
    char message[80];
    snprintf(message, sizeof message, "stagepp: dot: %s\n", strerror(ENOMEM));
    try_one(FILES_INIT, 1, ENOMEM, message);
    try_one(ATTRIBUTES_INIT, 1, ENOMEM, message);
}

static void an_end_that_breaks(void **state)
{
    (void)state;
    char message[80];
    snprintf(message, sizeof message, "stagepp: dot: %s\n", strerror(EIO));
    try_one(POLL, 1, EIO, message);
    try_one(POLL, 2, EIO, message);
    try_one(READ, 1, EIO, message);
    try_one(WAIT, 1, EIO, message);
}

static void signals_interrupt(void **state)
{
    (void)state;
    try_one(POLL, 1, EINTR, NULL);
    try_one(POLL, 2, EINTR, NULL);
    try_one(READ, 1, EINTR, NULL);
    try_one(WRITE, 1, EINTR, NULL);
    try_one(WRITE, 1, EAGAIN, NULL);
    try_one(WAIT, 1, EINTR, NULL);
}

/* As the one who starts the command may have it. */
static void children_that_are_ignored(void **state)
{
    (void)state;
    signal(SIGCHLD, SIG_IGN);
    try_one(NONE, 0, 0, NULL);
    signal(SIGCHLD, SIG_DFL);
}

static int set_up(void **state)
{
    (void)state;
    io_prepare();
    tree_enter();
    tree_write("dot", "#!/bin/sh\nexec cat\n");
    static char path[8192];
    snprintf(path, sizeof path, "%s:%s", tree_path(), getenv("PATH"));
    return chmod("dot", 0777) == 0 && setenv("PATH", path, 1) == 0 ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    tree_leave();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_fails),
        cmocka_unit_test(no_memory_for_the_drawing),
        cmocka_unit_test(no_pipe),
        cmocka_unit_test(no_memory_for_the_process),
        cmocka_unit_test(an_end_that_breaks),
        cmocka_unit_test(signals_interrupt),
        cmocka_unit_test(children_that_are_ignored),
    };
    return tap_run(tests, set_up, tear_down);
}
