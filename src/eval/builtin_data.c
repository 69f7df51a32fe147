/* SPDX-License-Identifier: MIT */
/* Builtins that read files. */
#include "eval/builtin.h"
#include "eval/data.h"

/* The source of the file that argument 0 names; NULL after an error. */
static struct source *open_file(struct builtin_call *c)
{
    struct context *cx = c->cx;
    struct source *found;
    struct resolve_request q = {
        .from = cx->source,
        .path = value_text(c->args[0]),
        .at = context_span(cx, c->call->e.loc),
        .chain = cx->chain,
    };
    enum resolve_status status =
        resolve_read(cx->program->loader->resolver, &q, &found);
    return status == RESOLVE_FOUND ? found : NULL;
}

struct value builtin_text(struct builtin_call *c)
{
    struct source *s = open_file(c);
    return s ? value_str(s->text) : value_bad();
}

struct value builtin_data(struct builtin_call *c)
{
    struct context *cx = c->cx;
    struct source *source = open_file(c);
    struct diag *report;
    struct value v;
    if (!source)
        return value_bad();
    if (data_read(cx, source, data_format(source->name), &v, &report))
        return v;
    diag_note(cx->diags, report, context_span(cx, c->call->e.loc),
              "the file is read here");
    return value_bad();
}
