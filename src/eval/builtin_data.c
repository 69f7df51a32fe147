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
    struct data_file file = {.source = open_file(c)};
    struct data_error err;
    if (!file.source)
        return value_bad();
    for (uint32_t i = 0; i < cx->data.n; i++)
        if (cx->data.at[i].source == file.source)
            return cx->data.at[i].value;
    enum data_format format = data_format(file.source->name);
    if (!value_data_read(cx->run, format, file.source->text, &file.value,
                         &err)) {
        struct diag *d =
            data_report(cx->diags, format, file.source, &err, cx->chain);
        diag_note(cx->diags, d, context_span(cx, c->call->e.loc),
                  "the file is read here");
        return value_bad();
    }
    vec_push(cx->run, &cx->data, file);
    return file.value;
}
