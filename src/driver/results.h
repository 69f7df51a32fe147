/* SPDX-License-Identifier: MIT */
/* The outputs of a session on their way out. */
#ifndef STAGEPP_DRIVER_RESULTS_H
#define STAGEPP_DRIVER_RESULTS_H

#include "driver/outputs.h"
#include "driver/run.h"

/* The outputs of the last expansion, and where they go. */
struct output_job results_job(stagepp_session *s, const stagepp_target *target);
/* Has job write a file beside the outputs as well, unless path is NULL. */
void results_beside(struct output_job *job, enum output_kind kind,
                    const char *path);
/* Writes one file that is not an output; false after an error (reported). */
bool results_write_file(stagepp_session *s, const char *path, struct str bytes);

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
/* Their names, for a message; of a long list the first ones. */
const char *results_names(stagepp_session *s, const candidates *list);
/* What a main output without a path would be called: the template's name
 * without folder and .in. */
struct str results_usual_name(const stagepp_session *s);
/* True if the main output has a path or is left out; else reports that `option`
 * needs -o. */
bool results_all_named(stagepp_session *s, const stagepp_target *target,
                       const char *option);

#endif
