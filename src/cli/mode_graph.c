/* SPDX-License-Identifier: MIT */
/* --graph and --targets: what stages are there? And --bake, which is written
 * beside the outputs. */
#include "cli/modes.h"

#include "cli/io.h"

#include <stdlib.h>
#include <string.h>

static stagepp_status print_svg(const char *dot, size_t len)
{
    size_t svg_len = 0;
    char *svg = svg_draw(dot, len, &svg_len);
    bool good = svg && write_stdout(svg, svg_len);
    free(svg);
    return good ? STAGEPP_OK : STAGEPP_FAILED;
}

stagepp_status mode_graph(struct run *r)
{
    stagepp_status status = run_expand(r);
    if (status != STAGEPP_OK)
        return status;
    const char *format = r->args->mode_value ? r->args->mode_value : "dot";
    stagepp_target target = run_target(r);
    const char *text = "";
    size_t len = 0;
    status =
        stagepp_graph(r->session, &target,
                      strcmp(format, "mermaid") == 0 ? STAGEPP_GRAPH_MERMAID
                                                     : STAGEPP_GRAPH_DOT,
                      &text, &len);
    if (status == STAGEPP_OK && strcmp(format, "svg") == 0)
        return print_svg(text, len);
    return run_answer(status, text, len);
}

stagepp_status mode_targets(struct run *r)
{
    stagepp_status status = run_expand(r);
    if (status != STAGEPP_OK)
        return status;
    stagepp_target target = run_target(r);
    const char *text = "";
    size_t len = 0;
    status = stagepp_targets(r->session, &target, r->args->mode_value != NULL,
                             &text, &len);
    return run_answer(status, text, len);
}

/* The values of an option that may be repeated, NULL behind the last. */
static const char **values_of(const struct args *a, enum option_id id)
{
    const char **list = allocate((a->n + 1) * sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        if (a->list[i].option->id == id)
            list[n++] = a->list[i].value;
    list[n] = NULL;
    return list;
}

stagepp_status bake_make(struct run *r, stagepp_target *target)
{
    const struct args *a = r->args;
    if (!a->bake)
        return STAGEPP_OK;
    const char **tags = values_of(a, OPTION_BAKE_TAG);
    const char **args = values_of(a, OPTION_BAKE_ARG);
    stagepp_bake_options options = {a->bake_context, tags, args};
    stagepp_status status = stagepp_bake(r->session, target, &options,
                                         &target->bake, &target->bake_len);
    target->bake_path = a->bake;
    free(tags);
    free(args);
    return status;
}
