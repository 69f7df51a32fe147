/* SPDX-License-Identifier: MIT */
/* Values that do not get where they were meant to go. */
#ifndef STAGEPP_LANG_JUDGE_LOST_H
#define STAGEPP_LANG_JUDGE_LOST_H

#include "lang/judge_table.h"

/* Warns of what file loses. */
void judge_lost(const struct judge_table *t, const struct file *file);

#endif
