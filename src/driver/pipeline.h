/* SPDX-License-Identifier: MIT */
/* The stages of a run, in order. */
#ifndef STAGEPP_DRIVER_PIPELINE_H
#define STAGEPP_DRIVER_PIPELINE_H

#include "driver/run.h"

/* Does r->job, up to the last stage that its goal needs, and leaves the answer
 * in r. False after mistakes (reported). */
bool pipeline_run(stagepp_session *s, struct run *r);

#endif
