/* SPDX-License-Identifier: MIT */
/* The outputs of a session on their way out. */
#ifndef STAGEPP_DRIVER_RESULTS_H
#define STAGEPP_DRIVER_RESULTS_H

#include "driver/outputs.h"
#include "driver/session.h"

/* The outputs of the last expansion, in the order of stagepp_get_output, and
 * what is wanted of them. */
struct output_job results_job(stagepp_session *s, const stagepp_target *target);

/* An output that can be asked for. */
struct candidate {
    size_t index;       /* as in stagepp_get_output */
    struct str name;    /* where it is written; "-" for standard output */
    struct str written; /* as the template has it */
};

typedef VEC(struct candidate) candidates;

/* Adds the outputs that target chooses, and the main one if that has no path
 * and nothing leaves it out; false after an error (reported). */
bool results_candidates(stagepp_session *s, const stagepp_target *target,
                        candidates *list);
/* Their names, for a message; of many the first ones. */
struct str candidate_names(stagepp_session *s, const candidates *list);

#endif
