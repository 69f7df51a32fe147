/* SPDX-License-Identifier: MIT */
/* Questions about the stages of outputs: which there are, how they hang
 * together, how to build them all. */
#include "docker/targets.h"
#include "driver/bake.h"
#include "driver/lint.h"

struct gathered {
    struct arena *arena;
    VEC(struct graph_file) files;
};

static void gather(void *ctx, const struct check *c, struct str path)
{
    struct gathered *g = ctx;
    struct graph_file file = {path, &c->m};
    vec_push(g->arena, &g->files, file);
}

/* The Dockerfiles that target chooses; false after a mistake (reported). */
static bool gather_all(stagepp_session *s, const stagepp_target *target,
                       struct gathered *g)
{
    *g = (struct gathered){.arena = &s->scratch};
    if (!lint_visit(s, target, gather, g) || s->diags.errors)
        return false;
    if (g->files.n == 0)
        diag_report(&s->diags, DIAG_NO_OUTPUT, source_nowhere, NULL,
                    "no output is a Dockerfile (Dockerfile*, Containerfile*, "
                    "*.dockerfile)");
    return g->files.n > 0;
}

stagepp_status stagepp_graph(stagepp_session *s, const stagepp_target *target,
                             stagepp_graph_format format, const char **text,
                             size_t *len)
{
    struct gathered g;
    if (!SESSION_TRY(s))
        return session_fault(s);
    if (!gather_all(s, target, &g))
        return session_status(s);
    if (format == STAGEPP_GRAPH_MERMAID)
        graph_mermaid(&s->text, g.files.at, g.files.n);
    else
        graph_dot(&s->text, g.files.at, g.files.n);
    session_give(s, text, len);
    return STAGEPP_OK;
}

stagepp_status stagepp_targets(stagepp_session *s, const stagepp_target *target,
                               int json, const char **text, size_t *len)
{
    struct gathered g;
    if (!SESSION_TRY(s))
        return session_fault(s);
    if (!gather_all(s, target, &g))
        return session_status(s);
    if (json)
        targets_write_json(&s->text, g.files.at, g.files.n);
    else
        targets_write(&s->text, g.files.at, g.files.n);
    session_give(s, text, len);
    return STAGEPP_OK;
}

/* Standard output cannot be built from. */
static bool check_paths(stagepp_session *s, const struct gathered *g)
{
    if (g->files.at[0].title.len)
        return true;
    diag_report(&s->diags, DIAG_USAGE, source_nowhere, NULL,
                "--bake needs -o FILE: the template has text outside its @file "
                "blocks, which would go to standard output");
    return false;
}

stagepp_status stagepp_bake(stagepp_session *s, const stagepp_target *target,
                            const stagepp_bake_options *options,
                            const char **text, size_t *len)
{
    static const stagepp_bake_options none;
    struct gathered g;
    if (!SESSION_TRY(s))
        return session_fault(s);
    bool good = gather_all(s, target, &g);
    struct bake b = {&s->scratch, &s->diags,       g.files.at,
                     g.files.n,   target->out_dir, options ? options : &none};
    if (!good || !check_paths(s, &g) || !bake_write(&s->text, &b)) {
        buf_truncate(&s->text, 0);
        return session_status(s);
    }
    session_give(s, text, len);
    return STAGEPP_OK;
}
