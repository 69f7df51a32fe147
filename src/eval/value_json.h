/* SPDX-License-Identifier: MIT */
/* Values as JSON. */
#ifndef STAGEPP_EVAL_VALUE_JSON_H
#define STAGEPP_EVAL_VALUE_JSON_H

#include "eval/value.h"

/* Appends v as JSON, as json() writes it; false when a string is not UTF-8. */
bool value_json(struct buf *b, struct value v);
/* The same of at most its first bytes, without a limit of the nesting and in
 * the time that these take. *all: there are no more. */
bool value_json_start(struct buf *b, struct value v, size_t most, bool *all);

#endif
