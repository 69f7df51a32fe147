/* SPDX-License-Identifier: MIT */
/* Variables that nothing reads. */
#ifndef STAGEPP_LANG_JUDGE_UNREAD_H
#define STAGEPP_LANG_JUDGE_UNREAD_H

#include "lang/judge_table.h"

/* Warns of what file binds or sets, and nothing reads afterwards. `whole`: no
 * other file sees its variables, as those of a template. */
void judge_unread(const struct judge_table *t, const struct file *file,
                  bool whole);

#endif
