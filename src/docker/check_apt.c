/* SPDX-License-Identifier: MIT */
/* The package lists of apt-get in one RUN. */
#include "docker/check.h"
#include "docker/mount.h"
#include "docker/shell.h"
#include "docker/text.h"

/* What the commands of one RUN do with package lists. */
struct apt {
    const struct instruction *of;
    struct str install; /* the word "apt-get" of the first install */
    struct str update;  /* that of the first update, … */
    struct str last;    /* … and of the last */
    bool early;         /* the install came before any update */
    bool elsewhere;     /* a script or add-apt-repository may update */
    bool from_files;    /* the install names files only */
};

/* True if only files of the image are installed: ./x.deb, /tmp/x.deb. */
static bool names_files(struct words w, struct str subcommand)
{
    bool after = false, any = false;
    for (uint32_t k = 1; k < w.n; k++) {
        struct str word = w.at[k];
        if (!after) {
            after = word.ptr == subcommand.ptr;
            continue;
        }
        if (word.len == 0 || word.ptr[0] == '-')
            continue;
        any = true;
        if (!str_ends(word, STR(".deb")) && word.ptr[0] != '/' &&
            word.ptr[0] != '.')
            return false;
    }
    return any;
}

/* True for --update, and for -U, also as one of several letters (-yU). The
 * option makes apt fetch the lists before it does anything else. */
static bool asks_update(struct str option)
{
    if (str_eq(option, STR("--update")))
        return true;
    if (option.len < 2 || option.ptr[0] != '-' || option.ptr[1] == '-')
        return false;
    for (size_t k = 1; k < option.len; k++) {
        char letter = option.ptr[k];
        if (letter == 'U')
            return true;
        if (str_chr(STR("acot"), letter, 0) != STR_NONE) /* a value follows */
            return false;
    }
    return false;
}

/* True for options with which nothing is fetched. */
static bool fetches_nothing(struct words w)
{
    for (uint32_t k = 1; k < w.n; k++)
        if (text_is_one_of(w.at[k], "--no-download --print-uris"))
            return true;
    return false;
}

/* True if the command fetches package lists: update, install --update. */
static bool updates(struct words w, struct str subcommand)
{
    if (str_eq(subcommand, STR("update")))
        return true;
    for (uint32_t k = 1; k < w.n; k++)
        if (asks_update(w.at[k]))
            return true;
    return false;
}

static void look_at(struct apt *apt, struct words w)
{
    struct str what = shell_subcommand(w);
    if (!shell_calls(w, "apt-get apt nala aptitude")) {
        if (!apt->install.ptr && w.n)
            apt->elsewhere =
                apt->elsewhere || str_ends(w.at[0], STR(".sh")) ||
                str_chr(w.at[0], '$', 0) != STR_NONE ||
                shell_calls(w,
                            "sh bash dash su source . eval add-apt-repository");
        return;
    }
    if (updates(w, what)) {
        apt->update = apt->update.ptr ? apt->update : w.at[0];
        apt->last = w.at[0];
    }
    if (str_eq(what, STR("install")) && !apt->install.ptr &&
        !fetches_nothing(w)) {
        apt->install = w.at[0];
        apt->early = !apt->update.ptr;
        apt->from_files = names_files(w, what);
    }
}

/* True if a mount of i lies at, below or above the package lists. */
static bool has_mount(struct check *c, const struct instruction *i)
{
    struct str lists = STR("/var/lib/apt/lists"), flag, value;
    struct mount m;
    struct expander x = {.arena = c->f.arena, .escape = c->d.escape};
    for (uint32_t k = 0; instruction_mount(i, &k, &flag, &value);)
        if (!mount_parse(c->f.arena, value, &x, &m) && m.target.len &&
            (str_starts(lists, m.target) || str_starts(m.target, lists)))
            return true;
    return false;
}

/* What i does with package lists; nothing where they are in a mount. Two checks
 * ask for it, one after the other. */
static const struct apt *read_apt(struct check *c, const struct instruction *i)
{
    struct words w;
    struct str text = shell_text(i);
    bool named = str_find(i->line, STR("apt"), 0) != STR_NONE;
    if (c->apt && c->apt->of == i)
        return c->apt;
    struct apt *apt = c->apt ? c->apt : arena_new(c->f.arena, struct apt);
    *apt = (struct apt){.of = i};
    c->apt = apt;
    if (i->heredocs.n == 0 && (i->exec_form || !named))
        return apt;
    if (!has_mount(c, i))
        while (shell_next(c->f.arena, &text, &w))
            look_at(apt, w);
    return apt;
}

void check_apt_update(struct check *c, const struct spot *at)
{
    const struct apt *apt = read_apt(c, at->i);
    if (apt->early && !apt->elsewhere && !apt->from_files)
        check_report(c, at, apt->install,
                     "without 'apt-get update' in the same RUN, this installs "
                     "from old package lists that were cached, or finds none");
}

/* True if the lists that `last` of a RUN's text fetches may be removed: what is
 * after it says anything about them, or a function or trap may. */
static bool cleans_lists(struct str text, struct str last)
{
    static const char *const marks[] = {"/var/lib/apt", "/var/lib/{",
                                        "dist-clean", "distclean", "lists"};
    bool inside = last.ptr >= text.ptr && last.ptr < text.ptr + text.len;
    bool later = str_find(text, STR("trap "), 0) != STR_NONE ||
                 str_find(text, STR("()"), 0) != STR_NONE;
    size_t from = inside && !later ? (size_t)(last.ptr - text.ptr) : 0;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_find(text, str_from(marks[k]), from) != STR_NONE)
            return true;
    return false;
}

void check_apt_lists(struct check *c, const struct spot *at)
{
    if (!c->stage->shipped)
        return;
    const struct apt *apt = read_apt(c, at->i);
    if (!apt->last.ptr || cleans_lists(shell_text(at->i), apt->last))
        return;
    if (apt->install.ptr)
        check_report(
            c, at, apt->last,
            "the package lists stay in the image; end this RUN with rm -rf "
            "/var/lib/apt/lists/*, or mount a cache on /var/lib/apt");
    else
        check_report(c, at, apt->last,
                     "the package lists stay in the image; join this with the "
                     "RUN that installs, and end that with rm -rf "
                     "/var/lib/apt/lists/*");
}
