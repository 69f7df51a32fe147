/* SPDX-License-Identifier: MIT */
/* source -> tokens -> tree -> names -> expansion -> outputs. A stage that
 * found mistakes lets the next one run only where that can find more. */
#include "driver/pipeline.h"

#include "eval/builtin_data.h"

#include <string.h>

bool pipeline_parse(stagepp_session *s, struct source *root)
{
    s->program = (struct program){.arena = &s->run,
                                  .loader = &s->loader,
                                  .judge = &s->judge,
                                  .names.arena = &s->run};
    return program_link(&s->program, root) && program_judge(&s->program);
}

/* --- parameters from outside --- */

static bool read_setting(stagepp_session *s, const struct option_value *o,
                         struct setting *out)
{
    struct json_error err;
    memset(out, 0, sizeof *out);
    out->name = name_intern(&s->names, o->name);
    out->text = o->text;
    out->bare = o->bare;
    out->is_value = o->is_json;
    out->name_span.source = o->source;
    out->name_span.len = o->is_json ? 0 : (uint32_t)o->name.len;
    out->span.source = o->source;
    out->span.off = (uint32_t)(o->source->text.len - o->text.len);
    out->span.len = (uint32_t)o->text.len;
    if (o->bare)
        out->span = out->name_span;
    if (!o->is_json || data_from_json(&s->run, o->text, &out->value, &err))
        return true;
    out->span.off = (uint32_t)err.offset;
    out->span.len = 1;
    diag_report(&s->diags, DIAG_JSON, out->span, NULL, "%s", err.message);
    return false;
}

/* True if a file of this run has an @param of that name; *near is the most
 * similar one otherwise. */
static bool declared(stagepp_session *s, name_id name, struct str text,
                     struct str *near)
{
    unsigned best = text.len > 5 ? 3 : 2;
    for (uint32_t i = 0; i < s->program.files.n; i++) {
        const struct file *f = s->program.files.at[i];
        for (uint32_t j = 0; j < f->params.n; j++) {
            name_id id = f->params.at[j]->name;
            if (id == name)
                return true;
            struct str other = name_text(&s->names, id);
            unsigned d = str_distance(text, other, best - 1);
            if (d < best) {
                best = d;
                *near = other;
            }
        }
    }
    return false;
}

/* After mistakes a file that declares it may not have been reached: then only
 * what looks like a slip is reported. */
static bool check_declared(stagepp_session *s, bool expanded)
{
    bool good = true;
    for (uint32_t i = 0; i < s->eval.settings.n; i++) {
        const struct setting *set = &s->eval.settings.at[i];
        struct str text = name_text(&s->names, set->name), near = {NULL, 0};
        if (declared(s, set->name, text, &near) || (!expanded && !near.ptr))
            continue;
        good = false;
        if (near.ptr)
            diag_report(&s->diags, DIAG_UNKNOWN_PARAM, set->name_span, NULL,
                        "no template declares the parameter '%.*s'; did you "
                        "mean '%.*s'?",
                        STR_ARG(text), STR_ARG(near));
        else
            diag_report(&s->diags, DIAG_UNKNOWN_PARAM, set->name_span, NULL,
                        "no template declares the parameter '%.*s' (@param "
                        "%.*s); --params lists those there are",
                        STR_ARG(text), STR_ARG(text));
    }
    return good;
}

static bool read_settings(stagepp_session *s, struct eval *ev)
{
    bool good = true;
    for (uint32_t i = 0; i < s->values.n; i++) {
        struct setting set;
        good = read_setting(s, &s->values.at[i], &set) && good;
        vec_push(&s->run, &ev->settings, set);
    }
    return good;
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
    if (!read_settings(s, ev) || !parsed)
        return false;
    /* Files that only values lead to are parsed on the way. */
    bool good = eval_run(ev);
    return check_declared(s, good) && good;
}

bool pipeline_replay(stagepp_session *s)
{
    struct replay *r = &s->replay;
    eval_begin(s, &r->eval, &r->scratch, &r->eval_live);
    r->eval.record = true;
    return read_settings(s, &r->eval) && eval_run(&r->eval);
}
