/* SPDX-License-Identifier: MIT */
/* Parts of a template as they were written, for messages and lists. */
#ifndef STAGEPP_LANG_WRITTEN_H
#define STAGEPP_LANG_WRITTEN_H

#include "base/arena.h"

/* An expression or a type in one line: without comments, with one blank for
 * each row of blanks and line ends, and with strings as they are. */
struct str written_line(struct arena *a, struct str text);

#endif
