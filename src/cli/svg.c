/* SPDX-License-Identifier: MIT */
/* Has Graphviz draw. Its input and its output go through pipes, and the one
 * that is ready is served, as it may begin to write before it has read
 * everything. */
#include "cli/svg.h"

#include "cli/io.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* Our ends of the pipes; -1 once they are closed. */
struct talk {
    int to, from;
    const char *text; /* what is still to be written */
    size_t len;
    FILE *svg;
};

static void close_end(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* Both ends are ours alone: the other process gets copies. */
static bool make_pipe(int ends[2])
{
    if (pipe(ends) != 0)
        return false;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    return true;
}

/* If the program stops reading, its exit status tells whether that is an error.
 */
static void write_some(struct talk *t)
{
    ssize_t n = write(t->to, t->text, t->len);
    if (n > 0) {
        t->text += n;
        t->len -= (size_t)n;
    }
    bool again = n < 0 && (errno == EINTR || errno == EAGAIN);
    if (t->len == 0 || (n < 0 && !again))
        close_end(&t->to);
}

static bool read_some(struct talk *t)
{
    char part[4096];
    ssize_t n = read(t->from, part, sizeof part);
    if (n < 0)
        return errno == EINTR;
    if (n == 0)
        close_end(&t->from);
    return fwrite(part, 1, (size_t)n, t->svg) == (size_t)n;
}

/* Until the other end of t->from is closed; false after an error. */
static bool talk(struct talk *t)
{
    bool good = fcntl(t->to, F_SETFL, O_NONBLOCK) == 0;
    while (good && t->from >= 0) {
        struct pollfd ends[] = {{t->from, POLLIN, 0}, {t->to, POLLOUT, 0}};
        if (poll(ends, t->to < 0 ? 1 : 2, -1) < 0) {
            good = errno == EINTR;
            continue;
        }
        if (t->to >= 0 && ends[1].revents)
            write_some(t);
        if (ends[0].revents)
            good = read_some(t);
    }
    close_end(&t->to);
    close_end(&t->from);
    return good;
}

/* Starts "dot -Tsvg" between in and out; 0 or errno. We ignore SIGPIPE; the
 * program should not. */
static int start(pid_t *pid, int in, int out)
{
    char name[] = "dot", format[] = "-Tsvg";
    char *argv[] = {name, format, NULL};
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t defaults;
    int err = posix_spawn_file_actions_init(&files);
    if (err)
        return err;
    err = posix_spawnattr_init(&attributes);
    if (!err) {
        sigemptyset(&defaults);
        sigaddset(&defaults, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
        posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
        err = posix_spawnp(pid, name, &files, &attributes, argv, environ);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&files);
    return err;
}

/* Waits for the process; false (said) if it failed. */
static bool ended_well(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return io_message("dot: %s", strerror(errno));
    if (WIFSIGNALED(status))
        io_message("dot of Graphviz was killed by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        io_message("dot of Graphviz failed with status %d",
                   WEXITSTATUS(status));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool refuse_start(int err)
{
    if (err == ENOENT)
        return io_message("--graph=svg needs the program dot of Graphviz "
                          "(Debian's package graphviz); --graph=mermaid does "
                          "not");
    return io_message("dot: %s", strerror(err));
}

static bool draw(struct talk *t)
{
    int in[2] = {-1, -1}, out[2] = {-1, -1};
    pid_t pid;
    int err = make_pipe(in) && make_pipe(out) ? 0 : errno;
    if (!err)
        err = start(&pid, in[0], out[1]);
    close_end(&in[0]);
    close_end(&out[1]);
    if (err) {
        close_end(&in[1]);
        close_end(&out[0]);
        return refuse_start(err);
    }
    t->to = in[1];
    t->from = out[0];
    bool good = talk(t);
    if (!good)
        io_message("dot: %s", strerror(errno));
    return ended_well(pid) && good;
}

char *svg_draw(const char *dot, size_t len, size_t *svg_len)
{
    char *svg = NULL;
    struct talk t = {-1, -1, dot, len, open_memstream(&svg, svg_len)};
    if (!t.svg) {
        io_message("out of memory");
        return NULL;
    }
    /* If it is ignored, waitpid cannot wait. */
    signal(SIGCHLD, SIG_DFL);
    bool good = draw(&t);
    if (fclose(t.svg) == 0 && good)
        return svg;
    free(svg);
    return NULL;
}
