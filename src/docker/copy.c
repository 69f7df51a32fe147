/* SPDX-License-Identifier: MIT */
/* The query of a repository's URL may say the same as a flag, or as the query
 * of another source. */
#include "docker/copy.h"

#include "docker/image.h"
#include "docker/remote.h"
#include "docker/text.h"

static bool fail(struct copy_fault *fault, bool open, struct str part,
                 const char *why)
{
    *fault = (struct copy_fault){why, part, open};
    return false;
}

/* A checksum needs one source, a URL or a repository. */
static bool check_checksum(struct arena *a, const struct copy *c,
                           struct copy_fault *fault)
{
    struct remote r;
    if (c->checksum.len == 0)
        return true;
    if (c->sources.n != 1)
        return fail(fault, false, c->checksum,
                    "a checksum needs exactly one source");
    (void)remote_read(a, c->sources.at[0].value, &r);
    return r.kind != REMOTE_NONE ||
           fail(fault, c->sources.at[0].open, c->checksum,
                "a checksum needs a source that is a URL");
}

/* NULL, or how r contradicts what was said before. */
static const char *check_repository(struct copy *c, const struct remote *r)
{
    if (c->has_git_dir && r->has_git_dir && c->git_dir != r->git_dir)
        return "keep-git-dir is given twice, and not the same";
    if (c->checksum.len && r->checksum.len && !str_eq(c->checksum, r->checksum))
        return "two checksums are given, and not the same";
    if (r->has_git_dir) {
        c->has_git_dir = true;
        c->git_dir = r->git_dir;
    }
    if (r->checksum.len)
        c->checksum = r->checksum;
    return NULL;
}

/* Whatever the variables in it are. */
static bool is_web(struct str written)
{
    return str_starts(written, STR("http://")) ||
           str_starts(written, STR("https://"));
}

static bool check_source(struct arena *a, struct copy *c,
                         const struct instruction *i, struct copy_source *s,
                         struct copy_fault *fault)
{
    struct remote r;
    const char *why = remote_read(a, s->value, &r);
    s->remote = r.kind == REMOTE_WEB || r.kind == REMOTE_GIT;
    if (!why && s->remote && i->id == INSTRUCTION_COPY)
        return fail(fault, s->open && !is_web(s->written), s->written,
                    "COPY cannot take a URL; use ADD");
    if (!why && r.kind == REMOTE_GIT)
        why = check_repository(c, &r);
    if (why)
        return fail(fault, s->open, s->written, why);
    return r.kind != REMOTE_WEB || !c->checksum.len ||
           image_is_digest(c->checksum) ||
           fail(fault, s->open || c->checksum_open, c->checksum,
                "this is not a checksum; write sha256: and 64 hexadecimal "
                "digits");
}

bool copy_check(struct arena *a, struct copy *c, const struct instruction *i,
                struct copy_fault *fault)
{
    struct str keep;
    c->has_git_dir = instruction_flag(i, "keep-git-dir", &keep);
    c->git_dir = c->has_git_dir && !(keep.ptr && text_same(keep, STR("false")));
    if (!check_checksum(a, c, fault))
        return false;
    for (uint32_t k = 0; k < c->sources.n; k++)
        if (!check_source(a, c, i, &c->sources.at[k], fault))
            return false;
    return true;
}
