/* SPDX-License-Identifier: MIT */
/* Values as JSON. */
#ifndef STAGEPP_EVAL_VALUE_JSON_H
#define STAGEPP_EVAL_VALUE_JSON_H

#include "eval/value.h"

/* Appends v as JSON, as json() writes it; false when a string is not UTF-8. */
bool value_json(struct buf *b, struct value v);

#endif
