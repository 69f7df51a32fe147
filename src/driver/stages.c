/* SPDX-License-Identifier: MIT */
/* In: the Dockerfiles that the check has read. Out: their stages as a graph, as
 * a list, and as targets for bake. */
#include "docker/targets.h"
#include "driver/bake.h"
#include "driver/results.h"

/* False (reported) if there are no Dockerfiles. */
static bool check_any(stagepp_session *s, const struct verdict *v)
{
    return v->files.n > 0 ||
           diag_refuse(
               &s->diags, DIAG_NO_OUTPUT,
               "no output is a Dockerfile (Dockerfile*, Containerfile*, "
               "*.dockerfile)");
}

typedef void print_files(struct buf *out, const struct graph_file *files,
                         size_t n);

bool stages_text(stagepp_session *s, struct run *r)
{
    static print_files *const by_goal[] = {
        [STAGEPP_GOAL_GRAPH_DOT] = graph_dot,
        [STAGEPP_GOAL_GRAPH_MERMAID] = graph_mermaid,
    };
    if (!check_any(s, &r->verdict))
        return false;
    by_goal[r->job->goal](&s->text, r->verdict.files.at, r->verdict.files.n);
    return true;
}

bool stages_targets(stagepp_session *s, struct run *r)
{
    static print_files *const by_format[] = {
        [STAGEPP_ANSWER_TEXT] = targets_write,
        [STAGEPP_ANSWER_JSON] = targets_write_json,
        [STAGEPP_ANSWER_MARKDOWN] = targets_write_markdown,
    };
    if (!check_any(s, &r->verdict))
        return false;
    by_format[r->job->format](&s->text, r->verdict.files.at,
                              r->verdict.files.n);
    return true;
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
