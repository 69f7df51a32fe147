/* SPDX-License-Identifier: MIT */
/* Has Graphviz draw: its input lies in a file without name, so that reading
 * what it writes is all there is to do meanwhile. */
#include "cli/io.h"
#include "cli/modes.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* All that comes from fd, allocated; NULL after an error. */
static char *read_all(int fd, size_t *len)
{
    FILE *in = fdopen(fd, "rb");
    char *text = NULL, part[4096];
    FILE *out = open_memstream(&text, len);
    size_t n;
    while (in && out && (n = fread(part, 1, sizeof part, in)) > 0)
        fwrite(part, 1, n, out);
    bool good = in && out && !ferror(in);
    if (out && fclose(out) != 0)
        good = false;
    if (in)
        fclose(in);
    else
        close(fd);
    if (good)
        return text;
    free(text);
    return NULL;
}

/* Starts "dot -Tsvg" between two files; 0 or errno. */
static int start(pid_t *pid, int in, int out, int unused)
{
    static char name[] = "dot", format[] = "-Tsvg";
    char *argv[] = {name, format, NULL};
    posix_spawn_file_actions_t files;
    int err = posix_spawn_file_actions_init(&files);
    if (err)
        return err;
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&files, unused);
    err = posix_spawnp(pid, name, &files, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    return err;
}

/* True if the process ended well. */
static bool ended_well(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static char *draw(FILE *input, size_t *len)
{
    int ends[2];
    pid_t pid;
    if (pipe(ends) != 0) {
        message("dot: %s", strerror(errno));
        return NULL;
    }
    int err = start(&pid, fileno(input), ends[1], ends[0]);
    close(ends[1]);
    if (err) {
        close(ends[0]);
        message(err == ENOENT ? "--graph=svg needs the program dot of Graphviz "
                                "(Debian's package graphviz); --graph=mermaid "
                                "needs nothing"
                              : "dot: %s",
                strerror(err));
        return NULL;
    }
    char *svg = read_all(ends[0], len);
    bool good = ended_well(pid);
    if (svg && good)
        return svg;
    message("dot of Graphviz failed");
    free(svg);
    return NULL;
}

char *svg_draw(const char *dot, size_t len, size_t *svg_len)
{
    FILE *input = tmpfile();
    char *svg = NULL;
    if (input && fwrite(dot, 1, len, input) == len && fflush(input) == 0 &&
        lseek(fileno(input), 0, SEEK_SET) == 0)
        svg = draw(input, svg_len);
    else
        message("a temporary file: %s", strerror(errno));
    if (input)
        fclose(input);
    return svg;
}
