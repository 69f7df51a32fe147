/* SPDX-License-Identifier: MIT */
/* What is said in a run after mistakes were found. The run goes on to find
 * more, but what only follows from a mistake that was reported is not another
 * one. */
#include "source/diag.h"

#include <stdlib.h>

/* --- their order --- */

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *left, const void *right)
{
    const struct diag *a = *(struct diag *const *)left;
    const struct diag *b = *(struct diag *const *)right;
    int c = (a->span.source == NULL) - (b->span.source == NULL);
    if (c == 0 && a->span.source != NULL) {
        c = compare_numbers(a->span.source->turn, b->span.source->turn);
        if (c == 0)
            c = compare_numbers(a->span.source->order, b->span.source->order);
        if (c == 0)
            c = compare_numbers(a->span.off, b->span.off);
    }
    return c != 0 ? c : compare_numbers(a->order, b->order);
}

void diag_sort(struct diags *d)
{
    if (d->list.n > 1)
        qsort(d->list.at, d->list.n, sizeof *d->list.at, compare);
}

/* --- a run --- */

void diag_run_begins(struct diags *d, diag_moment *moment, diag_doubt *doubt,
                     void *ctx)
{
    diag_sort(d);
    d->settled = d->list.n;
    d->moment = moment;
    d->doubt = doubt;
    d->ctx = ctx;
}

void diag_run_ends(struct diags *d)
{
    d->settled = 0;
    d->moment = NULL;
    d->doubt = NULL;
}

/* True if d begins in the line of `at`. */
static bool shares_line(const struct diag *d, struct span at)
{
    uint32_t from = d->span.off < at.off ? d->span.off : at.off;
    uint32_t to = d->span.off < at.off ? at.off : d->span.off;
    return d->span.source == at.source &&
           str_chr(str_slice(at.source->text, from, to - from), '\n', 0) ==
               STR_NONE;
}

/* True if an error that was found before the run stands in the line of `at`. */
static bool is_settled(const struct diags *d, struct span at)
{
    uint32_t low = 0, high = d->settled;
    const struct diag probe = {.span = at, .order = UINT32_MAX}, *key = &probe;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        if (compare(&d->list.at[mid], &key) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    for (uint32_t i = low; i > 0 && shares_line(d->list.at[i - 1], at); i--)
        if (d->list.at[i - 1]->severity >= SEVERITY_ERROR)
            return true;
    for (; low < d->settled && shares_line(d->list.at[low], at); low++)
        if (d->list.at[low]->severity >= SEVERITY_ERROR)
            return true;
    return false;
}

bool diag_follows(const struct diags *d, struct span span)
{
    return d->settled && span.source &&
           (is_settled(d, span) || (d->doubt && d->doubt(d->ctx, span)));
}
