/* SPDX-License-Identifier: MIT */
/* Where the values of a data file stand in it. Nothing notes that while the
 * file is read: it is read once more when a message asks for the first time. */
#ifndef STAGEPP_EVAL_PLACE_H
#define STAGEPP_EVAL_PLACE_H

#include "eval/value_data.h"

struct value_place {
    size_t off, end;
    struct str path; /* as jq writes it: .["3.4"].url; "." is all of it */
};

struct places;

/* The places of value, which value_data_read has read from text. */
struct places *places_new(struct arena *a, enum data_format format,
                          struct str text, struct value value);
/* The place of v: a string, list or map as it was read, a key, or a part of a
 * string. False if it is none of these. The path is made in work, which is as
 * before. */
bool places_find(const struct places *p, struct value v, struct buf *work,
                 struct value_place *out);

#endif
