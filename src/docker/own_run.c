/* SPDX-License-Identifier: MIT */
/* Rules of our own on the commands of RUN: package lists of apt-get, and
 * signals that a shell keeps to itself. */

#include "docker/command.h"
#include "docker/mount.h"
#include "docker/own.h"
#include "docker/shell.h"
#include "docker/text.h"

/* --- apt-get --- */

/* What the commands of one RUN do about package lists. */
struct apt {
    struct str install; /* the word "apt-get" of the first install */
    struct str update;  /* that of the first update */
    bool early;         /* the install came before any update */
    bool elsewhere;     /* a script or add-apt-repository may update */
    bool from_files;    /* the install names files only */
};

static bool is_apt(struct words w)
{
    return shell_calls(w, "apt-get") || shell_calls(w, "apt");
}

/* True if all that is installed is a file of the image: ./x.deb, /tmp/x.deb. */
static bool names_files(struct words w, struct str subcommand)
{
    bool behind = false, any = false;
    for (uint32_t k = 1; k < w.n; k++) {
        struct str word = w.at[k];
        if (!behind) {
            behind = word.ptr == subcommand.ptr;
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

static void look_at_apt(struct apt *apt, struct words w)
{
    struct str what = shell_subcommand(w);
    if (str_eq(what, STR("update"))) {
        if (!apt->update.ptr)
            apt->update = w.at[0];
    } else if (str_eq(what, STR("install")) && !apt->install.ptr) {
        apt->install = w.at[0];
        apt->early = !apt->update.ptr;
        apt->from_files = names_files(w, what);
    }
}

static struct apt read_apt(struct check *c, const struct instruction *i)
{
    struct shell s = shell_of(c->f.arena, i);
    struct apt apt = {{NULL, 0}, {NULL, 0}, false, false, false};
    struct words w;
    while (shell_next(&s, &w)) {
        if (w.n == 0)
            continue;
        if (is_apt(w))
            look_at_apt(&apt, w);
        else if (!apt.install.ptr)
            apt.elsewhere = apt.elsewhere || shell_calls(w, "sh") ||
                            shell_calls(w, "bash") ||
                            shell_calls(w, "source") || shell_calls(w, ".") ||
                            shell_calls(w, "eval") ||
                            str_ends(w.at[0], STR(".sh")) ||
                            shell_calls(w, "add-apt-repository") ||
                            str_chr(w.at[0], '$', 0) != STR_NONE;
    }
    return apt;
}

/* True if a mount of i lies at or below dir, or above it. */
static bool has_mount(struct check *c, const struct instruction *i,
                      struct str dir)
{
    struct str name, value;
    struct mount m;
    struct expander x = {.arena = c->f.arena, .escape = c->d.escape};
    for (uint32_t k = 0; k < i->flags.n; k++) {
        command_split_flag(i->flags.at[k], &name, &value);
        if (!str_eq(name, STR("mount")) ||
            mount_parse(c->f.arena, value, &x, &m))
            continue;
        if (m.target.len &&
            (str_starts(dir, m.target) || str_starts(m.target, dir)))
            return true;
    }
    return false;
}

/* True if the text of i says anything about removing package lists. */
static bool cleans_lists(const struct shell *s)
{
    static const char *const marks[] = {"/var/lib/apt", "/var/lib/{",
                                        "dist-clean", "distclean", "lists"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_find(s->text, str_from(marks[k]), 0) != STR_NONE)
            return true;
    return false;
}

void own_apt(struct check *c, const struct instruction *i, bool shipped)
{
    struct str lists = STR("/var/lib/apt/lists");
    if (i->exec_form || str_find(i->line, STR("apt"), 0) == STR_NONE)
        if (i->nheredocs == 0)
            return;
    struct apt apt = read_apt(c, i);
    if (has_mount(c, i, lists))
        return;
    if (apt.install.ptr && apt.early && !apt.elsewhere && !apt.from_files)
        check_warn(c, i, apt.install, DIAG_APT_WITHOUT_UPDATE,
                   "without 'apt-get update' in the same RUN this installs "
                   "from package lists that a cache kept, or finds none");
    struct shell s = shell_of(c->f.arena, i);
    if (shipped && apt.update.ptr && !cleans_lists(&s))
        check_warn(c, i, apt.update, DIAG_APT_LISTS_LEFT,
                   "the package lists stay in the image; end this RUN with "
                   "rm -rf /var/lib/apt/lists/*, or mount a cache on "
                   "/var/lib/apt");
}

/* --- signals --- */

static bool is_shell(struct str program)
{
    struct words w = {&program, 1};
    return shell_calls(w, "sh") || shell_calls(w, "bash") ||
           shell_calls(w, "ash") || shell_calls(w, "dash");
}

/* CMD ["sh", "-c", "cd /app && server"]: the shell waits for the server and
 * passes no signal on. A shell replaces itself by a command that stands alone,
 * so one command is fine. */
void own_signals(struct check *c, const struct instruction *i)
{
    struct words w, last = {NULL, 0};
    unsigned n = 0;
    if (!i->exec_form || i->args.n != 3 || !is_shell(i->args.at[0]) ||
        !str_eq(i->args.at[1], STR("-c")))
        return;
    struct shell s = {c->f.arena, i->args.at[2], 0, 0, 0};
    size_t from = 0;
    while (shell_next(&s, &w)) {
        n++;
        last = w;
        if (s.at < s.text.len)
            from = s.at;
    }
    struct str end = text_trim(str_from_off(s.text, from));
    if (n < 2 || last.n == 0 || str_find(end, STR("exec "), 0) != STR_NONE ||
        str_eq(last.at[0], STR("wait")))
        return;
    check_warn(c, i, i->args.at[2], DIAG_SIGNALS_LOST,
               "the shell stays in front of the last command and keeps the "
               "signals to stop; begin that command with 'exec'");
}
