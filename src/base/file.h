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
    FILE_NOT_STORED,  /* made by the system when it is read: /proc, /sys */
    FILE_SWAPPED,     /* the path had no link before, and has one now */
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
/* The same of a path without links and without "..", below the directory that
 * dir is open for; see base/below. */
enum file_status file_read_below(struct arena *a, int dir, const char *path,
                                 struct file_data *out);
/* Identity of what path names, following links; false when it is not there. */
bool file_identify(const char *path, struct file_id *id, bool *regular);
bool file_id_eq(struct file_id a, struct file_id b);
/* Replaces path by bytes: a temporary beside it, then rename; keeps the mode
 * of an existing file, follows a link to its target, writes straight into
 * what is not a regular file (/dev/stdout). 0 or errno; on error path is as
 * it was. */
int file_write(const char *path, struct str bytes);
/* The same of a name in the directory that dir is open for, where only a
 * regular file is replaced and no link followed (ELOOP). The file gets `mode`,
 * if that is not -1. */
int file_write_at(int dir, const char *name, struct str bytes, int mode);
/* Where a chain of links ends; the last name need not exist. */
struct str file_target(struct arena *a, const char *path);
/* What stands at a path that is to be written. */
enum file_state {
    FILE_ABSENT, /* nothing, or no directory for it */
    FILE_OTHER,  /* a regular file with other bytes */
    FILE_SAME,   /* a regular file that holds exactly these bytes */
    FILE_DIR,
    FILE_LINK,   /* where it was not to be followed */
    FILE_SPECIAL /* a device, a FIFO, a socket */
};

struct file_look {
    enum file_state state;
    bool is_link; /* it was followed */
    int err;      /* with FILE_ABSENT: why we do not know; or 0 */
    struct file_id id;
    int mode; /* permission bits; -1 with FILE_ABSENT */
};

/* Looks at path, which starts at the directory that dir is open for; with
 * `follow` at where a link leads. One system call for most paths that do not
 * exist, six for a small file with the same bytes. */
struct file_look file_look(int dir, const char *path, struct str bytes,
                           bool follow);
/* Whether anything stands in the directory path. */
enum file_dir {
    FILE_DIR_FULL, /* or nobody may look */
    FILE_DIR_EMPTY,
    FILE_DIR_MISSING,
    FILE_DIR_NONE /* it is something else */
};

enum file_dir file_dir_look(const char *path);
/* Makes the directories above path. 0 or errno. */
int file_make_parents(const char *path);
/* Absolute path without links; empty, with errno, when it cannot be had. */
struct str file_real(struct arena *a, const char *path);
/* True if a link stands there, wherever it leads. */
bool file_is_link(const char *path);

#endif
