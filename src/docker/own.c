/* SPDX-License-Identifier: MIT */
/* Rules on stages: who needs them, and who runs in them. A walk of its own,
 * with one thing remembered: the user of each stage. */
#include "docker/own.h"

#include "docker/command.h"
#include "docker/grammar.h"
#include "docker/mount.h"
#include "docker/text.h"

/* --- users --- */

enum user {
    USER_OF_IMAGE, /* nobody said: whatever the image has */
    USER_VARIABLE, /* it depends on a variable */
    USER_ROOT,
    USER_OTHER
};

/* Who runs at the end of a stage, and where that was said. */
struct who {
    enum user user;
    const struct instruction *at; /* NULL: in no stage here */
};

static enum user user_of(struct str name)
{
    struct str user = text_cut(&name, ':');
    if (str_chr(user, '$', 0) != STR_NONE)
        return USER_VARIABLE;
    return str_eq(user, STR("root")) || str_eq(user, STR("0")) ? USER_ROOT
                                                               : USER_OTHER;
}

struct own {
    struct check *c;
    struct who *ends;      /* by stage */
    const bool *shipped;   /* by stage: its layers are in the last image */
    const struct stage *s; /* being looked at */
    struct who now;
};

/* --- caches --- */

static bool is_below(struct str path, const char *dir)
{
    struct str d = str_from(dir);
    return str_starts(path, d) && (path.len == d.len || path.ptr[d.len] == '/');
}

static void note_user(struct own *o, struct finding *found)
{
    check_note(o->c, found, o->now.at, o->now.at->args.at[0],
               "the user is named here");
}

static void check_cache(struct own *o, const struct instruction *i,
                        struct str flag, const struct mount *m)
{
    bool open = m->has_mode && (m->mode & 0002);
    if (!str_eq(m->type, STR("cache")) || o->now.user != USER_OTHER)
        return;
    struct finding *found = NULL;
    if (is_below(m->target, "/root"))
        found = check_warn(o->c, i, flag, DIAG_CACHE_MOUNT_USER,
                           "this RUN is not root's, and nobody else can enter "
                           "/root: mount the cache in the user's home, with "
                           "uid=");
    else if (!m->has_uid && !open)
        found = check_warn(o->c, i, flag, DIAG_CACHE_MOUNT_USER,
                           "the cache belongs to root, but this RUN is not "
                           "root's: add uid= and gid=");
    note_user(o, found);
}

static void check_caches(struct own *o, const struct instruction *i)
{
    struct expander x = {
        .arena = o->c->f.arena, .escape = o->c->d.escape, .keep_unset = true};
    struct str name, value;
    struct mount m;
    for (uint32_t k = 0; k < i->flags.n; k++) {
        command_split_flag(i->flags.at[k], &name, &value);
        if (str_eq(name, STR("mount")) &&
            !mount_parse(o->c->f.arena, value, &x, &m))
            check_cache(o, i, i->flags.at[k], &m);
    }
}

/* --- one stage --- */

static void look_at(struct own *o, const struct instruction *i)
{
    switch (i->id) {
    case INSTRUCTION_USER:
        o->now = (struct who){user_of(i->args.at[0]), i};
        break;
    case INSTRUCTION_RUN:
        own_apt(o->c, i, o->shipped[o->s->index]);
        check_caches(o, i);
        break;
    case INSTRUCTION_CMD:
    case INSTRUCTION_ENTRYPOINT:
        own_signals(o->c, i);
        break;
    case INSTRUCTION_ARG:
    case INSTRUCTION_ENV:
    case INSTRUCTION_LABEL:
        own_secrets(o->c, i);
        break;
    default:
        break;
    }
}

/* /root/.local of another stage, for a user that cannot enter /root. */
static void check_user_site(struct own *o)
{
    if (o->now.user != USER_OTHER)
        return;
    for (uint32_t k = 0; k < o->s->uses.n; k++) {
        const struct use *u = &o->s->uses.at[k];
        if (u->kind != USE_COPY ||
            !is_below(command_target(u->at), "/root/.local"))
            continue;
        note_user(o, check_warn(o->c, u->at, command_target(u->at),
                                DIAG_USER_SITE_COPIED,
                                "what 'pip install --user' put into root's "
                                "home is of no use to another user, who "
                                "cannot enter /root and looks elsewhere; "
                                "install into a virtual environment and copy "
                                "that"));
    }
}

static void look_at_stage(struct own *o, const struct stage *s)
{
    o->s = s;
    o->now = s->parent ? o->ends[s->parent->index]
                       : (struct who){USER_OF_IMAGE, NULL};
    for (uint32_t k = 0; k < s->commands.n; k++)
        look_at(o, s->commands.at[k]);
    check_user_site(o);
    o->ends[s->index] = o->now;
}

/* --- the last stage --- */

/* Images of languages and distributions that are known to run as root. */
static bool is_root_image(struct str base)
{
    static const char *const names[] = {"almalinux",
                                        "alpine",
                                        "amazoncorretto",
                                        "archlinux",
                                        "buildpack-deps",
                                        "bun",
                                        "centos",
                                        "debian",
                                        "eclipse-temurin",
                                        "fedora",
                                        "golang",
                                        "gradle",
                                        "maven",
                                        "node",
                                        "openjdk",
                                        "perl",
                                        "php",
                                        "python",
                                        "rockylinux",
                                        "ruby",
                                        "rust",
                                        "ubuntu"};
    struct str name = image_official(base);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        if (str_eq(name, str_from(names[k])))
            return true;
    return false;
}

/* True if i may start something that gives up root by itself: a script, an
 * init, or a daemon that opens its ports first. */
static bool may_drop_root(const struct instruction *i)
{
    static const char *const marks[] = {
        "entrypoint", ".sh",      "gosu",      "su-exec", "setpriv",
        "chroot",     "runuser",  "s6",        "init",    "supervisord",
        "service ",   "systemd",  "cron",      "nginx",   "apache",
        "httpd",      "lighttpd", "haproxy",   "squid",   "php-fpm",
        "sshd",       "named",    "dnsmasq",   "mysqld",  "mariadbd",
        "postgres",   "mongod",   "memcached", "radiusd", "dovecot",
        "postfix",    "icecast",  "vsftpd",    "proftpd", "$"};
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_find(i->line, str_from(marks[k]), 0) != STR_NONE)
            return true;
    return false;
}

/* What starts in the last stage, and whether it listens. */
struct service {
    const struct instruction *start; /* CMD or ENTRYPOINT */
    bool listens;
    bool unknown; /* it may drop its rights */
};

static struct service service_of(const struct stage *s)
{
    struct service out = {NULL, false, false};
    for (; s; s = s->parent)
        for (uint32_t k = s->commands.n; k-- > 0;) {
            const struct instruction *i = s->commands.at[k];
            if (i->id == INSTRUCTION_EXPOSE)
                out.listens = true;
            if (i->id != INSTRUCTION_CMD && i->id != INSTRUCTION_ENTRYPOINT)
                continue;
            out.unknown = out.unknown || may_drop_root(i);
            if (!out.start)
                out.start = i;
        }
    return out;
}

static void check_root(struct own *o)
{
    const struct stage *last = o->c->m.stages.at[o->c->m.stages.n - 1];
    struct who who = o->ends[last->index];
    struct service service = service_of(last);
    if (!service.start || !service.listens || service.unknown)
        return;
    if (who.user == USER_ROOT)
        check_warn(o->c, who.at, who.at->args.at[0], DIAG_ROOT_USER,
                   "the service of the last stage runs as root; end with USER "
                   "and another name");
    else if (who.user == USER_OF_IMAGE &&
             is_root_image(stage_bottom(last)->base))
        check_warn(o->c, service.start, service.start->word, DIAG_ROOT_USER,
                   "this service runs as root, since no USER says otherwise");
}

/* --- who needs whom --- */

/* A stage with a name may be a target; one without can only be used here. */
static void check_unused(struct own *o)
{
    static const char *const helpers[] = {"build", "builder", NULL};
    struct model *m = &o->c->m;
    bool *used = arena_zalloc(m->arena, m->stages.n);
    for (uint32_t k = 0; k < m->stages.n; k++) {
        const struct stage *s = m->stages.at[k];
        if (s->parent)
            used[s->parent->index] = true;
        for (uint32_t n = 0; n < s->uses.n; n++)
            if (s->uses.at[n].stage)
                used[s->uses.at[n].stage->index] = true;
    }
    for (uint32_t k = 0; k + 1 < m->stages.n; k++) {
        const struct stage *s = m->stages.at[k];
        if (!used[k] && s->name.len == 0)
            check_warn(o->c, s->from, s->from->args.at[0], DIAG_UNUSED_STAGE,
                       "nothing uses this stage, and without a name nothing "
                       "can: neither FROM nor COPY --from, nor --target");
        else if (!used[k] && text_is_one_of(s->name, helpers))
            check_warn(o->c, s->from, command_stage_name(s->from),
                       DIAG_UNUSED_STAGE,
                       "no stage takes anything from '%.*s': COPY --from=%.*s "
                       "is missing",
                       STR_ARG(s->name), STR_ARG(s->name));
    }
}

/* Production must not be built on what is there for developers. */
static void check_production(struct own *o)
{
    static const char *const production[] = {"production", "prod", "release",
                                             NULL};
    static const char *const others[] = {
        "dev", "development", "develop", "test", "tests", "testing", NULL};
    struct model *m = &o->c->m;
    for (uint32_t k = 0; k < m->stages.n; k++) {
        const struct stage *s = m->stages.at[k];
        if (!text_is_one_of(s->name, production))
            continue;
        for (const struct stage *p = s->parent; p; p = p->parent)
            if (text_is_one_of(p->name, others))
                check_warn(o->c, s->from, s->from->args.at[0],
                           DIAG_PRODUCTION_USES_DEV,
                           "'%.*s' is built on '%.*s', and so holds all that "
                           "is in it",
                           STR_ARG(s->name), STR_ARG(p->name));
    }
}

static void check_pinned(struct own *o)
{
    for (uint32_t k = 0; k < o->c->m.stages.n; k++) {
        const struct stage *s = o->c->m.stages.at[k];
        struct image_ref ref;
        if (s->parent || str_eq(s->base, STR("scratch")) ||
            grammar_image(s->base, &ref) || ref.digest.len)
            continue;
        if (!ref.tag.len || str_eq(ref.tag, STR("latest")))
            check_warn(o->c, s->from, s->from->args.at[0], DIAG_UNPINNED_BASE,
                       "'%.*s' is another image each month; name a version",
                       STR_ARG(s->base));
    }
}

/* The stages whose layers the last image consists of. */
static bool *find_shipped(const struct model *m)
{
    bool *shipped = arena_zalloc(m->arena, m->stages.n);
    const struct stage *s = m->stages.at[m->stages.n - 1];
    for (; s; s = s->parent)
        shipped[s->index] = true;
    return shipped;
}

void own_run(struct check *c)
{
    struct own o = {.c = c};
    o.ends = arena_array(c->f.arena, c->m.stages.n, sizeof *o.ends);
    o.shipped = find_shipped(&c->m);
    for (uint32_t k = 0; k < c->m.global_args.n; k++)
        own_secrets(c, c->m.global_args.at[k]);
    for (uint32_t k = 0; k < c->m.stages.n; k++)
        look_at_stage(&o, c->m.stages.at[k]);
    check_root(&o);
    check_unused(&o);
    check_production(&o);
    check_pinned(&o);
}
