/* SPDX-License-Identifier: MIT */
/* What must hold of the places that the bytes of outputs came from, whatever
 * the template: each byte has one; a literal byte is the one that stands there;
 * the place of a value is an insertion, that of what was added a line that adds
 * something. The links of a chain are calls and includes of what they name, and
 * the place is in the innermost of them. */
#ifndef STAGEPP_POSITIONS_CHECK_H
#define STAGEPP_POSITIONS_CHECK_H

#include <stagepp.h>

/* Looks at each output of the last expansion, says on standard error what is
 * wrong, and gives the number of mistakes. */
unsigned check_outputs(stagepp_session *s);
/* The same for the source map of output i, which is a part of it. */
unsigned check_map(stagepp_session *s, size_t i);

#endif
