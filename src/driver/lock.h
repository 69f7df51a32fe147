/* SPDX-License-Identifier: MIT */
/* stagepp.lock: which libraries and included files a template has used, and
 * what was in them. */
#ifndef STAGEPP_DRIVER_LOCK_H
#define STAGEPP_DRIVER_LOCK_H

#include "driver/session.h"

struct lock_entry {
    struct str file;          /* below the -I directory, or as it was given */
    struct str name, version; /* of its @library; empty without */
    struct str sha256;        /* in lower-case hexadecimal */
};

typedef VEC(struct lock_entry) lock_list;

/* The files that the last expansion has imported and included, and those it
 * has read out of -I directories. */
void lock_here(stagepp_session *s, lock_list *list);
/* What a lock file says; false after an error (reported). */
bool lock_parse(stagepp_session *s, struct source *lock, lock_list *list);
/* Adds the text of a lock file with the entries of both lists, but of `old`
 * only those of files that are not in `list`. */
void lock_print(struct buf *out, struct arena *a, const lock_list *list,
                const lock_list *old);

#endif
