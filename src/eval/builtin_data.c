/* SPDX-License-Identifier: MIT */
/* Builtins that read files. */
#include "eval/builtin.h"
#include "eval/value_json.h"

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
    if (resolve_read(cx->program->loader->resolver, &q, &found) !=
        RESOLVE_FOUND)
        return NULL;
    return found;
}

bool builtin_text(struct builtin_call *c, struct value *result)
{
    struct source *s = open_file(c);
    if (s)
        *result = value_str(s->text);
    return s != NULL;
}

bool builtin_data(struct builtin_call *c, struct value *result)
{
    struct context *cx = c->cx;
    struct json_error err;
    struct source *s = open_file(c);
    if (!s)
        return false;
    for (uint32_t i = 0; i < cx->data.n; i++)
        if (cx->data.at[i].source == s) {
            *result = cx->data.at[i].value;
            return true;
        }
    if (!value_json_read(cx->run, s->text, result, &err)) {
        struct span at = {s, (uint32_t)err.offset, 1};
        struct diag *d =
            diag_report(cx->diags, DIAG_JSON, at, cx->chain, "%s", err.message);
        diag_note(cx->diags, d, context_span(cx, c->call->e.loc),
                  "the file is read here");
        return false;
    }
    struct data_file known = {s, *result};
    vec_push(cx->run, &cx->data, known);
    return true;
}
