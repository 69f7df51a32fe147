/* SPDX-License-Identifier: MIT */
/* Changes templates and expressions by their structure: whole lines, blocks,
 * directives and expressions are put in, taken out, moved and wrapped, where
 * changed bytes alone would seldom give anything that is still a template. The
 * other half of the time bytes are changed all the same. What comes out is
 * decided by the seed. */
#ifndef STAGEPP_FUZZ_GRAMMAR_H
#define STAGEPP_FUZZ_GRAMMAR_H

#include "fuzz.h"

/* As LLVMFuzzerCustomMutator. parts: the template may get further files and
 * parameters behind it, as fuzz_session.c reads them. */
size_t grammar_mutate(uint8_t *data, size_t size, size_t max, unsigned seed,
                      bool parts);
size_t grammar_mutate_expression(uint8_t *data, size_t size, size_t max,
                                 unsigned seed);
/* As LLVMFuzzerCustomCrossOver: a line or block of one goes into the other. */
size_t grammar_cross(struct str into, struct str from, uint8_t *out, size_t max,
                     unsigned seed);

#endif
