/* SPDX-License-Identifier: MIT */
/* What the formats for programs share. */
#ifndef STAGEPP_SOURCE_DIAG_PLACE_H
#define STAGEPP_SOURCE_DIAG_PLACE_H

#include "source/diag.h"

/* How people and programs read the severity. */
static inline const char *diag_word(const struct diag *d)
{
    return d->severity == SEVERITY_WARNING ? "warning" : "error";
}

/* The offset behind span. */
static inline uint32_t span_end(struct span span)
{
    uint32_t room = UINT32_MAX - span.off;
    return span.off + (span.len < room ? span.len : room);
}

#endif
