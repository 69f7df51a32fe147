/* SPDX-License-Identifier: MIT */
/* What a file is written to before it takes its name, and what killed runs
 * have left of it: a temporary is locked by the run that writes it, and one
 * that can be locked belongs to nobody. */
#ifndef STAGEPP_BASE_TEMPORARY_H
#define STAGEPP_BASE_TEMPORARY_H

#include "base/str.h"

#include <limits.h>

/* Room for a path that the system takes, with what we add. */
#define TEMPORARY_NAME (PATH_MAX + 64)

/* Opens a new file `.NAME.stagepp-RANDOM` beside path, which starts at the
 * directory that `from` is open for; -1 with errno. Once it is closed, a run
 * elsewhere may remove it. */
int temporary_open(int from, struct str path, char name[TEMPORARY_NAME]);
/* Removes the temporaries in the directory path, from `from` on, that no run
 * holds. What cannot be read or removed stays. */
void temporary_sweep(int from, const char *path);

#endif
