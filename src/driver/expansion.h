/* SPDX-License-Identifier: MIT */
/* From a program to the bytes of its outputs. */
#ifndef STAGEPP_DRIVER_EXPANSION_H
#define STAGEPP_DRIVER_EXPANSION_H

#include "driver/session.h"

/* Expands p into s->expansion, and records positions if `record`; of the @file
 * blocks those whose path matches the glob `only`, or (NULL) all. False after
 * mistakes (reported). p may be NULL after mistakes in the template: then only
 * the settings are checked. */
bool expansion_run(stagepp_session *s, struct program *p, bool record,
                   const char *only);
/* Expands the last program again, into s->replay.again, and records positions.
 * The caller mutes diagnostics and catches a jump. */
bool expansion_repeat(stagepp_session *s);
/* What is known of values and types without a run. */
struct eval *expansion_judging(stagepp_session *s);
/* For struct judge; session: a stagepp_session. */
bool expansion_judge(void *session, const struct judge_binding *b, bool report);

#endif
