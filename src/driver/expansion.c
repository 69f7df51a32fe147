/* SPDX-License-Identifier: MIT */
/* In: a program and the settings. Out: outputs, each with its path and bytes.
 * The evaluator does the work; this file hands it what the session owns and
 * keeps the result. */
#include "driver/expansion.h"

#include "driver/settings.h"
#include "eval/eval_judge.h"

static void trace_line(void *ctx, struct str line)
{
    stagepp_session *s = ctx;
    s->tracer(s->tracer_ctx, arena_cstr(&s->scratch, line));
}

static void begin(stagepp_session *s, struct expansion *x,
                  struct arena *scratch, const char *only)
{
    struct eval *ev = &x->eval;
    *x = (struct expansion){0};
    ev->version = stagepp_version();
    ev->unknown = s->unknown;
    ev->cx = (struct context){.run = &s->run,
                              .scratch = scratch,
                              .fault = &s->fault,
                              .names = &s->names,
                              .diags = &s->diags,
                              .rx = s->rx,
                              .program = &s->program,
                              .builtins = s->builtins,
                              .fail = eval_fail};
    buf_init(&ev->cx.work, &s->fault, LIMIT_VALUE);
    arena_init(&ev->undone, &s->fault);
    pad_init(&ev->lines, &s->run, &s->fault, LIMIT_VALUE);
    pad_init(&ev->whole, &s->run, &s->fault, LIMIT_OUTPUT);
    x->live = true;
    outputs_init(&ev->outputs, &s->run, &s->fault, only);
}

/* stagepp.h promises a NUL after all bytes. */
static void end_with_nul(struct buf *text)
{
    if (text->cap == 0 && text->len) /* lent bytes have one already */
        return;
    buf_reserve(text, 1);
    text->ptr[text->len] = '\0';
}

static void list_files(stagepp_session *s, struct expansion *x)
{
    const struct outputs *o = &x->eval.outputs;
    size_t n = 0;
    x->files = arena_array(&s->run, o->list.n, sizeof *x->files);
    for (uint32_t i = o->no_main; i < o->list.n; i++) {
        struct output *from = o->list.at[i];
        end_with_nul(&from->pad.text);
        x->files[n++] = (struct output_file){
            from->path.len == 0 ? OUTPUT_MAIN : OUTPUT_BLOCK, from->path,
            buf_str(&from->pad.text), from->span, from->mode};
    }
    x->n = n;
}

/* A name from a line with a syntax error, which nobody could read. */
static bool is_doubtful(void *ctx, struct span at)
{
    const struct eval *ev = ctx;
    return program_doubts(ev->cx.program, source_span_text(at));
}

bool expansion_run(stagepp_session *s, struct program *p, bool record,
                   const char *only)
{
    struct expansion *x = &s->expansion;
    begin(s, x, &s->scratch, only ? arena_cstr(&s->run, str_from(only)) : NULL);
    x->eval.tracer = s->tracer ? trace_line : NULL;
    x->eval.tracer_ctx = s;
    x->eval.record = record || s->record;
    x->eval.cx.traced.on = x->eval.record;
    bool good = settings_read(s, &x->eval) && p;
    if (good) {
        diag_run_begins(&s->diags, eval_note_rounds, is_doubtful, &x->eval);
        good = x->whole = eval_run(&x->eval);
        x->errors = s->diags.errors;
        diag_run_ends(&s->diags);
        good = settings_check(s, good) && good;
    } else if (s->program.root && !s->unknown) {
        eval_missing_params(&x->eval, s->program.root);
        settings_check(s, false);
    }
    s->fault.ended = true;
    if (p)
        list_files(s, x);
    x->good = good;
    arena_free(&s->scratch);
    arena_init(&s->scratch, &s->fault);
    return good;
}

struct eval *expansion_judging(stagepp_session *s)
{
    struct expansion *x = &s->judging;
    if (!x->live)
        begin(s, x, &s->scratch, NULL);
    x->eval.judging = true;
    return &x->eval;
}

bool expansion_judge(void *session, const struct judge_binding *b, bool report)
{
    return eval_judge_fits(expansion_judging(session), b, report);
}

bool expansion_repeat(stagepp_session *s)
{
    struct expansion *x = &s->replay.again;
    begin(s, x, &s->replay.scratch, s->expansion.eval.outputs.only);
    x->eval.record = true;
    x->eval.cx.traced.on = true;
    return settings_read(s, &x->eval) && eval_run(&x->eval);
}
