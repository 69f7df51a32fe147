/* SPDX-License-Identifier: MIT */
/* The check: which outputs are Dockerfiles, and what is wrong with them. */
#ifndef STAGEPP_DRIVER_LINT_H
#define STAGEPP_DRIVER_LINT_H

#include "driver/run.h"

/* Checks the outputs of the last expansion: with `judge` those that the job
 * wants checked. All that are Dockerfiles are kept in r->verdict, if the end of
 * the run needs them; a main output without a path counts as one then. What the
 * builder would refuse is an error and is not kept. False after errors
 * (reported). */
bool lint_outputs(stagepp_session *s, struct run *r, bool judge);

#endif
