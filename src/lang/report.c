/* SPDX-License-Identifier: MIT */
#include "lang/report.h"

/* Which names the lines bind or use is not known. A block without an end is
 * whole otherwise. */
static void note_broken(struct report *r, enum diag_id id, struct loc loc)
{
    struct str text = r->source->text;
    uint32_t from = loc.off < r->opener.off ? loc.off : r->opener.off;
    size_t end = str_chr(text, '\n', loc.off);
    end = end == STR_NONE ? text.len : end;
    if (id != DIAG_UNCLOSED || loc.len)
        vec_push(r->arena, &r->broken,
                 ((struct loc){from, (uint32_t)end - from}));
}

void report_error(struct report *r, enum diag_id id, struct loc loc,
                  const char *fmt, ...)
{
    va_list ap;
    if (r->gave_up || (r->trial && r->text.ptr))
        return;
    r->said = true;
    va_start(ap, fmt);
    struct str text = arena_vprintf(r->arena, fmt, ap);
    va_end(ap);
    if (r->trial) {
        r->id = id;
        r->loc = loc;
        r->text = text;
        return;
    }
    r->failed = true;
    note_broken(r, id, loc);
    struct span at = {r->source, loc.off, loc.len};
    struct diag *d = diag_report(r->diags, id, at, NULL, "%.*s", STR_ARG(text));
    struct str opener =
        str_slice(r->source->text, r->opener.off, r->opener.len);
    if (id == DIAG_SYNTAX)
        diag_note(r->diags, d, source_nowhere,
                  "if this is text, write '@@%.*s'", STR_ARG(opener));
}

void report_try(struct report *r)
{
    r->trial = true;
    r->text.ptr = NULL;
}
