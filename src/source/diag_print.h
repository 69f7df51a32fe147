/* SPDX-License-Identifier: MIT */
/* Diagnostics as people and programs read them. */
#ifndef STAGEPP_SOURCE_DIAG_PRINT_H
#define STAGEPP_SOURCE_DIAG_PRINT_H

#include "base/buf.h"
#include "source/diag.h"

/* "file:line:col: error: message [name]", the line, the underline, notes;
 * colour adds terminal escapes. Bytes of the input that could steer a terminal
 * are shown as "?" or "\x1b"; long lines are cut around the underline. */
void diag_print_text(struct buf *out, struct diags *d, bool colour);
/* One JSON array of {file, line, column, endLine, endColumn, severity, id,
 * message, notes}. */
void diag_print_json(struct buf *out, struct diags *d);

/* Something that looks like a diagnostic: "file:line:col: ", the text, and
 * (excerpt) the line of the span with its underline. */
void diag_print_place(struct buf *out, struct span span, struct str text,
                      bool excerpt);
/* A line of any text, with its number, as an excerpt shows it. */
void diag_print_line(struct buf *out, struct str line, uint32_t number);

#endif
