/* SPDX-License-Identifier: MIT */
/* JSON and YAML into values, for data(), --data and -D. */
#ifndef STAGEPP_EVAL_VALUE_DATA_H
#define STAGEPP_EVAL_VALUE_DATA_H

#include "base/data.h"
#include "eval/value.h"

/* A reader that tells `sink` of a document. */
bool value_data_events(struct arena *a, enum data_format format,
                       struct str text, data_sink *sink, void *ctx,
                       struct data_error *err);
/* The value of a document, in arena a and, as slices, in text: a value that
 * stands there several times, by aliases, is shared. False and *err when text
 * is not of the format, or a key stands twice in a map. */
bool value_data_read(struct arena *a, enum data_format format, struct str text,
                     struct value *out, struct data_error *err);

#endif
