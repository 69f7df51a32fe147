/* SPDX-License-Identifier: MIT */
/* Data files: reading them, what is wrong with them, and what they have to do
 * with what goes wrong later. */
#ifndef STAGEPP_EVAL_DATA_H
#define STAGEPP_EVAL_DATA_H

#include "eval/context.h"

/* YAML if the name of the file ends in .yaml or .yml, else JSON. */
enum data_format data_format(struct str name);
/* The value of a source, which is read once in a run. Without one, false and
 * *report, to which the caller may add notes. */
bool data_read(struct context *cx, struct source *source,
               enum data_format format, struct value *out,
               struct diag **report);
/* Reports what value_data_read says of a source. */
struct diag *data_report(struct diags *d, enum data_format format,
                         struct source *source, const struct data_error *err,
                         const struct trace *chain);

/* Where v was read, and its path in the file as jq writes it (.["3.4"].url);
 * false unless v is a string, list or map of a data file and as it was read, or
 * a part of such a string. */
bool data_place(struct context *cx, struct value v, struct span *where,
                struct str *path);
/* Where the key is in a map that was read. */
bool data_place_key(struct context *cx, struct value map, struct str key,
                    struct span *where, struct str *path);
/* Adds a note of that to a report, which may be NULL; false if there is none.
 */
bool data_note_key(struct context *cx, struct diag *report, struct value map,
                   struct str key);
/* Adds a note of where v was read to a report, which may be NULL; false if
 * there is none.
 */
bool data_note(struct context *cx, struct diag *report, struct value v);
/* As context_error, of something that is wrong with v, which gets a note. */
bool data_complain(struct context *cx, enum diag_id id, struct loc loc,
                   struct value v, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The same of two values that do not go together. */
bool data_complain_both(struct context *cx, enum diag_id id, struct loc loc,
                        struct value x, struct value y, const char *fmt, ...)
    __attribute__((format(printf, 6, 7)));

#endif
