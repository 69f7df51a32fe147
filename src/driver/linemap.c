/* SPDX-License-Identifier: MIT */
/* In: a session and an output; out: the list of stretches that the evaluator
 * has recorded for it. The one idea: an expansion gives the same bytes every
 * time, so a second one can make the list when somebody asks. The bytes are
 * compared, as a wrong list is worse than no list. */
#include "driver/linemap.h"

#include "driver/expansion.h"

struct linemap {
    struct origins origins;
};

/* --- the second expansion --- */

/* False after a jump, too. */
static bool expand_again(stagepp_session *s)
{
    if (setjmp(s->fault.inner) != 0)
        return false;
    return expansion_repeat(s);
}

/* True if both expansions have the same outputs. */
static bool same_outputs(const struct outputs *a, const struct outputs *b)
{
    if (a->list.n != b->list.n)
        return false;
    for (uint32_t i = 0; i < a->list.n; i++) {
        const struct output *x = a->list.at[i], *y = b->list.at[i];
        if (!str_eq(x->path, y->path) ||
            !str_eq(buf_str(&x->pad.text), buf_str(&y->pad.text)))
            return false;
    }
    return true;
}

/* Without memory the question fails, as if nothing had been tried: an answer
 * without positions would be another answer. */
static void give_up(struct replay *r, struct fault *f)
{
    session_end_expansion(&r->again);
    r->tried = false;
    fault_raise(f, LIMIT_NO_MEMORY);
}

/* Expands the template again and records positions; all else that the session
 * holds stays as it was. */
static void replay(stagepp_session *s)
{
    struct replay *r = &s->replay;
    struct fault *f = &s->fault;
    uint64_t steps = f->steps;
    bool ended = f->ended;
    uint32_t errors = s->diags.errors, used = s->sources.used.n;
    r->tried = true;
    arena_init(&r->scratch, f);
    f->nested = true; /* a jump leads to expand_again */
    f->ended = false;
    f->steps = 0;
    f->which = LIMIT_STOP;
    rx_cache_begin(s->rx);
    s->diags.muted = true;
    s->diags.errors = s->expansion.errors;
    r->good = expand_again(s) == s->expansion.whole &&
              same_outputs(&s->expansion.eval.outputs, &r->again.eval.outputs);
    sources_unuse(&s->sources, used);
    s->diags.errors = errors;
    s->diags.muted = false;
    f->steps = steps;
    f->ended = ended;
    f->nested = false;
    arena_free(&r->scratch); /* what the lists refer to lies in s->run */
    if (!r->good && f->which == LIMIT_NO_MEMORY)
        give_up(r, f);
}

/* --- questions --- */

const struct linemap *linemap_get(stagepp_session *s, size_t i)
{
    const struct eval *ev = &s->expansion.eval;
    i += ev->outputs.no_main ? 1 : 0;
    if (!ev->record) {
        if (!s->replay.tried)
            replay(s);
        if (!s->replay.good)
            return NULL;
        ev = &s->replay.again.eval;
    }
    const struct pad *pad = &ev->outputs.list.at[i]->pad;
    if (pad->origins.len != pad->text.len)
        return NULL;
    struct linemap *m = arena_new(&s->run, struct linemap);
    m->origins = pad->origins;
    return m;
}

bool linemap_unknown(stagepp_session *s)
{
    return diag_refuse(
        &s->diags, DIAG_UNREADABLE,
        "where the output comes from is not known: expanding the "
        "template again took more memory than the limit 'memory' "
        "allows, or gave something else");
}

bool linemap_at(const struct linemap *m, size_t offset, struct origin *out)
{
    if (offset >= m->origins.len)
        return false;
    const struct stretch *found =
        &m->origins.at[origins_find(&m->origins, offset)];
    *out = found->from;
    if (out->kind == ORIGIN_TEXT) {
        uint32_t skip = (uint32_t)(offset - found->at);
        out->span.off += skip;
        out->span.len -= skip;
    }
    return true;
}

size_t linemap_end(const struct linemap *m, size_t offset)
{
    return origins_end(&m->origins, origins_find(&m->origins, offset));
}

struct span linemap_span(const struct origin *o, size_t n)
{
    struct span span = o->span;
    if (o->kind == ORIGIN_TEXT && n < span.len)
        span.len = (uint32_t)n;
    return span;
}
