/* SPDX-License-Identifier: MIT */
/* In: mistakes, as they are met; out: a list of them without duplicates, to
 * be sorted and printed at the end. A mistake in a macro shows up at every
 * call and in every variant, so what was said once about a place is not said
 * again: the key of a diagnostic is its id, its span and its message. */
#include "source/diag.h"

#include "base/map.h"
#include "base/near.h"

#include <stdarg.h>
#include <string.h>

/* Notes of a call chain: a runaway recursion is as deep as LIMIT_DEPTH, and
 * its two ends tell the story. */
#define CHAIN_NOTES 20

struct entry {
    const char *name;
    struct str text;
    enum severity severity;
};

static const struct entry catalogue[DIAG_COUNT] = {
#define X(id, severity, name, text) {name, STR_INIT(text), SEVERITY_##severity},
#include "source/diag_list.h"
#undef X
};

void diag_init(struct diags *d, struct arena *a, struct fault *fault)
{
    *d = (struct diags){.arena = a, .fault = fault};
    for (int id = 0; id < DIAG_COUNT; id++)
        d->severity[id] = (uint8_t)catalogue[id].severity;
}

void diag_clear(struct diags *d)
{
    /* Nothing of the old list is used again: its arena may be rewound. */
    d->list.at = NULL;
    d->list.n = d->list.cap = 0;
    d->seen = NULL;
    d->errors = 0;
    diag_begin(d, SEVERITY_IGNORED);
}

void diag_begin(struct diags *d, enum severity worst)
{
    d->worst = worst;
    d->reported = 0;
    diag_run_ends(d);
}

const char *diag_name(enum diag_id id)
{
    return catalogue[id].name;
}

const char *diag_word(const struct diag *d)
{
    return d->severity == SEVERITY_WARNING ? "warning" : "error";
}

bool diag_enabled(const struct diags *d, enum diag_id id)
{
    return !d->muted && d->severity[id] != SEVERITY_IGNORED;
}

enum severity diag_severity(enum diag_id id)
{
    return catalogue[id].severity;
}

bool diag_is_error(enum diag_id id)
{
    return catalogue[id].severity >= SEVERITY_ERROR;
}

/* --- -W options; the later one wins --- */

enum diag_id diag_find(struct str name)
{
    int id = 0;
    while (id < DIAG_COUNT && !str_eq(name, str_from(catalogue[id].name)))
        id++;
    return (enum diag_id)id;
}

/* A warning by nature, on by default or not. */
static bool is_optional(int id)
{
    return catalogue[id].severity <= SEVERITY_WARNING;
}

/* Turns every warning that now has severity `from` into `to`; true. */
static bool change_all(struct diags *d, enum severity from, enum severity to)
{
    for (int id = 0; id < DIAG_COUNT; id++) {
        if (is_optional(id) && d->severity[id] == from)
            d->severity[id] = (uint8_t)to;
    }
    return true;
}

/* "NAME" or "error=NAME": never weakens. */
static bool raise_to(struct diags *d, struct str name, enum severity to)
{
    enum diag_id id = diag_find(name);
    if (id == DIAG_COUNT)
        return false;
    if (d->severity[id] < to)
        d->severity[id] = (uint8_t)to;
    return true;
}

/* "no-NAME" or "no-error=NAME": only for what is a warning by nature. */
static bool lower_to(struct diags *d, struct str name, enum severity to)
{
    enum diag_id id = diag_find(name);
    if (id == DIAG_COUNT || !is_optional(id))
        return false;
    if (d->severity[id] > to)
        d->severity[id] = (uint8_t)to;
    return true;
}

/* Cuts prefix off *s if it is there. */
static bool skip(struct str *s, struct str prefix)
{
    if (!str_starts(*s, prefix))
        return false;
    *s = str_from_off(*s, prefix.len);
    return true;
}

bool diag_set(struct diags *d, struct str option)
{
    if (str_eq(option, STR("error")))
        return change_all(d, SEVERITY_WARNING, SEVERITY_ERROR);
    if (str_eq(option, STR("no-error")))
        return change_all(d, SEVERITY_ERROR, SEVERITY_WARNING);
    if (str_eq(option, STR("all")))
        return change_all(d, SEVERITY_IGNORED, SEVERITY_WARNING);
    if (skip(&option, STR("error=")))
        return raise_to(d, option, SEVERITY_ERROR);
    if (skip(&option, STR("no-error=")))
        return lower_to(d, option, SEVERITY_WARNING);
    /* Some names begin with "no-" themselves. */
    if (raise_to(d, option, SEVERITY_WARNING))
        return true;
    return skip(&option, STR("no-")) && lower_to(d, option, SEVERITY_IGNORED);
}

/* The names of all warnings, or the one that is most like word. */
static void add_warnings(struct buf *out, struct str word)
{
    struct near near = near_start(word);
    for (int id = 0; id < DIAG_COUNT; id++)
        if (is_optional(id))
            near_offer(&near, str_from(catalogue[id].name));
    if (near.best.ptr) {
        buf_printf(out, "; did you mean '%s'?", near.best.ptr);
        return;
    }
    for (int id = 0, n = 0; id < DIAG_COUNT; id++)
        if (is_optional(id) && catalogue[id].name[0] >= 'a')
            buf_printf(out, "%s%s", n++ > 0 ? ", " : "; there are ",
                       catalogue[id].name);
    buf_add_cstr(out, ", and the checks of Dockerfiles, such as UndefinedVar");
}

void diag_explain(struct buf *out, struct str option)
{
    skip(&option, STR("no-"));
    skip(&option, STR("error="));
    if (diag_find(option) != DIAG_COUNT) {
        buf_printf(out, "'%.*s' is an error, no warning; it cannot be changed",
                   STR_ARG(option));
        return;
    }
    buf_printf(out, "no warning is called '%.*s'", STR_ARG(option));
    add_warnings(out, option);
}

/* --- reporting --- */

/* prefix followed by the formatted text, NUL-terminated. */
__attribute__((format(printf, 3, 0))) static struct str
format(struct arena *a, struct str prefix, const char *fmt, va_list args)
{
    if (fmt == NULL)
        return prefix;
    struct str rest = arena_vprintf(a, fmt, args);
    return prefix.len ? ARENA_CONCAT(a, prefix, rest) : rest;
}

/* What makes two diagnostics the same, as bytes. Sources that are not
 * registered share one order, and their name tells them apart: what is wrong
 * with an output that is checked twice is reported once. */
static struct str make_key(struct arena *a, enum diag_id id, struct span span,
                           struct str message)
{
    uint32_t head[4] = {(uint32_t)id, span.off, span.len,
                        span.source ? span.source->order : UINT32_MAX};
    struct str name = span.source ? span.source->name : STR("");
    return ARENA_CONCAT(a, (struct str){(const char *)head, sizeof head}, name,
                        STR("\0"), message);
}

/* NULL if the same was reported before. */
static struct diag *keep(struct diags *d, enum diag_id id,
                         enum severity severity, struct span span,
                         struct str message)
{
    bool added;
    map_put(d->seen, d->arena, make_key(d->arena, id, span, message), &added);
    if (!added)
        return NULL;
    struct diag *diag = arena_new(d->arena, struct diag);
    *diag = (struct diag){.id = id,
                          .severity = severity,
                          .span = span,
                          .message = message,
                          .order = d->list.n};
    vec_push(d->arena, &d->list, diag);
    d->errors += diag->severity >= SEVERITY_ERROR;
    return diag;
}

struct str diag_link_message(struct arena *a, const struct trace *t)
{
    switch (t->kind) {
    case TRACE_MACRO:
        return arena_printf(a, "in macro %.*s called here", STR_ARG(t->name));
    case TRACE_FUNCTION:
        return arena_printf(a, "in function %.*s called here",
                            STR_ARG(t->name));
    case TRACE_INCLUDE:
        return arena_printf(a, "in file %.*s included here", STR_ARG(t->name));
    case TRACE_IMPORT:
        return arena_printf(a, "in library %.*s imported here",
                            STR_ARG(t->name));
    case TRACE_TYPE:
        return ARENA_CONCAT(a, STR("asked for the type '"), t->name,
                            STR("' here"));
    case TRACE_BLOCK:
        return STR("it was made from this text in a block");
    case TRACE_DEFER:
        break;
    }
    return STR("in the @defer block here");
}

static void add_link(struct diags *d, struct diag *diag, struct span span,
                     struct str message)
{
    struct diag_note note = {span, message};
    vec_push(d->arena, &diag->notes, note);
}

/* The innermost link first; of a long chain both ends. */
static void add_chain(struct diags *d, struct diag *diag,
                      const struct trace *chain)
{
    uint32_t total = chain ? chain->depth : 0, i = 0;
    bool cut = total > CHAIN_NOTES;
    for (const struct trace *t = chain; t; t = t->up, i++) {
        if (cut && i == CHAIN_NOTES / 2)
            add_link(d, diag, source_nowhere,
                     arena_printf(d->arena, "… %u more", total - CHAIN_NOTES));
        if (!cut || i < CHAIN_NOTES / 2 || i >= total - CHAIN_NOTES / 2)
            add_link(d, diag, t->at, diag_link_message(d->arena, t));
    }
}

/* A diagnostic that stands at a call of the standard library: where it was
 * found in there (unless the library itself says what is wrong), and what
 * comes before the call. */
static void add_call(struct diags *d, struct diag *diag, struct span found,
                     const struct trace *call)
{
    if (diag->id != DIAG_USER_ERROR && diag->id != DIAG_USER_WARNING)
        add_link(
            d, diag, found,
            arena_printf(d->arena, "found here, in %.*s", STR_ARG(call->name)));
    add_chain(d, diag, call->up);
}

/* Keeps what has no place and says the same each time. */
static void keep_plain(struct diags *d, enum diag_id id)
{
    keep(d, id, (enum severity)d->severity[id], source_nowhere,
         catalogue[id].text);
}

/* Counts an error. Duplicates count too: a loop may report one forever. */
static void count_error(struct diags *d, enum severity severity)
{
    if (severity < SEVERITY_ERROR)
        return;
    if (d->reported++ < d->fault->limits.max[LIMIT_ERRORS])
        return;
    keep_plain(d, DIAG_TOO_MANY);
    fault_raise(d->fault, LIMIT_STOP);
}

void diag_raise(struct diags *d, struct diag *diag)
{
    if (diag->severity < SEVERITY_ERROR)
        d->errors++;
    diag->severity = SEVERITY_ERROR;
    if (d->worst < SEVERITY_ERROR)
        d->worst = SEVERITY_ERROR;
    count_error(d, SEVERITY_ERROR);
}

/* A loop may warn forever, too: the rest is left out. */
static bool is_surplus(struct diags *d, enum severity severity)
{
    uint64_t max = d->fault->limits.max[LIMIT_ERRORS];
    uint64_t warnings = d->list.n - d->errors;
    if (severity >= SEVERITY_ERROR || warnings < max)
        return false;
    if (warnings == max && diag_enabled(d, DIAG_MORE_WARNINGS))
        keep_plain(d, DIAG_MORE_WARNINGS);
    return true;
}

/* The innermost link of the chain that is not in the standard library, since
 * what its macros refuse is corrected at the call, in a file that can be
 * opened. NULL if span is not in that library, or the whole chain is. */
static const struct trace *caller(struct span span, const struct trace *chain)
{
    if (span.source == NULL || span.source->kind != SOURCE_COMPILED)
        return NULL;
    while (chain != NULL && chain->at.source->kind == SOURCE_COMPILED)
        chain = chain->up;
    return chain;
}

/* False if nothing more is reported with this severity. */
static bool has_room(struct diags *d, enum severity severity)
{
    if (d->seen == NULL)
        d->seen = arena_new(d->arena, struct map);
    if (severity > d->worst)
        d->worst = severity;
    count_error(d, severity);
    return !is_surplus(d, severity);
}

/* Keeps a message that was made after the mark, with its chain. */
static struct diag *add(struct diags *d, enum diag_id id,
                        enum severity severity, struct span span,
                        const struct trace *chain, struct str message,
                        struct arena_mark mark)
{
    const struct trace *call = caller(span, chain);
    struct diag *diag = keep(d, id, severity, call ? call->at : span, message);
    if (diag == NULL)
        arena_rewind(d->arena, mark);
    else if (call == NULL)
        add_chain(d, diag, chain);
    else
        add_call(d, diag, span, call);
    if (diag && severity >= SEVERITY_ERROR && d->moment)
        d->moment(d->ctx, diag);
    return diag;
}

struct diag *diag_report(struct diags *d, enum diag_id id, struct span span,
                         const struct trace *chain, const char *fmt, ...)
{
    enum severity severity = (enum severity)d->severity[id];
    if (!diag_enabled(d, id) || diag_follows(d, span) || !has_room(d, severity))
        return NULL;
    struct arena_mark mark = arena_mark(d->arena);
    va_list args;
    va_start(args, fmt);
    struct str message = format(d->arena, catalogue[id].text, fmt, args);
    va_end(args);
    return add(d, id, severity, span, chain, message, mark);
}

struct diag *diag_report_as(struct diags *d, enum diag_id id,
                            enum severity severity, struct span span,
                            const struct trace *chain, struct str message)
{
    if (!diag_enabled(d, id) || diag_follows(d, span) || !has_room(d, severity))
        return NULL;
    struct arena_mark mark = arena_mark(d->arena);
    message = ARENA_CONCAT(d->arena, catalogue[id].text, message);
    return add(d, id, severity, span, chain, message, mark);
}

void diag_note(struct diags *all, struct diag *d, struct span span,
               const char *fmt, ...)
{
    if (d == NULL)
        return;
    va_list args;
    va_start(args, fmt);
    struct str message = format(all->arena, STR(""), fmt, args);
    va_end(args);
    struct diag_note note = {span, message};
    vec_push(all->arena, &d->notes, note);
    for (uint32_t i = d->notes.n - 1; i > d->own; i--)
        d->notes.at[i] = d->notes.at[i - 1];
    d->notes.at[d->own++] = note;
}

void diag_note_last(struct diags *all, struct diag *d, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    add_link(all, d, source_nowhere, format(all->arena, STR(""), fmt, args));
    va_end(args);
}
