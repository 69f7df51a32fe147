/* SPDX-License-Identifier: MIT */
/* Paths below a directory that is open. Each part is opened from the one
 * before, and no link is followed, so that nobody can lead us somewhere else by
 * changing a link meanwhile. */
#ifndef STAGEPP_BASE_BELOW_H
#define STAGEPP_BASE_BELOW_H

#include <stdbool.h>

/* The directory that a path ends in, and the last part of the path. */
struct below {
    int dir;
    const char *name; /* points into the path */
    bool opened;      /* dir is ours to close */
};

/* Opens a directory; unless `follow`, it must not be a link itself. The
 * descriptor, or -1 with errno. */
int below_open_root(const char *path, bool follow);
/* Goes down from `root` to where path ends, a path without ".." and without a
 * "/" at either end. With `make`, directories that are missing are made. 0 or
 * errno; ELOOP: a link is in the way. */
int below_open(struct below *b, int root, const char *path, bool make);
void below_close(const struct below *b);

#endif
