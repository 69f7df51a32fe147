/* SPDX-License-Identifier: MIT */
#include "lang/report.h"

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
