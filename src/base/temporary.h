/* SPDX-License-Identifier: MIT */
/* A file is written to a temporary, which then takes its name. The run that
 * writes it holds a lock on it, so a temporary that can be locked was left by a
 * killed run. */
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
