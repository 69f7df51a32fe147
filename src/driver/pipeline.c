/* SPDX-License-Identifier: MIT */
/* source -> tokens -> tree -> names -> expansion -> outputs. A stage that
 * found mistakes lets the next one run only where that can find more. */
#include "driver/pipeline.h"


#include <string.h>

bool pipeline_parse(stagepp_session *s, struct source *root)
{
    s->program = (struct program){.arena = &s->run,
                                  .loader = &s->loader,
                                  .judge = &s->judge,
                                  .names.arena = &s->run};
    return program_link(&s->program, root) && program_judge(&s->program);
}

/* --- the expansion --- */

static void trace_line(void *ctx, struct str line)
{
    stagepp_session *s = ctx;
    s->tracer(s->tracer_ctx, arena_cstr(&s->scratch, line));
}

/* *live is set once there are buffers to be freed. */
static void eval_begin(stagepp_session *s, struct eval *ev,
                       struct arena *scratch, bool *live)
{
    memset(ev, 0, sizeof *ev);
    ev->cx.run = &s->run;
    ev->cx.scratch = scratch;
    ev->cx.fault = &s->fault;
    ev->cx.names = &s->names;
    ev->cx.diags = &s->diags;
    ev->cx.rx = s->rx;
    ev->cx.program = &s->program;
    ev->cx.builtins = s->builtins;
    ev->version = stagepp_version();
    buf_init(&ev->cx.work, &s->fault, LIMIT_VALUE);
    pad_init(&ev->lines, &s->run, &s->fault, LIMIT_VALUE);
    pad_init(&ev->whole, &s->run, &s->fault, LIMIT_OUTPUT);
    *live = true;
    outputs_init(&ev->outputs, &s->run, &s->fault);
}

bool pipeline_run(stagepp_session *s, struct source *root)
{
    bool parsed = pipeline_parse(s, root);
    struct eval *ev = &s->eval;
    eval_begin(s, ev, &s->scratch, &s->eval_live);
    ev->tracer = s->tracer ? trace_line : NULL;
    ev->tracer_ctx = s;
    ev->record = s->record;
    if (!settings_read(s, ev) || !parsed)
        return false;
    /* Files that only values lead to are parsed on the way. */
    bool good = eval_run(ev);
    return settings_check(s, good) && good;
}

bool pipeline_replay(stagepp_session *s)
{
    struct replay *r = &s->replay;
    eval_begin(s, &r->eval, &r->scratch, &r->eval_live);
    r->eval.record = true;
    return settings_read(s, &r->eval) && eval_run(&r->eval);
}
