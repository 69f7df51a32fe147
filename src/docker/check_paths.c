/* SPDX-License-Identifier: MIT */
/* Paths: what COPY takes from the build context, and where WORKDIR leads. */
#include "docker/check.h"
#include "docker/ignore.h"
#include "docker/shell_kind.h"

/* Without --from the source is in the build context. */
void check_paths_ignored(struct check *c, const struct spot *at)
{
    struct str patterns, from;
    if (!c->ignore || (instruction_flag(at->i, "from", &from) && from.len) ||
        !c->ignore(c->ctx, &patterns) ||
        !ignore_matches(c->f.arena, patterns, at->value))
        return;
    check_report(c, at, at->part,
                 "the .dockerignore keeps '%.*s' out of the build context",
                 STR_ARG(at->value));
}

/* "C:\app", which is absolute on Windows. */
static bool is_drive_path(struct str path)
{
    return path.len > 1 && path.ptr[1] == ':' &&
           ascii_is_name_start(path.ptr[0]);
}

void check_paths_relative(struct check *c, const struct spot *at)
{
    if (c->now->workdir_set || str_starts(at->value, STR("/")) ||
        (is_drive_path(at->value) && (c->any_values || shell_on_windows(c))))
        return;
    check_report(c, at, at->part,
                 "this is relative to the working directory of the base image; "
                 "write an absolute path");
}
