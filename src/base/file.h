/* SPDX-License-Identifier: MIT */
/* The file system: whole files in, whole files out. */
#ifndef STAGEPP_BASE_FILE_H
#define STAGEPP_BASE_FILE_H

#include "base/arena.h"

#include <sys/types.h>

enum file_status {
    FILE_OK,
    FILE_MISSING,     /* ENOENT, ENOTDIR */
    FILE_NOT_REGULAR, /* directory, device, FIFO, socket */
    FILE_TOO_BIG,     /* over LIMIT_INPUT */
    FILE_ERROR        /* see err */
};

struct file_id {
    dev_t dev;
    ino_t ino;
};

struct file_data {
    struct str bytes; /* in the arena; a NUL follows them */
    struct file_id id;
    int err; /* errno with FILE_ERROR */
};

/* Reads the regular file path (never blocks on a FIFO). */
enum file_status file_read(struct arena *a, const char *path,
                           struct file_data *out);
/* Reads fd to its end (standard input, /dev/stdin). */
enum file_status file_read_fd(struct arena *a, int fd, struct file_data *out);
/* Identity of what path names, following links; false when it is not there. */
bool file_identify(const char *path, struct file_id *id, bool *regular);
bool file_id_eq(struct file_id a, struct file_id b);
/* Replaces path by bytes: a temporary beside it, then rename; keeps the mode
 * of an existing file, follows a link to its target, writes straight into
 * what is not a regular file (/dev/stdout). 0 or errno; on error path is as
 * it was. */
int file_write(struct arena *a, const char *path, struct str bytes);
/* Where a chain of links ends; the last name need not exist. */
struct str file_target(struct arena *a, const char *path);
/* True if path is a regular file that holds exactly these bytes. */
bool file_has(const char *path, struct str bytes);
/* Makes the directories above path. 0 or errno. */
int file_make_parents(struct arena *a, const char *path);
/* Writes all bytes to fd. 0 or errno. */
int file_write_fd(int fd, struct str bytes);
/* Absolute path without links; empty when it does not exist. */
struct str file_real(struct arena *a, const char *path);

#endif
