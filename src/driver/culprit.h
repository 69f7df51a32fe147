/* SPDX-License-Identifier: MIT */
/* Whose mistake a line of the output is: the call that should not stand where
 * it does, or the call that left a default as it is. */
#ifndef STAGEPP_DRIVER_CULPRIT_H
#define STAGEPP_DRIVER_CULPRIT_H

#include "docker/words.h"
#include "driver/session.h"

/* The outermost call that `inner`, the chain of a part of an instruction, has
 * and the chain of its start has not: it was made inside of the instruction.
 * NULL when there is none. */
const struct trace *culprit_call(const struct trace *inner,
                                 const struct trace *start);

/* A call that does not say what a parameter of its macro is. */
struct culprit_default {
    const struct trace *call;
    name_id param;
};

/* True if value, which the origin inserted, is the default of a parameter of
 * the macros that led there. */
bool culprit_default(stagepp_session *s, const struct origin *o,
                     struct str value, struct culprit_default *out);

/* Adds the names of stages that stage.external() of std/stage tells. */
void culprit_external(stagepp_session *s, struct words *names);

#endif
