/* SPDX-License-Identifier: MIT */
/* Which variables a place of a template sees. */
#ifndef STAGEPP_DRIVER_SIGHT_H
#define STAGEPP_DRIVER_SIGHT_H

#include "driver/session.h"

/* True if any file of the program has a variable of that name. */
bool sight_anywhere(stagepp_session *s, struct str name);
/* True if text that stands at `at`, reached through chain, could be @{name}. */
bool sight_at(stagepp_session *s, struct span at, const struct trace *chain,
              struct str name);

#endif
