/* SPDX-License-Identifier: MIT */
/* From a program to the bytes of its outputs. */
#ifndef STAGEPP_DRIVER_EXPANSION_H
#define STAGEPP_DRIVER_EXPANSION_H

#include "driver/session.h"

/* Expands p into s->expansion, with positions if `record`. False after mistakes
 * (reported). Those of the settings are looked for without a program, too. */
bool expansion_run(stagepp_session *s, struct program *p, bool record);
/* Expands what was expanded last into s->replay.again and records positions.
 * Diagnostics are the caller's to mute, a jump is its to catch. */
bool expansion_repeat(stagepp_session *s);

#endif
