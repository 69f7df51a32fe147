/* SPDX-License-Identifier: MIT */
/* In: the Dockerfiles that the check has read. Out: their stages as a graph, as
 * a list, and as targets for bake. */
#include "docker/targets.h"
#include "driver/bake.h"
#include "driver/results.h"

/* False (reported) if there are no Dockerfiles. */
static bool check_any(stagepp_session *s, const struct verdict *v)
{
    if (v->files.n == 0)
        diag_report(&s->diags, DIAG_NO_OUTPUT, source_nowhere, NULL,
                    "no output is a Dockerfile (Dockerfile*, Containerfile*, "
                    "*.dockerfile)");
    return v->files.n > 0;
}

typedef void print_files(struct buf *out, const struct graph_file *files,
                         size_t n);

static bool give(stagepp_session *s, const struct run *r, print_files *print)
{
    if (!check_any(s, &r->verdict))
        return false;
    print(&s->text, r->verdict.files.at, r->verdict.files.n);
    return true;
}

bool stages_dot(stagepp_session *s, struct run *r)
{
    return give(s, r, graph_dot);
}

bool stages_mermaid(stagepp_session *s, struct run *r)
{
    return give(s, r, graph_mermaid);
}

bool stages_targets(stagepp_session *s, struct run *r)
{
    return give(s, r, targets_write);
}

bool stages_targets_json(stagepp_session *s, struct run *r)
{
    return give(s, r, targets_write_json);
}

bool stages_bake(stagepp_session *s, struct run *r)
{
    const stagepp_target *target = &r->job->target;
    struct bake b = {&s->scratch,        &s->diags,       r->verdict.files.at,
                     r->verdict.files.n, target->out_dir, &target->bake};
    /* Standard output cannot be built from. */
    return results_all_named(s, target, "--bake") &&
           check_any(s, &r->verdict) && bake_write(&s->text, &b);
}
