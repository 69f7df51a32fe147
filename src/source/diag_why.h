/* SPDX-License-Identifier: MIT */
/* What the reference says of a diagnostic. */
#ifndef STAGEPP_SOURCE_DIAG_WHY_H
#define STAGEPP_SOURCE_DIAG_WHY_H

#include "source/diag.h"

/* What it means, and an example; empty if the reference has nothing on it. */
struct str diag_why(enum diag_id id);

#endif
