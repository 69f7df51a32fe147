/* SPDX-License-Identifier: MIT */
/* JSON, and the only file that includes json-c. Strict RFC 8259 (one BOM at the
 * start is skipped); keys keep their order, the last of equal keys wins. A
 * number that is no int64 arrives as its text. */
#ifndef STAGEPP_BASE_JSON_H
#define STAGEPP_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"

#include <stdint.h>

/* Receives a document, depth first. Strings live only during the call. */
struct json_events {
    void (*null_value)(void *ctx);
    void (*bool_value)(void *ctx, bool value);
    void (*int_value)(void *ctx, int64_t value);
    void (*str_value)(void *ctx, struct str value);
    /* n members follow, or (0) nobody knows how many. */
    void (*begin)(void *ctx, bool is_map, size_t n);
    void (*key)(void *ctx, struct str key); /* before each member */
    void (*end)(void *ctx, bool is_map);
};

struct json_error {
    size_t offset;
    char message[160];
};

/* Parses text and sends its events; false and *err when it is not JSON or
 * nests deeper than LIMIT_JSON: then what was sent until there is void. Events
 * may jump. */
bool json_parse(struct arena *a, struct str text, const struct json_events *ev,
                void *ctx, struct json_error *err);
/* Adds s as a JSON string, quotes included, without "\/"; false (and nothing
 * added) when s is not UTF-8. */
bool json_quote(struct buf *b, struct str s);
/* The same, with U+FFFD for each byte that is not UTF-8. */
void json_quote_repaired(struct buf *b, struct str s);

#endif
