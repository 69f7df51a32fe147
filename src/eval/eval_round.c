/* SPDX-License-Identifier: MIT */
/* In: an error that is reported while a program runs. Out: notes that say in
 * which rounds of @for, and for which output. */
#include "eval/eval.h"
#include "eval/type_describe.h"

enum {
    MOST_ROUNDS = 8 /* notes: the innermost */
};

static void add_variable(const struct eval *ev, struct buf *out,
                         const struct scope *s, name_id name)
{
    struct binding *b = name == NAME_NONE ? NULL : scope_own(s, name);
    if (!b || b->kind != BOUND_VALUE)
        return;
    struct str text = name_text(ev->cx.names, name);
    buf_printf(out, ", %.*s = ", STR_ARG(text));
    type_add_value(out, b->u.value);
}

static void note_round(struct eval *ev, struct diag *d, const struct round *r)
{
    struct buf *work = &ev->cx.work;
    size_t mark = work->len;
    add_variable(ev, work, r->scope, r->clause->var);
    add_variable(ev, work, r->scope, r->clause->var2);
    struct str variables = buf_from(work, mark);
    diag_note_last(ev->cx.diags, d, "in round %u of @for%.*s",
                   r->scope->loop.index, STR_ARG(variables));
    buf_truncate(work, mark);
}

/* How a library loops is of no interest to those who call it. */
static bool is_of_interest(const struct eval *ev, const struct diag *d,
                           const struct source *source)
{
    return source == d->span.source ||
           !program_is_library(ev->cx.program, source);
}

void eval_note_rounds(void *ctx, struct diag *d)
{
    struct eval *ev = ctx;
    int left = MOST_ROUNDS;
    for (const struct round *r = ev->round; r && left > 0; r = r->up)
        if (is_of_interest(ev, d, r->scope->source)) {
            note_round(ev, d, r);
            left--;
        }
    if (ev->output)
        diag_note_last(ev->cx.diags, d, "while writing '%.*s'",
                       STR_ARG(ev->output->path));
}
