/* SPDX-License-Identifier: MIT */
/* JSON, read and written. The reader is strict (RFC 8259; one byte order mark
 * at the start is passed over), tells a function of its caller what it finds,
 * and makes nothing of it. */
#ifndef STAGEPP_BASE_JSON_H
#define STAGEPP_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"

/* --- reading --- */

enum json_event {
    JSON_NULL,
    JSON_FALSE,
    JSON_TRUE,
    JSON_NUMBER, /* as it is written */
    JSON_STRING,
    JSON_ARRAY,  /* begins */
    JSON_OBJECT, /* begins */
    JSON_KEY,    /* comes before each member of an object */
    JSON_END     /* of the array or object that began last */
};

/* text is that of a number, string or key: a slice of the document, or in the
 * arena if it had escapes. May jump. */
typedef void json_sink(void *ctx, enum json_event event, struct str text);

enum json_rules {
    JSON_STRICT, /* nests as deep as LIMIT_JSON; no half of a surrogate pair */
    /* Go's encoding/json: nests 10,000 deep, half of a surrogate pair becomes
     * U+FFFD, and bytes that are not UTF-8 stay as they are in strings. */
    JSON_AS_GO
};

struct json_error {
    size_t offset;
    char message[160];
};

/* Reads a document. False and *err when it is not JSON or nests too deep: then
 * what the sink was told is void. */
bool json_read(struct arena *a, struct str text, enum json_rules rules,
               json_sink *sink, void *ctx, struct json_error *err);

/* --- writing --- */

/* Adds s as a JSON string, quotes included, without "\/"; false (and nothing
 * added) when s is not UTF-8. */
bool json_quote(struct buf *b, struct str s);
/* The same, with U+FFFD for each byte that is not UTF-8. */
void json_quote_repaired(struct buf *b, struct str s);

#endif
