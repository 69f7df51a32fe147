/* SPDX-License-Identifier: MIT */
/* Folders that tests of faults work in. What fails here ends the test. */
#ifndef STAGEPP_TESTS_TREE_H
#define STAGEPP_TESTS_TREE_H

#include <stdbool.h>
#include <stddef.h>

/* Makes an empty folder below $TMPDIR, or where there is no disk to wait for,
 * or in /tmp, and goes there. */
void tree_enter(void);
/* Leaves and removes it. */
void tree_leave(void);
/* The folder. */
const char *tree_path(void);
/* Removes all below path, and path itself; nothing there is fine. */
void tree_remove(const char *path);
void tree_write(const char *path, const char *text);
/* The bytes of a file, to be freed, with a NUL behind them; NULL if it is not
 * there. */
char *tree_read(const char *path, size_t *len);
/* True if path holds text and nothing else. */
bool tree_holds(const char *path, const char *text);
/* How many temporaries of stagepp lie below path. */
unsigned tree_temporaries(const char *path);
/* How many descriptors are open. */
unsigned tree_descriptors(void);

#endif
