/* SPDX-License-Identifier: MIT */
/* Whether a RUN calls programs that its image has and its user may call. */
#include "docker/check.h"
#include "docker/image.h"
#include "docker/shell.h"
#include "docker/shell_kind.h"
#include "docker/text.h"

#include <string.h>

/* Programs that install packages, by what the facts on images call them. Those
 * of Red Hat stand in for each other. */
static const struct manager {
    const char *programs, *family;
} managers[] = {
    {"apt-get apt", "apt"},
    {"apk", "apk"},
    {"dnf microdnf yum", "dnf microdnf yum"},
    {"pacman", "pacman"},
};

/* A script may look at what there is before it calls it. */
static bool asks(struct str text)
{
    static const char *const marks[] = {
        "||", "if ", "case ", "command -v", "which ", "type ", "-x ", "-f "};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_find(text, str_from(marks[k]), 0) != STR_NONE)
            return true;
    return false;
}

/* True if what i runs is known: commands of a POSIX shell that do not first
 * look at what there is. */
static bool is_plain(struct check *c, const struct instruction *i)
{
    return !i->exec_form && !asks(shell_text(i)) &&
           shell_kind(c, i) == SHELL_POSIX;
}

static const struct manager *manager_of(struct words w)
{
    for (size_t k = 0; k < sizeof managers / sizeof *managers; k++)
        if (shell_calls(w, managers[k].programs))
            return &managers[k];
    return NULL;
}

void check_packages_manager(struct check *c, const struct spot *at)
{
    const struct stage *bottom = stage_bottom(c->stage);
    const char *has = bottom->open ? NULL : image_packages(bottom->base);
    struct str text = shell_text(at->i);
    struct words w;
    if (!has || !*has || !is_plain(c, at->i))
        return;
    while (shell_next(c->f.arena, &text, &w)) {
        const struct manager *m = manager_of(w);
        struct str what = shell_subcommand(w);
        if (!m || text_is_one_of(str_from(has), m->family) ||
            !text_is_one_of(what, "install add update upgrade"))
            continue;
        check_report(c, at, w.at[0], "the image %.*s has %s and not %.*s",
                     STR_ARG(bottom->base), has, STR_ARG(w.at[0]));
        return;
    }
}

/* --- who calls it --- */

/* True if w changes what is installed in the image itself. */
static bool installs(struct words w)
{
    if (!manager_of(w) ||
        !text_is_one_of(shell_subcommand(w),
                        "install add update upgrade remove del purge "
                        "full-upgrade dist-upgrade autoremove"))
        return false;
    for (uint32_t k = 1; k < w.n; k++)
        if (str_starts(w.at[k], STR("--root")) ||
            str_starts(w.at[k], STR("--installroot")) ||
            text_is_one_of(
                w.at[k], "-p --usermode -h --help -s --simulate --print-uris"))
            return false;
    return true;
}

static bool changes_user(struct str text)
{
    static const char *const programs[] = {"sudo", "su ",      "gosu",
                                           "doas", "fakeroot", "su-exec"};
    for (size_t k = 0; k < sizeof programs / sizeof *programs; k++)
        if (str_find(text, str_from(programs[k]), 0) != STR_NONE)
            return true;
    return false;
}

void check_packages_user(struct check *c, const struct spot *at)
{
    struct str text = shell_text(at->i);
    struct words w;
    if (!check_users_is_other(c->user) || changes_user(text) ||
        !is_plain(c, at->i))
        return;
    while (shell_next(c->f.arena, &text, &w)) {
        if (!installs(w))
            continue;
        struct str user = c->user->args.at[0];
        struct finding *found = check_report(
            c, at, w.at[0],
            "%.*s needs root, and this RUN runs as '%.*s'; put it above that "
            "USER, or write USER root before it and USER %.*s after it",
            STR_ARG(w.at[0]), STR_ARG(user), STR_ARG(user));
        instruction_note(&c->f, found, c->user, user, "the user is set here");
        return;
    }
}

/* --- programs that add users --- */

static const struct tools {
    const char *packages, *missing, *package, *instead;
} tools[] = {
    {"apk", "useradd groupadd usermod", "shadow",
     "addgroup -g ID NAME, adduser -D -u ID -G GROUP NAME"},
    /* Many packages bring it with them. */
    {"apt", "adduser addgroup", "",
     "groupadd -g ID NAME, useradd -u ID -g GROUP NAME"},
};

/* True if the image comes without adduser: Debian since 13. */
static bool is_without_adduser(struct str image)
{
    static const char *const tags[] = {"13", "trixie", "forky", "testing",
                                       "sid"};
    for (size_t k = 0; k < sizeof tags / sizeof *tags; k++)
        if (str_starts(image, STR("debian:")) &&
            str_starts(str_from_off(image, 7), str_from(tags[k])))
            return true;
    return false;
}

/* True if the RUN may install the package. */
static bool brings(struct check *c, const struct instruction *run,
                   const char *package)
{
    struct str text = shell_text(run);
    struct words w;
    while (shell_next(c->f.arena, &text, &w))
        for (uint32_t k = 1; manager_of(w) && k < w.n; k++)
            if (str_starts(w.at[k], str_from(package)) ||
                str_chr(w.at[k], '$', 0) != STR_NONE)
                return true;
    return false;
}

/* True if a RUN before i, or i, may, in the stage or one below it. */
static bool is_brought(struct check *c, const struct instruction *i,
                       const char *package)
{
    for (const struct stage *s = c->stage; s; s = s->parent)
        for (uint32_t k = 0; k < s->commands.n; k++) {
            const struct instruction *at = s->commands.at[k];
            if (at->id == INSTRUCTION_RUN && brings(c, at, package))
                return true;
            if (at == i)
                break;
        }
    return false;
}

void check_packages_tools(struct check *c, const struct spot *at)
{
    const struct stage *bottom = stage_bottom(c->stage);
    const char *has = bottom->open ? NULL : image_packages(bottom->base);
    struct str text = shell_text(at->i);
    struct words w;
    const struct tools *t = tools;
    if (!has || str_chr(bottom->base, '/', 0) != STR_NONE ||
        !is_plain(c, at->i))
        return;
    if (strcmp(has, "apt") == 0 && is_without_adduser(bottom->base))
        t = &tools[1];
    else if (strcmp(has, "apk") != 0)
        return;
    while (shell_next(c->f.arena, &text, &w))
        if (shell_calls(w, t->missing) && !is_brought(c, at->i, t->package)) {
            check_report(c, at, w.at[0],
                         "the image %.*s has no %.*s; write %s, or install the "
                         "package %s first",
                         STR_ARG(bottom->base), STR_ARG(w.at[0]), t->instead,
                         *t->package ? t->package : "adduser");
            return;
        }
}

/* --- images without a shell --- */

/* True if i may bring a shell. */
static bool brings_shell(const struct instruction *i)
{
    static const char *const places[] = {"/bin", "/usr", "/busybox", "/sbin",
                                         "/lib"};
    if (i->id == INSTRUCTION_RUN)
        return i->exec_form;
    if (i->id != INSTRUCTION_COPY && i->id != INSTRUCTION_ADD)
        return false;
    if (str_find(i->rest, STR("busybox"), 0) != STR_NONE)
        return true;
    struct str target = instruction_target(i);
    for (size_t k = 0; k < sizeof places / sizeof *places; k++)
        if (str_starts(target, str_from(places[k])))
            return true;
    return text_is_one_of(target, "/ . ./");
}

void check_packages_shell(struct check *c, const struct spot *at)
{
    const struct stage *bottom = stage_bottom(c->stage);
    if (at->i->exec_form || c->shell || bottom->open ||
        !image_has_no_shell(bottom->base))
        return;
    for (const struct stage *s = c->stage; s; s = s->parent)
        for (uint32_t k = 0; k < s->commands.n; k++) {
            if (s->commands.at[k] == at->i)
                break;
            if (brings_shell(s->commands.at[k]))
                return;
        }
    check_report(c, at, at->i->word,
                 "the image %.*s has no shell, so no RUN works; do this in a "
                 "stage that has one, and COPY --from it",
                 STR_ARG(bottom->base));
}
