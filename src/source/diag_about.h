/* SPDX-License-Identifier: MIT */
/* What a diagnostic is about in general: for reports that explain it once,
 * whatever the message of the single case says. */
#ifndef STAGEPP_SOURCE_DIAG_ABOUT_H
#define STAGEPP_SOURCE_DIAG_ABOUT_H

#include "source/diag.h"

struct diag_about {
    const char *text; /* one sentence */
    const char *more; /* further sentences; NULL: none */
    const char *page; /* on the web; NULL: none */
};

const struct diag_about *diag_about(enum diag_id id);

#endif
