/* SPDX-License-Identifier: MIT */
/* Text that is almost a call or a directive. */
#ifndef STAGEPP_LANG_JUDGE_TEXT_H
#define STAGEPP_LANG_JUDGE_TEXT_H

#include "lang/judge_table.h"
#include "lang/shape.h"

/* Warns of it in a text of file; shape: where it was asked last. */
void judge_text(const struct judge_table *t, const struct file *file,
                struct shape *shape, const struct node_text *n);

#endif
