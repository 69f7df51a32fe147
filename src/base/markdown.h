/* SPDX-License-Identifier: MIT */
/* Text in Markdown (CommonMark 0.31). */
#ifndef STAGEPP_BASE_MARKDOWN_H
#define STAGEPP_BASE_MARKDOWN_H

#include "base/buf.h"

/* What was added to out from `from` on becomes a code span. */
void markdown_code(struct buf *out, size_t from);

#endif
