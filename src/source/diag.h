/* SPDX-License-Identifier: MIT */
/* Collects what is wrong, to be sorted, de-duplicated and printed at the end.
 * The function that detects a mistake reports it here and returns false;
 * nothing is printed in between. */
#ifndef STAGEPP_SOURCE_DIAG_H
#define STAGEPP_SOURCE_DIAG_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "source/source.h"
#include "source/trace.h"

enum severity {
    SEVERITY_IGNORED,
    SEVERITY_WARNING,
    SEVERITY_ERROR,  /* in the input: exit status 1 */
    SEVERITY_FAILURE /* wrong usage, unreadable or unwritable file: 2 */
};

enum diag_id {
#define X(id, severity, name, text) DIAG_##id,
#include "source/diag_list.h"
#undef X
    DIAG_COUNT
};

struct diag_note {
    struct span span; /* span.source NULL: text only */
    struct str message;
};

struct diag {
    enum diag_id id;
    enum severity severity;
    struct span span;
    struct str message;
    VEC(struct diag_note) notes; /* the caller's own, then the call chain */
    uint32_t own;                /* notes before those of the chain */
    uint32_t order;
};

/* Called for each error that is kept, with ctx: says what is special about the
 * moment, by diag_note_last. */
typedef void diag_moment(void *ctx, struct diag *d);
/* True if what is found at `at` may follow from a mistake that was reported
 * before the run. */
typedef bool diag_doubt(void *ctx, struct span at);

struct diags {
    struct arena *arena;
    struct fault *fault;
    VEC(struct diag *) list;
    uint32_t errors;  /* errors and failures kept */
    uint32_t settled; /* of list, sorted: what was found before the run */
    struct map *seen; /* what was reported, for duplicates */
    /* Of the call under way, duplicates included: */
    uint32_t reported; /* errors, against LIMIT_ERRORS */
    enum severity worst;
    /* Of the session: */
    uint8_t severity[DIAG_COUNT]; /* enum severity, after -W options */
    bool muted;                   /* a trial run: nothing is kept or counted */
    diag_moment *moment;          /* NULL: nobody has something to say */
    diag_doubt *doubt;            /* NULL: everything is said */
    void *ctx;                    /* of both */
};

void diag_init(struct diags *d, struct arena *a, struct fault *fault);
/* Applies one -W option without its "-W": "error", "error=NAME", "NAME",
 * "no-NAME", "no-error", "no-error=NAME", "all"; false when NAME is unknown. */
bool diag_set(struct diags *d, struct str option);
/* Adds why diag_set refused option, and what can stand there instead. */
void diag_explain(struct buf *out, struct str option);
/* Forgets everything reported; the -W settings stay. */
void diag_clear(struct diags *d);
/* A call begins: what it reports is counted anew, from `worst` on. */
void diag_begin(struct diags *d, enum severity worst);
/* A run begins, and ends. In between nothing is reported that only follows from
 * what was found before: where an error stands already, or where doubt (unless
 * NULL) says so. */
void diag_run_begins(struct diags *d, diag_moment *moment, diag_doubt *doubt,
                     void *ctx);
void diag_run_ends(struct diags *d);
/* True if a report at span would only follow from another one. */
bool diag_follows(const struct diags *d, struct span span);
/* Reports. The message is the catalogue's text followed by the formatted
 * specifics (fmt may be NULL). The chain gives one note a link, at most 20.
 * Returns the diagnostic for further notes, or NULL when it is ignored, a
 * duplicate, or muted. Raises LIMIT_STOP after LIMIT_ERRORS errors. */
struct diag *diag_report(struct diags *d, enum diag_id id, struct span span,
                         const struct trace *chain, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* Reports what is not about a text; false. */
#define diag_refuse(d, id, ...) \
    (diag_report((d), (id), source_nowhere, NULL, __VA_ARGS__), false)
/* The same with a severity of the caller's, and specifics that are text. */
struct diag *diag_report_as(struct diags *d, enum diag_id id,
                            enum severity severity, struct span span,
                            const struct trace *chain, struct str message);
/* Adds a note before those of the chain; d may be NULL (nothing happens). */
void diag_note(struct diags *all, struct diag *d, struct span span,
               const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Adds a note without a place after those of the chain. */
void diag_note_last(struct diags *all, struct diag *d, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Makes an error of a warning that was reported, which counts as one in each
 * call. */
void diag_raise(struct diags *d, struct diag *diag);
/* True if id is reported at all. */
bool diag_enabled(const struct diags *d, enum diag_id id);
/* What it is by nature, whatever -W says. */
enum severity diag_severity(enum diag_id id);
/* True if id is an error by nature, whatever -W says. */
bool diag_is_error(enum diag_id id);
/* Sorts by source, position and order of reporting. */
void diag_sort(struct diags *d);
/* What a note says of a link of a chain. */
struct str diag_link_message(struct arena *a, const struct trace *t);
const char *diag_name(enum diag_id id);
/* The one of that name; DIAG_COUNT if there is none. */
enum diag_id diag_find(struct str name);
/* "warning" or "error", as people and programs read the severity. */
const char *diag_word(const struct diag *d);

#endif
