/* SPDX-License-Identifier: MIT */
/* --graph: how do the stages hang together? */
#include "cli/mode.h"

#include "cli/io.h"
#include "cli/svg.h"

#include <stdlib.h>
#include <string.h>

static stagepp_status print_svg(struct run *r)
{
    const char *dot;
    size_t len, svg_len = 0;
    stagepp_status status = run_job(r, STAGEPP_GOAL_GRAPH_DOT, &dot, &len);
    if (status != STAGEPP_OK)
        return status;
    char *svg = svg_draw(dot, len, &svg_len);
    bool good = svg && io_write_stdout(svg, svg_len);
    free(svg);
    return good ? STAGEPP_OK : STAGEPP_FAILED;
}

stagepp_status mode_graph(struct run *r)
{
    const char *format = r->args->mode_value ? r->args->mode_value : "dot";
    if (strcmp(format, "svg") == 0)
        return print_svg(r);
    return run_print(r, strcmp(format, "mermaid") == 0
                            ? STAGEPP_GOAL_GRAPH_MERMAID
                            : STAGEPP_GOAL_GRAPH_DOT);
}
