/* SPDX-License-Identifier: MIT */
/* Reads and writes the standard streams without stdio's buffers, so that each
 * error (full disk, closed stream, broken pipe) is seen where it happens and
 * can be named. */
#include "cli/io.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The largest input --limit allows; more is refused before memory ends. */
#define MAX_INPUT ((size_t)INT32_MAX)

void io_prepare(void)
{
    signal(SIGPIPE, SIG_IGN);
    for (int fd = 0; fd <= 2; fd++) {
        /* Opened for the other direction, so that using it still fails. */
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF)
            (void)open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
    }
}

/* A word of the command line may hold control characters of a terminal: C0 and
 * C1 are shown as \xNN. */
static void put_safe(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        bool c1 = p[0] == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0;
        if (*p >= 0x20 && *p != 0x7f && !c1) {
            fputc(*p, stderr);
            continue;
        }
        fprintf(stderr, "\\x%02x", *p);
        if (c1)
            fprintf(stderr, "\\x%02x", *++p);
    }
}

bool io_message(const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;
    va_start(ap, fmt);
    if (vasprintf(&text, fmt, ap) < 0)
        text = NULL;
    va_end(ap);
    fputs("stagepp: ", stderr);
    put_safe(text ? text : "out of memory");
    fputc('\n', stderr);
    free(text);
    return false;
}

static _Noreturn void end_without_memory(void)
{
    io_message("out of memory");
    exit(2);
}

static void *grow(void *p, size_t n)
{
    p = realloc(p, n > 0 ? n : 1);
    if (!p)
        end_without_memory();
    return p;
}

void *io_allocate(size_t n)
{
    return grow(NULL, n);
}

char *io_format(const char *fmt, ...)
{
    char *text = NULL;
    va_list ap;
    va_start(ap, fmt);
    int n = vasprintf(&text, fmt, ap);
    va_end(ap);
    if (n < 0)
        end_without_memory();
    return text;
}

bool io_read_stdin(char **bytes, size_t *len)
{
    size_t cap = 65536;
    *len = 0;
    *bytes = io_allocate(cap);
    for (;;) {
        if (*len == cap)
            *bytes = grow(*bytes, cap *= 2);
        ssize_t n = read(STDIN_FILENO, *bytes + *len, cap - *len);
        if (n == 0)
            return true;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return io_message("standard input: %s", strerror(errno));
        *len += (size_t)n;
        if (*len > MAX_INPUT)
            return io_message("standard input: more than 2 GiB");
    }
}

/* 0 or errno. */
static int write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR)
            return errno;
        if (n > 0) {
            bytes += n;
            len -= (size_t)n;
        }
    }
    return 0;
}

bool io_write_stdout(const char *bytes, size_t len)
{
    int err = write_all(STDOUT_FILENO, bytes, len);
    return err == 0 || io_message("standard output: %s", strerror(err));
}

void io_write_stderr(const char *bytes, size_t len)
{
    (void)write_all(STDERR_FILENO, bytes, len);
}
