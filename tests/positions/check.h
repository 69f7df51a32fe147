/* SPDX-License-Identifier: MIT */
/* What must hold for the places that bytes of outputs came from, whatever the
 * template: each byte has a place; a literal byte is the one at its place; the
 * place of a value is an insertion; the place of an added byte is a line that
 * adds something. The links of a chain are calls and includes of what they
 * name, and the place is in the innermost of them. */
#ifndef STAGEPP_POSITIONS_CHECK_H
#define STAGEPP_POSITIONS_CHECK_H

#include <stagepp.h>

/* Checks each output of the last expansion, prints on standard error what is
 * wrong, and returns the number of mistakes. */
unsigned check_outputs(stagepp_session *s);
/* The same for the source map of output i, which is a part of it. */
unsigned check_map(stagepp_session *s, size_t i);

#endif
