/* SPDX-License-Identifier: MIT */
/* Whether what is found in an output is a mistake of its own, or follows from
 * one that was reported: errors leave gaps, and lines that are text although
 * they were hardly meant so. */
#ifndef STAGEPP_DRIVER_CERTAIN_H
#define STAGEPP_DRIVER_CERTAIN_H

#include "driver/session.h"

/* True if a report on the template says why the builder refuses what came
 * from `at`, or (refused false) why a check does not like it. What the builder
 * refuses makes an error of such a report. */
bool certain_explains(struct diags *all, struct span at, bool refused);

/* True if no gap of the output can be the reason for what was found in the
 * lines of the template from the one of `first` to the one of `last`. */
bool certain_without_gaps(const struct output *o, enum diag_id id,
                          struct span first, struct span last);

#endif
