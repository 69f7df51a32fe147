/* SPDX-License-Identifier: MIT */
/* Diagnostics as SARIF 2.1.0, the format of OASIS that code scanning services
 * and editors read. */
#ifndef STAGEPP_SOURCE_DIAG_SARIF_H
#define STAGEPP_SOURCE_DIAG_SARIF_H

#include "base/buf.h"
#include "source/diag.h"

/* A log of one run of stagepp of that version ("0.1.0"); it is complete without
 * diagnostics, too, so that a reader learns that all is well. */
void diag_sarif_print(struct buf *out, struct diags *d, const char *version);

#endif
