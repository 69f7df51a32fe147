/* SPDX-License-Identifier: MIT */
/* Who runs in a stage, and what that user cannot do. */
#include "docker/check.h"

#include "base/path.h"
#include "docker/image.h"
#include "docker/mount.h"
#include "docker/shell.h"
#include "docker/text.h"

enum user {
    USER_OF_IMAGE, /* no USER: whatever the image has */
    USER_VARIABLE, /* it depends on a variable */
    USER_ROOT,
    USER_OTHER
};

/* i is a USER, or NULL. */
static enum user user_of(const struct instruction *i)
{
    if (!i)
        return USER_OF_IMAGE;
    struct str group = i->args.at[0], user = text_cut(&group, ':');
    if (str_chr(user, '$', 0) != STR_NONE)
        return USER_VARIABLE;
    return text_is_one_of(user, "root 0") ? USER_ROOT : USER_OTHER;
}

bool check_users_is_other(const struct instruction *user)
{
    return user_of(user) == USER_OTHER;
}

static void note_user(struct check *c, struct finding *found,
                      const struct instruction *user)
{
    instruction_note(&c->f, found, user, user->args.at[0],
                     "the user is set here");
}

/* --- caches --- */

static void check_cache(struct check *c, const struct spot *at, struct str flag,
                        const struct mount *m)
{
    bool open = m->has_mode && (m->mode & 0002);
    struct finding *found = NULL;
    if (!str_eq(m->type, STR("cache")))
        return;
    if (path_below(m->target, STR("/root")).ptr)
        found = check_report(
            c, at, flag,
            "this RUN does not run as root, and only root can enter /root; "
            "mount the cache in the user's home, with uid=");
    else if (!m->has_uid && !open)
        found = check_report(c, at, flag,
                             "the cache belongs to root, but this RUN does not "
                             "run as root; add uid= and gid=");
    note_user(c, found, c->user);
}

void check_users_cache(struct check *c, const struct spot *at)
{
    struct expander x = {
        .arena = c->f.arena, .escape = c->d.escape, .keep = true};
    struct str flag, value;
    struct mount m;
    if (user_of(c->user) != USER_OTHER)
        return;
    for (uint32_t k = 0; instruction_mount(at->i, &k, &flag, &value);)
        if (!mount_parse(c->f.arena, value, &x, &m))
            check_cache(c, at, flag, &m);
}

/* --- files of root --- */

/* /root/.local of another stage, for a user that cannot enter /root. */
void check_users_site(struct check *c, const struct spot *at)
{
    struct str from, target = instruction_target(at->i);
    if (!instruction_flag(at->i, "from", &from) || from.len == 0 ||
        !path_below(target, STR("/root/.local")).ptr ||
        user_of(c->stage->user) != USER_OTHER)
        return;
    struct finding *found = check_report(
        c, at, target,
        "what 'pip install --user' put into root's home is of no use to "
        "another user, who cannot enter /root and looks elsewhere; install "
        "into a virtual environment and copy that");
    note_user(c, found, c->stage->user);
}

/* --- the last stage --- */

/* True if words call a script by the name that such scripts have, or a shell
 * for somebody who types. */
static bool is_start(struct words w)
{
    static const char *const begins[] = {"start", "run",   "boot",   "launch",
                                         "entry", "setup", "docker-"};
    struct str name = w.n ? w.at[0] : STR("");
    size_t slash = str_rchr(name, '/');
    if (w.n == 1 && shell_calls(w, "sh bash ash dash zsh"))
        return true;
    if (w.n > 1 && slash == STR_NONE)
        return false;
    name = str_from_off(name, slash == STR_NONE ? 0 : slash + 1);
    for (size_t k = 0; k < sizeof begins / sizeof *begins; k++)
        if (str_starts(name, str_from(begins[k])))
            return true;
    return false;
}

/* True if words tell a daemon its user: -u memcache. Of Python's own, -u is
 * something else. */
static bool names_user(struct words w)
{
    for (uint32_t k = 1; k < w.n; k++)
        if (text_is_one_of(w.at[k], "-u -U"))
            return str_find(w.at[0], STR("python"), 0) == STR_NONE;
    return false;
}

/* True if i may start something that gives up root itself: a script, an init,
 * or a daemon that opens its ports first or is told a user. */
static bool may_drop_root(struct check *c, const struct instruction *i)
{
    struct str text = i->rest;
    struct words w = i->args;
    if (!i->exec_form)
        shell_next(c->f.arena, &text, &w);
    if (is_start(w))
        return true;
    static const char *const marks[] = {
        "entrypoint", ".sh",        "gosu",      "su-exec", "setpriv",
        "chroot",     "runuser",    "s6",        "init",    "supervisord",
        "service ",   "systemd",    "cron",      "nginx",   "apache",
        "httpd",      "haproxy",    "squid",     "-fpm",    "sshd",
        "runsvdir",   "runit",      "varnish",   "unbound", "chronyd",
        "mosquitto",  "apt-cacher", "su ",       "sudo",    "--user",
        "--uid",      "named",      "dnsmasq",   "mysqld",  "mariadbd",
        "postgres",   "mongod",     "memcached", "radiusd", "dovecot",
        "postfix",    "icecast",    "vsftpd",    "proftpd", "$"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_find(i->line, str_from(marks[k]), 0) != STR_NONE)
            return true;
    return names_user(w);
}

/* The CMD or ENTRYPOINT of a stage that exposes ports; NULL if there is none,
 * or if it may drop its rights. */
static const struct instruction *service_of(struct check *c,
                                            const struct stage *s)
{
    const struct instruction *start = NULL;
    bool listens = false;
    for (; s; s = s->parent)
        for (uint32_t k = s->commands.n; k-- > 0;) {
            const struct instruction *i = s->commands.at[k];
            listens = listens || i->id == INSTRUCTION_EXPOSE;
            if (i->id != INSTRUCTION_CMD && i->id != INSTRUCTION_ENTRYPOINT)
                continue;
            if (may_drop_root(c, i))
                return NULL;
            start = start ? start : i;
        }
    return listens ? start : NULL;
}

void check_users_root(struct check *c, const struct spot *at)
{
    const struct stage *s = c->stage;
    const struct instruction *user = s->user, *start = NULL;
    enum user who = user_of(user);
    if (s == stage_last(&c->m) && who != USER_OTHER && who != USER_VARIABLE)
        start = service_of(c, s);
    if (!start)
        return;
    if (who == USER_ROOT)
        check_report_of(c, at, user, user->args.at[0],
                        "the service of the last stage runs as root; end that "
                        "stage with USER and another name");
    else if (image_runs_as_root(stage_bottom(s)->base))
        check_report_of(
            c, at, start, start->word,
            "this service runs as root, since no USER says otherwise");
}
