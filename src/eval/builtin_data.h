/* SPDX-License-Identifier: MIT */
/* JSON text into values, for data(), --data and -D. */
#ifndef STAGEPP_EVAL_BUILTIN_DATA_H
#define STAGEPP_EVAL_BUILTIN_DATA_H

#include "base/json.h"
#include "eval/value.h"

/* The value of a JSON document, in arena a and, as slices, in text; false and
 * *err when text is not JSON. */
bool data_from_json(struct arena *a, struct str text, struct value *out,
                    struct json_error *err);

#endif
