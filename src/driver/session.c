/* SPDX-License-Identifier: MIT */
/* The life of a session, and how things end in it: with a status, or with a
 * jump to the SESSION_TRY of a public function. */
#include "driver/session.h"

#include "base/seed.h"
#include "driver/disk.h"
#include "driver/expansion.h"

#include <stdlib.h>

/* --- life --- */

static void session_init(stagepp_session *s)
{
    name_init(&s->names, &s->kept);
    diag_init(&s->diags, &s->run, &s->fault);
    sources_init(&s->sources, &s->kept);
    resolve_init(&s->resolver, &s->sources, &s->diags);
    loader_init(&s->loader, &s->kept, &s->run, &s->names, &s->diags,
                &s->resolver);
    buf_init(&s->text, &s->fault, LIMIT_COUNT);
    s->rx = rx_cache_new(&s->fault);
    s->builtins = builtin_new(&s->kept, &s->names, &s->diags);
    s->judge.arena = &s->scratch;
    s->judge.names = &s->names;
    s->judge.diags = &s->diags;
    s->judge.builtin = builtin_signature;
    s->judge.builtin_ctx = s->builtins;
    s->judge.builtins_end = s->names.map.n;
    s->judge.fits = expansion_judge;
    s->judge.fits_ctx = s;
}

static bool session_init_tried(stagepp_session *s)
{
    if (!SESSION_TRY(s))
        return false;
    session_init(s);
    return true;
}

stagepp_session *stagepp_new(void)
{
    stagepp_session *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    limit_defaults(&s->fault.limits);
    s->fault.seed = seed_random(0);
    arena_init(&s->kept, &s->fault);
    arena_init(&s->run, &s->fault);
    arena_init(&s->scratch, &s->fault);
    if (session_init_tried(s))
        return s;
    stagepp_free(s);
    return NULL;
}

void session_end_expansion(struct expansion *x)
{
    if (x->live)
        eval_free(&x->eval);
    *x = (struct expansion){0};
}

static void end_run(stagepp_session *s)
{
    session_end_expansion(&s->expansion);
    session_end_expansion(&s->replay.again);
    session_end_expansion(&s->judging);
    s->replay = (struct replay){0};
    s->input = NULL;
}

void stagepp_free(stagepp_session *s)
{
    if (!s)
        return;
    end_run(s);
    buf_free(&s->text);
    if (s->rx)
        rx_cache_free(s->rx);
    resolve_end(&s->resolver);
    arena_free(&s->scratch);
    arena_free(&s->run);
    arena_free(&s->kept);
    free(s);
}

void session_drop_program(stagepp_session *s)
{
    s->program = (struct program){.arena = &s->run,
                                  .loader = &s->loader,
                                  .judge = &s->judge,
                                  .names.arena = &s->run};
}

void session_reset(stagepp_session *s)
{
    end_run(s);
    diag_clear(&s->diags);
    arena_free(&s->scratch);
    arena_free(&s->run);
    arena_init(&s->scratch, &s->fault);
    arena_init(&s->run, &s->fault);
    resolve_begin(&s->resolver);
    rx_cache_begin(s->rx);
    session_drop_program(s);
    s->worst = SEVERITY_IGNORED;
    s->fault.steps = 0;
    s->fault.ended = false;
}

/* --- how things end --- */

stagepp_status session_status(const stagepp_session *s)
{
    if (s->diags.worst == SEVERITY_FAILURE)
        return STAGEPP_FAILED;
    return s->diags.worst == SEVERITY_ERROR ? STAGEPP_DIFFERS : STAGEPP_OK;
}

/* True if the last calls are all made at one place. */
static bool is_circle(const struct trace *chain)
{
    const struct trace *up = chain;
    for (int n = 0; n < 20 && up; n++, up = up->up)
        if (up->at.source != chain->at.source || up->at.off != chain->at.off)
            return false;
    return up != NULL;
}

/* The walk that is under way; NULL: there is none. */
static const struct eval *walk_of(const stagepp_session *s)
{
    const struct expansion *x = s->expansion.live ? &s->expansion : &s->judging;
    return x->live && x->eval.cx.source ? &x->eval : NULL;
}

static void report_limit(stagepp_session *s, enum limit which)
{
    struct span at = source_nowhere;
    const struct trace *chain = NULL;
    const struct eval *ev = walk_of(s);
    struct str checked = STR("");
    if (s->checked) {
        checked = s->checked->name;
        if (s->checked->kind == SOURCE_FILE)
            at.source = s->checked;
    } else if (ev) {
        at = eval_span(ev, ev->cx.at);
        chain = ev->cx.chain;
    }
    if (which == LIMIT_NO_MEMORY) {
        diag_report(&s->diags, DIAG_NO_MEMORY, at, chain, NULL);
        return;
    }
    struct str what = limit_what(which);
    diag_report(&s->diags, DIAG_LIMIT, at, chain,
                "the limit '%s' of %llu is reached%s%.*s%s: %.*s%s (--limit "
                "%s=N changes it)",
                limit_name(which),
                (unsigned long long)s->fault.limits.max[which],
                checked.len ? " in the checks of '" : "", STR_ARG(checked),
                checked.len ? "'" : "", STR_ARG(what),
                which == LIMIT_DEPTH && is_circle(chain)
                    ? "; a macro calls itself, and no condition ends that"
                    : "",
                limit_name(which));
}

stagepp_status session_fault(stagepp_session *s)
{
    enum limit which = s->fault.which;
    s->fault.ended = true;
    disk_close(&s->out_dir);
    s->diags.muted = false;
    s->text.len = 0; /* a part of what was asked for */
    /* Reporting needs a little memory itself: without that, the status alone
     * has to do. */
    if (which != LIMIT_STOP && SESSION_TRY(s))
        report_limit(s, which);
    diag_run_ends(&s->diags);
    s->checked = NULL;
    stagepp_status status = session_status(s);
    if (which == LIMIT_NO_MEMORY || status == STAGEPP_OK)
        return STAGEPP_FAILED;
    return status;
}

struct str session_take(stagepp_session *s)
{
    struct str copy = arena_str(&s->run, buf_str(&s->text));
    buf_truncate(&s->text, 0);
    return copy;
}
