/* SPDX-License-Identifier: MIT */
/* JSON, read and written. The reader is strict (RFC 8259; one byte order mark
 * at the start is passed over), tells a function of its caller what it finds,
 * and makes nothing of it. The writer sees to commas, quotes and escapes; where
 * a line ends, its caller says. */
#ifndef STAGEPP_BASE_JSON_H
#define STAGEPP_BASE_JSON_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/data.h"

/* --- reading --- */

enum json_rules {
    JSON_STRICT, /* nests as deep as LIMIT_JSON; no half of a surrogate pair */
    /* Go's encoding/json: nests 10,000 deep, half of a surrogate pair becomes
     * U+FFFD, and bytes that are not UTF-8 stay as they are in strings. */
    JSON_AS_GO
};

/* Reads a document. False and *err when it is not JSON, nests too deep or the
 * sink refuses it: then what the sink was told is void. */
bool json_read(struct arena *a, struct str text, enum json_rules rules,
               data_sink *sink, void *ctx, struct data_error *err);

/* Where the characters from `at` on end that stand for themselves in a string:
 * no quote, backslash or control character, and UTF-8. */
size_t json_plain_end(struct str s, size_t at);

/* --- writing --- */

/* {out} is ready. The functions take the key of a member; at the top, in an
 * array and after json_key it is NULL. */
struct json_writer {
    struct buf *out;
    bool comma;    /* before what comes next */
    unsigned line; /* 1 + the blanks of the line that begins there; 0: none */
};

/* One bracket or several: "[{"; a line end may follow what closes: "]\n". */
void json_open(struct json_writer *w, const char *key, const char *brackets);
void json_close(struct json_writer *w, const char *brackets);
/* A key that is only known at run time; its value comes next. */
void json_key(struct json_writer *w, struct str key);
void json_str(struct json_writer *w, const char *key, struct str s);
/* null if s.ptr is NULL. */
void json_str_or_null(struct json_writer *w, const char *key, struct str s);
void json_int(struct json_writer *w, const char *key, long long n);
void json_bool(struct json_writer *w, const char *key, bool yes);
void json_null(struct json_writer *w, const char *key);
/* What comes next begins a line, after so many blanks; not the end of brackets
 * with nothing in them. */
void json_line(struct json_writer *w, unsigned blanks);

/* Adds s as a JSON string with its quotes, and U+FFFD for each byte that is not
 * UTF-8. */
void json_quote(struct buf *b, struct str s);

#endif
