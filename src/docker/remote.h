/* SPDX-License-Identifier: MIT */
/* What a source of ADD or COPY is: a path, a URL, or a repository of git, whose
 * URL may have a query. */
#ifndef STAGEPP_DOCKER_REMOTE_H
#define STAGEPP_DOCKER_REMOTE_H

#include "base/arena.h"
#include "base/str.h"

enum remote_kind {
    REMOTE_NONE,  /* a path */
    REMOTE_WEB,   /* a URL of a file */
    REMOTE_GIT,   /* a repository */
    REMOTE_EITHER /* "github.com/…": a path, but its checksum is one of git */
};

struct remote {
    enum remote_kind kind;
    /* From the query of a repository: */
    struct str checksum; /* ptr NULL when there is none */
    bool has_git_dir, git_dir;
};

/* Reads source, which has no variables any more; NULL, or why the builder
 * refuses it. */
const char *remote_read(struct arena *a, struct str source, struct remote *out);

#endif
