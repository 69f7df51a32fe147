/* SPDX-License-Identifier: MIT */
#include "driver/certain.h"

/* --- reports of text --- */

static uint32_t line_of(struct span at)
{
    return source_line_of(at.source, at.off);
}

static uint32_t last_line(struct span at)
{
    return source_line_of(at.source, at.off + (at.len ? at.len - 1 : 0));
}

/* What was found in another output, or before in this one. */
static bool is_of_dockerfile(const struct diag *d)
{
    return d->id >= DIAG_DOCKERFILE && d->id <= DIAG_MISSING_STAGE;
}

/* A line that is text, though it was hardly meant so. */
static bool is_almost(const struct diag *d)
{
    return d->id == DIAG_ALMOST_CALL || d->id == DIAG_FOREIGN_DIRECTIVE ||
           d->id == DIAG_UNKNOWN_MACRO || d->id == DIAG_INLINE_DIRECTIVE;
}

/* What ends the lines that d is about: the end of a block of another language,
 * or d itself. */
static struct span end_of(const struct diag *d)
{
    bool block = d->id == DIAG_FOREIGN_DIRECTIVE && d->own > 0;
    return block ? d->notes.at[0].span : d->span;
}

/* True if the call at `at` uses a name from the line of d, such as that of a
 * macro that "@from x import name" was to bring. */
static bool calls_from(const struct diag *d, struct span at)
{
    struct str call = str_from_off(at.source->text, at.off);
    if (d->id != DIAG_FOREIGN_DIRECTIVE || !str_starts(call, STR("@")))
        return false;
    size_t end = str_span(call, 1, ASCII_NAME_START | ASCII_DIGIT);
    struct str line = str_part(d->span.source->text, d->span.off, '\n');
    return end > 1 && str_has_word(str_from_off(line, d->span.len),
                                   str_slice(call, 1, end - 1));
}

static bool explains(const struct diag *d, struct span at)
{
    if (d->span.source != at.source || is_of_dockerfile(d) ||
        d->id == DIAG_ESCAPED_NAME) /* lint.c knows which mark it is about */
        return false;
    if (d->id == DIAG_UNUSED_PARAMETER) /* and text stands for it */
        return d->own > 0 && line_of(d->notes.at[0].span) == line_of(at);
    bool in_lines =
        line_of(d->span) <= line_of(at) && line_of(at) <= last_line(end_of(d));
    return is_almost(d) ? in_lines || calls_from(d, at)
                        : d->severity >= SEVERITY_ERROR && in_lines;
}

bool certain_explains(struct diags *all, struct span at, bool refused)
{
    bool found = false;
    for (uint32_t i = 0; at.source && i < all->list.n; i++) {
        struct diag *d = all->list.at[i];
        bool before = is_almost(d) && at.off < d->span.off;
        if (!explains(d, at) || (before && !refused))
            continue;
        found = true;
        if (refused && is_almost(d))
            diag_raise(all, d);
    }
    return found;
}

/* --- gaps --- */

/* What is said of one instruction, whatever the others are. */
static bool is_local(enum diag_id id)
{
    switch (id) {
    case DIAG_DOCKERFILE:
    case DIAG_UNKNOWN_INSTRUCTION:
    case DIAG_UNKNOWN_FLAG:
    case DIAG_EXEC_FORM:
    case DIAG_MAINTAINER:
    case DIAG_STAGE_NAME_CASING:
    case DIAG_FROM_AS_CASING:
    case DIAG_LEGACY_KEY_VALUE:
    case DIAG_EXPOSE_CASING:
    case DIAG_EXPOSE_FORMAT:
    case DIAG_APT_WITHOUT_UPDATE:
    case DIAG_APT_LISTS_LEFT:
    case DIAG_SIGNALS_LOST:
        return true;
    default:
        return false;
    }
}

/* What is said of instructions and their order, whatever a part of another one
 * is. */
static bool is_of_order(enum diag_id id)
{
    switch (id) {
    case DIAG_NO_STAGE:
    case DIAG_UNKNOWN_STAGE:
    case DIAG_WORKDIR_RELATIVE:
    case DIAG_JSON_ARGS:
    case DIAG_MULTIPLE_INSTRUCTIONS:
    case DIAG_DUPLICATE_STAGE_NAME:
        return true;
    default:
        return false;
    }
}

/* True if perhaps whole lines are missing. */
static bool lacks_lines(const struct output *o)
{
    uint32_t i = 0;
    while (i < o->gaps.n && !o->gaps.at[i].lines)
        i++;
    return i < o->gaps.n;
}

bool certain_without_gaps(const struct output *o, enum diag_id id,
                          struct span first, struct span last)
{
    if (o->gaps.n == 0)
        return true;
    bool known = is_local(id) || (is_of_order(id) && !lacks_lines(o));
    if (!known || o->gaps.n == MOST_GAPS || first.source != last.source)
        return false;
    /* Lines that are missing directly above may have had a '\\' at the end. */
    uint32_t from = line_of(first), to = last_line(last);
    for (uint32_t i = 0; i < o->gaps.n; i++) {
        struct span gap = o->gaps.at[i].at;
        if (gap.source == first.source && line_of(gap) <= to &&
            last_line(gap) + o->gaps.at[i].lines >= from)
            return false;
    }
    return true;
}
