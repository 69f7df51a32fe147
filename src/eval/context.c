/* SPDX-License-Identifier: MIT */
#include "eval/context.h"

bool context_error(struct context *cx, enum diag_id id, struct loc loc,
                   const char *fmt, ...)
{
    struct str text = {0};
    if (fmt) {
        va_list ap;
        va_start(ap, fmt);
        text = arena_vprintf(cx->run, fmt, ap);
        va_end(ap);
    }
    diag_report(cx->diags, id, context_span(cx, loc), cx->chain,
                fmt ? "%.*s" : NULL, STR_ARG(text));
    return false;
}

struct str context_take(struct context *cx, size_t mark)
{
    struct str text = arena_str(cx->run, buf_from(&cx->work, mark));
    buf_truncate(&cx->work, mark);
    return text;
}
