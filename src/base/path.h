/* SPDX-License-Identifier: MIT */
/* Paths as text: nothing here asks the file system. */
#ifndef STAGEPP_BASE_PATH_H
#define STAGEPP_BASE_PATH_H

#include "base/arena.h"
#include "base/str.h"

/* "a/b" of "a/b/c", "" of "c", "/" of "/c". */
struct str path_dir(struct str p);
/* "c" of "a/b/c" and of "c". Trailing slashes do not count. */
struct str path_base(struct str p);
bool path_is_absolute(struct str p);
/* True for "./x" and "../x". */
bool path_is_dotted(struct str p);
/* dir + "/" + p; p alone if it is absolute or dir is "". */
struct str path_join(struct arena *a, struct str dir, struct str p);
/* Without ".", empty parts and "x/..", as text; "." for an empty result. A
 * leading ".." stays. */
struct str path_normalise(struct arena *a, struct str p);
/* What is left of path below dir, both normalised; "" for dir itself, ptr NULL
 * when it is not below. Nothing is below "". */
struct str path_below(struct str path, struct str dir);
/* True if normalised p is relative and does not begin with "..". */
bool path_stays_inside(struct arena *a, struct str p);

#endif
