/* SPDX-License-Identifier: MIT */
/* YAML, read by libyaml into the events of base/data.h. A text is one document
 * in UTF-8 (a byte order mark at its start is passed over), or none, which is
 * null. A plain scalar is an int where JSON would have one, true, false or null
 * as the core schema of YAML 1.2 spells them, and else text. */
#ifndef STAGEPP_BASE_YAML_H
#define STAGEPP_BASE_YAML_H

#include "base/arena.h"
#include "base/data.h"

/* Reads a document. False and *err when it is not YAML, nests deeper than
 * LIMIT_JSON, has what we do not take (another tag than those of the core
 * schema, a key that is not a scalar, a second document) or the sink refuses
 * it: then what the sink was told is void. */
bool yaml_read(struct arena *a, struct str text, data_sink *sink, void *ctx,
               struct data_error *err);

#endif
