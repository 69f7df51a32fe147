/* SPDX-License-Identifier: MIT */
/* Whether a RUN calls the package manager that its image has. */
#include "docker/check.h"
#include "docker/image.h"
#include "docker/shell.h"
#include "docker/shell_kind.h"
#include "docker/text.h"

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
    if (!has || !*has || at->i->exec_form || asks(text) ||
        shell_kind(c, at->i) != SHELL_POSIX)
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
