/* SPDX-License-Identifier: MIT */
/* stagepp.lock: which libraries and included files a template has used, and
 * what was in them. */
#ifndef STAGEPP_DRIVER_LOCK_H
#define STAGEPP_DRIVER_LOCK_H

#include <stagepp.h>
#include <stdbool.h>

/* Compares what the last expansion has used with the lock file at path; false
 * if something differs, or after other errors (reported). */
bool lock_check(stagepp_session *s, const char *path);

#endif
