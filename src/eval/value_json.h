/* SPDX-License-Identifier: MIT */
/* JSON into values, for data(), --data and -D; and values as JSON. */
#ifndef STAGEPP_EVAL_VALUE_JSON_H
#define STAGEPP_EVAL_VALUE_JSON_H

#include "base/json.h"
#include "eval/value.h"

/* The value of a JSON document, in arena a and, as slices, in text; false and
 * *err when text is not JSON. */
bool value_json_read(struct arena *a, struct str text, struct value *out,
                     struct json_error *err);
/* Appends v as JSON, as json() writes it; false when a string is not UTF-8. */
bool value_json(struct buf *b, struct value v);

#endif
