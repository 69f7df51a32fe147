/* SPDX-License-Identifier: MIT */
/* A path is judged by where it leads; but between that and the reading somebody
 * may change a link. So the judgement is only a way to find a path without
 * links, and it is this path that is opened, from the descriptor of the
 * directory that was allowed, part by part, no link followed. */
#include "library/confine.h"

#include "base/below.h"
#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *cstr(struct arena *a, struct str path)
{
    return path.len ? arena_cstr(a, path) : ".";
}

/* Nothing is allocated once it is open: a jump would lose the descriptor. */
static void open_dir(struct arena *a, struct confine_dir *d)
{
    d->real = file_real(a, cstr(a, d->path));
    const char *real = cstr(a, d->real);
    if (d->real.len)
        d->opened = below_open_root(real, false) + 1;
}

static void close_dir(struct confine_dir *d)
{
    if (d->opened)
        close(d->opened - 1);
    d->opened = 0;
}

bool confine_set_root(struct confine *c, struct arena *a, struct str dir)
{
    confine_end(c);
    c->root.path = dir.ptr ? arena_str(a, dir) : dir;
    if (!dir.ptr)
        return true;
    open_dir(a, &c->root);
    for (uint32_t i = 0; i < c->dirs.n; i++)
        open_dir(a, &c->dirs.at[i]);
    return c->root.opened != 0;
}

void confine_add_dir(struct confine *c, struct arena *a, struct str dir)
{
    struct confine_dir d = {.path = arena_str(a, dir)};
    vec_push(a, &c->dirs, d);
    if (c->root.path.ptr)
        open_dir(a, &c->dirs.at[c->dirs.n - 1]);
}

void confine_end(struct confine *c)
{
    close_dir(&c->root);
    for (uint32_t i = 0; i < c->dirs.n; i++)
        close_dir(&c->dirs.at[i]);
}

/* Where name would be if it does not exist: the first directory above it that
 * does; empty if a link to nothing is on the way, which may lead anywhere. */
static struct str real_above(struct arena *a, struct str name)
{
    for (struct str at = name;;) {
        if (file_is_link(cstr(a, at)))
            return STR("");
        if (at.len == 0 || str_eq(at, STR("/")))
            return STR("");
        at = path_dir(at);
        struct str real = file_real(a, cstr(a, at));
        if (real.len)
            return real;
    }
}

/* The directory that real lies in; NULL when there is none. */
static const struct confine_dir *holder(const struct confine *c,
                                        struct str real, struct str *rest)
{
    *rest = path_below(real, c->root.real);
    if (rest->ptr)
        return &c->root;
    for (uint32_t i = 0; i < c->dirs.n; i++) {
        *rest = path_below(real, c->dirs.at[i].real);
        if (rest->ptr)
            return &c->dirs.at[i];
    }
    return NULL;
}

/* True if name would be in a directory of -I that does not exist. */
static bool in_missing_dir(const struct confine *c, struct arena *a,
                           struct str name)
{
    struct str plain = path_normalise(a, name);
    for (uint32_t i = 0; i < c->dirs.n; i++)
        if (c->dirs.at[i].real.len == 0 &&
            path_below(plain, path_normalise(a, c->dirs.at[i].path)).ptr)
            return true;
    return false;
}

static enum confine_verdict judge_missing(const struct confine *c,
                                          struct arena *a, struct str name,
                                          int err)
{
    struct str rest;
    if (err != ELOOP && !holder(c, real_above(a, name), &rest) &&
        !in_missing_dir(c, a, name))
        return CONFINE_OUTSIDE;
    return err == ENOENT || err == ENOTDIR ? CONFINE_MISSING : CONFINE_ERROR;
}

enum confine_verdict confine_find(const struct confine *c, struct arena *a,
                                  struct str name, struct confine_place *out)
{
    struct str rest, real = file_real(a, cstr(a, name));
    if (real.len == 0) {
        out->err = errno;
        return judge_missing(c, a, name, out->err);
    }
    const struct confine_dir *d = holder(c, real, &rest);
    if (!d || !d->opened)
        return CONFINE_OUTSIDE;
    out->dir = d->opened - 1;
    out->path = cstr(a, rest);
    return CONFINE_INSIDE;
}

enum confine_verdict confine_judge(const struct confine *c, struct arena *a,
                                   struct str name)
{
    struct str plain = path_normalise(a, name);
    if (path_below(plain, path_normalise(a, c->root.path)).ptr)
        return CONFINE_INSIDE;
    for (uint32_t i = 0; i < c->dirs.n; i++)
        if (path_below(plain, path_normalise(a, c->dirs.at[i].path)).ptr)
            return CONFINE_INSIDE;
    return CONFINE_OUTSIDE;
}
