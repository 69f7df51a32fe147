/* SPDX-License-Identifier: MIT */
/* What must hold for the places of the values of a data file. */
#ifndef STAGEPP_FUZZ_PLACES_H
#define STAGEPP_FUZZ_PLACES_H

#include "world.h"

#include "eval/place.h"

/* v was read from text. Each string, list, map and key in it has a place in the
 * text, where it is found again if the format is JSON. What has been merged in
 * YAML need not have one. */
void places_check(struct world *w, enum data_format format, struct str text,
                  struct value v);

#endif
