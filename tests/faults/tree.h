/* SPDX-License-Identifier: MIT */
/* Folders in which tests of faults work. A failure here ends the test. */
#ifndef STAGEPP_TESTS_TREE_H
#define STAGEPP_TESTS_TREE_H

#include <stdbool.h>
#include <stddef.h>

/* Makes an empty folder in $TMPDIR, or on a file system in memory, or in /tmp,
 * and goes there. */
void tree_enter(void);
/* Leaves and removes it. */
void tree_leave(void);
/* The folder. */
const char *tree_path(void);
/* Removes path and everything below it; it need not exist. */
void tree_remove(const char *path);
void tree_write(const char *path, const char *text);
/* The bytes of a file, followed by a NUL, which the caller frees; NULL if there
 * is no such file. */
char *tree_read(const char *path, size_t *len);
/* True if path contains exactly text. */
bool tree_holds(const char *path, const char *text);
/* The number of stagepp's temporaries below path. */
unsigned tree_temporaries(const char *path);
/* The number of open descriptors. */
unsigned tree_descriptors(void);

#endif
