/* SPDX-License-Identifier: MIT */
/* Where text came from. A position is {source, offset, length}; line and
 * column are computed only when somebody wants to read them. */
#ifndef STAGEPP_SOURCE_SOURCE_H
#define STAGEPP_SOURCE_SOURCE_H

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"

enum source_kind {
    SOURCE_FILE,     /* read from the file system or the loader */
    SOURCE_BUFFER,   /* standard input, or bytes of the API's caller */
    SOURCE_COMPILED, /* the standard library */
    SOURCE_OPTION,   /* the command line: -D, --limit */
    SOURCE_OUTPUT,   /* expanded text, for the Dockerfile model */
    SOURCE_STREAM    /* the same, when it goes to no file */
};

struct source {
    struct str name; /* as given, and as diagnostics show it */
    struct str text;
    enum source_kind kind;
    uint32_t order;    /* of registration; UINT32_MAX: not registered */
    uint32_t turn;     /* of first use in the run, from 1; 0: not looked up */
    bool is_dep;       /* a file on disk that make should know */
    struct file_id id; /* SOURCE_FILE read from the file system */
    bool has_id;
    struct arena *arena; /* that it lives in; the line table too */
    uint32_t *lines;     /* offset of each line, made on first use */
    uint32_t nlines;
};

struct span {
    struct source *source; /* NULL: no position (a message on its own) */
    uint32_t off, len;
};

/* The position of what is not about a text: a span without a source. */
extern const struct span source_nowhere;

struct source *source_new(struct arena *a, enum source_kind kind,
                          struct str name, struct str text, uint32_t order);
/* Line and column (code points) from 1 of an offset. A BOM at the start of
 * the text has no column. */
void source_locate(struct source *s, uint32_t off, uint32_t *line,
                   uint32_t *col);
/* The line alone. */
uint32_t source_line_of(struct source *s, uint32_t off);
/* Text of a line (from 1), without its line end. */
struct str source_line(struct source *s, uint32_t line);
/* Offset of the first byte of a line (from 1). */
uint32_t source_line_start(struct source *s, uint32_t line);
struct str source_span_text(struct span s);
/* The offset after the last byte of s. */
uint32_t source_span_end(struct span s);

#endif
