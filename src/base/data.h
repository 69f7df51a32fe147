/* SPDX-License-Identifier: MIT */
/* What a reader of data, be it JSON or YAML, tells of a document, piece by
 * piece. It makes nothing of it: its caller does. */
#ifndef STAGEPP_BASE_DATA_H
#define STAGEPP_BASE_DATA_H

#include "base/str.h"

enum data_format {
    DATA_JSON,
    DATA_YAML
};

enum data_kind {
    DATA_NULL,
    DATA_FALSE,
    DATA_TRUE,
    DATA_NUMBER, /* as it is written */
    DATA_STRING,
    DATA_LIST, /* begins */
    DATA_MAP,  /* begins */
    DATA_KEY,  /* comes before each member of a map */
    DATA_END,  /* of the list or map that began last */
    /* Only in YAML: */
    DATA_MERGE,  /* instead of a key: what comes next is merged into the map */
    DATA_ANCHOR, /* names what comes next */
    DATA_ALIAS   /* stands for what has the name */
};

struct data_event {
    enum data_kind kind;
    /* Of a number, string or key: a slice of the document, or in the arena. Of
     * an anchor or alias its name, which goes after the call. */
    struct str text;
    size_t off, end; /* its place; of a list or map the opening bracket */
};

struct data_error {
    size_t offset;
    char message[160];
    /* What else is to be seen, and where; "" if there is nothing. */
    char note[80];
    size_t note_offset;
};

/* False ends the reading: the sink has filled in the reader's error. It may
 * jump. */
typedef bool data_sink(void *ctx, const struct data_event *event);

#endif
