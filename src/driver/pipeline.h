/* SPDX-License-Identifier: MIT */
/* The stages of an expansion, in order. */
#ifndef STAGEPP_DRIVER_PIPELINE_H
#define STAGEPP_DRIVER_PIPELINE_H

#include "driver/session.h"

/* Source text to outputs; false after errors (reported). */
bool pipeline_run(stagepp_session *s, struct source *root);
/* Expands what was expanded last once more, into s->replay.eval, and records
 * positions. Diagnostics are the caller's to mute, a jump is its to catch. */
bool pipeline_replay(stagepp_session *s);
/* Only the first half: s->program, linked and judged; false after errors
 * (reported). */
bool pipeline_parse(stagepp_session *s, struct source *root);

#endif
