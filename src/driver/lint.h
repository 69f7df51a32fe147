/* SPDX-License-Identifier: MIT */
/* The check: which outputs are Dockerfiles, and what is wrong with them. */
#ifndef STAGEPP_DRIVER_LINT_H
#define STAGEPP_DRIVER_LINT_H

#include "driver/run.h"

/* Checks the outputs of the last expansion. With `judge` warnings count, for
 * the outputs that the job wants checked; without, only what the builder would
 * refuse, for all that are Dockerfiles, and a main output without a path counts
 * as one. Dockerfiles are kept in r->verdict if the end of the run needs them.
 * False after errors (reported). */
bool lint_outputs(stagepp_session *s, struct run *r, bool judge);

#endif
