/* SPDX-License-Identifier: MIT */
/* What a run reads first. */
#ifndef STAGEPP_DRIVER_INPUT_H
#define STAGEPP_DRIVER_INPUT_H

#include "driver/session.h"

/* The template of job, or its Dockerfile; NULL after an error (reported). Of a
 * template it is asked whether another one was meant. */
struct source *input_read(stagepp_session *s, const stagepp_job *job,
                          bool is_template);

#endif
