/* SPDX-License-Identifier: MIT */
/* The three standard streams, and the memory of the command. */
#ifndef STAGEPP_CLI_IO_H
#define STAGEPP_CLI_IO_H

#include <stdbool.h>
#include <stddef.h>

/* Makes sure that a file which is opened later never gets the number of a
 * standard stream that is closed, and that a broken pipe is an error. */
void io_prepare(void);
/* Prints "stagepp: …" on standard error; false, for those who give up. */
bool io_message(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Never NULL: without memory it says so and ends the process with status 2. */
void *io_allocate(size_t n);
/* printf into a new string; never NULL. */
char *io_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* All of standard input, allocated. False after an error (said). */
bool io_read_stdin(char **bytes, size_t *len);
/* Writes to standard output. False after an error (said). */
bool io_write_stdout(const char *bytes, size_t len);
/* Writes to standard error what it can. */
void io_write_stderr(const char *bytes, size_t len);

#endif
