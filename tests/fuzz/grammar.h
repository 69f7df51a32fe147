/* SPDX-License-Identifier: MIT */
/* Changes templates and expressions by their structure: inserts, removes, moves
 * and wraps whole lines, blocks, directives and expressions, since changing
 * bytes would seldom give anything that is still a template. Half of the time
 * bytes are changed all the same. The result depends only on the seed. */
#ifndef STAGEPP_FUZZ_GRAMMAR_H
#define STAGEPP_FUZZ_GRAMMAR_H

#include "fuzz.h"

/* As LLVMFuzzerCustomMutator. parts: further files and parameters may be added
 * to the template, as fuzz_session.c reads them. */
size_t grammar_mutate(uint8_t *data, size_t size, size_t max, unsigned seed,
                      bool parts);
size_t grammar_mutate_expression(uint8_t *data, size_t size, size_t max,
                                 unsigned seed);
/* As LLVMFuzzerCustomCrossOver: a line or block of one goes into the other. */
size_t grammar_cross(struct str into, struct str from, uint8_t *out, size_t max,
                     unsigned seed);

#endif
