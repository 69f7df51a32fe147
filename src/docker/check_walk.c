/* SPDX-License-Identifier: MIT */
/* Goes through the stages as the builder does, with the variables that each
 * instruction sees. It stops at the first instruction that the builder would
 * refuse. Nothing is known of images: they are taken to set PATH alone. */
#include "base/path.h"
#include "docker/check.h"
#include "docker/command.h"
#include "docker/grammar.h"
#include "docker/ignore.h"
#include "docker/mount.h"
#include "docker/text.h"

enum {
    LONGEST_PATH = 4096 /* PATH_MAX of Linux */
};

/* What later stages inherit from a stage that was walked through. */
struct state {
    struct env env;
    struct str workdir; /* absolute */
    bool workdir_set;
    bool shell_set;
};

struct walk {
    struct check *c;
    struct state *states; /* by stage */
    struct stage *stage;
    struct state *now;
    uint32_t use; /* the next of the stage's */
    /* The FROM that a trigger of ONBUILD runs at; NULL outside of triggers. */
    const struct instruction *from;
    bool open; /* the instruction hangs on a variable without a value */
    /* Instructions of which the last counts. */
    const struct instruction *cmd, *entrypoint, *healthcheck;
};

/* --- reports --- */

/* Triggers are reported where they run. */
static const struct instruction *place(const struct walk *w,
                                       const struct instruction *i)
{
    return w->from ? w->from : i;
}

static bool refuse(struct walk *w, const struct instruction *i, struct str part,
                   const char *why)
{
    if (w->c->any_values && w->open)
        return true;
    instruction_report(&w->c->f, place(w, i), part, DIAG_DOCKERFILE, "%s", why);
    return false;
}

static void warn_undefined(struct walk *w, const struct instruction *i,
                           struct str name)
{
    struct str near = {NULL, 0};
    if (check_suggests(w->c))
        near = env_near(&w->now->env, name);
    if (w->c->any_values && image_sets(stage_bottom(w->stage)->base, name))
        return;
    if (near.ptr)
        check_warn(w->c, place(w, i), name, DIAG_UNDEFINED_VAR,
                   "no ARG or ENV above sets '$%.*s'; did you mean '$%.*s'?",
                   STR_ARG(name), STR_ARG(near));
    else
        check_warn(w->c, place(w, i), name, DIAG_UNDEFINED_VAR,
                   "no ARG or ENV above sets '$%.*s'", STR_ARG(name));
}

static bool is_hidden(struct str name)
{
    return str_eq(name, STR("BUILDKIT_SBOM_SCAN_CONTEXT")) ||
           str_eq(name, STR("BUILDKIT_SBOM_SCAN_STAGE"));
}

static void report_unset(struct walk *w, const struct instruction *i,
                         const struct word_names *used)
{
    w->open = w->open || used->unset.n > 0;
    for (uint32_t k = 0; k < used->unset.n; k++) {
        struct str name = used->unset.at[k];
        if (!env_is_declared(&w->now->env, name) && !is_hidden(name))
            warn_undefined(w, i, name);
    }
}

/* --- expanding --- */

static struct expander expander(struct walk *w, struct word_names *used)
{
    return (struct expander){.arena = w->c->f.arena,
                             .escape = w->c->d.escape,
                             .get = env_get,
                             .ctx = &w->now->env,
                             .used = used};
}

static bool expand(struct walk *w, const struct instruction *i, struct str word,
                   struct str *out)
{
    struct word_names used = {0};
    struct expander x = expander(w, &used);
    bool good = expand_word(&x, word, out);
    report_unset(w, i, &used);
    return good || refuse(w, i, x.error_part, x.error);
}

static bool expand_flag(struct walk *w, const struct instruction *i,
                        const char *name, struct str *out)
{
    command_flag(i, name, out);
    return expand(w, i, *out, out);
}

/* --- variables --- */

/* The words that make a name look like one of a secret. */
static bool is_secret_word(struct str word)
{
    static const char *const words[] = {
        "apikey",   "auth",  "credential", "credentials", "key",
        "password", "pword", "passwd",     "secret",      "token"};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (text_same(word, str_from(words[k])))
            return true;
    return false;
}

static bool is_secret(struct str name)
{
    bool secret = false;
    while (name.ptr) {
        struct str word = text_cut(&name, '_');
        if (text_same(word, STR("public")))
            return false;
        secret = secret || is_secret_word(word);
    }
    return secret;
}

static void warn_secret(struct walk *w, const struct instruction *i,
                        struct str name, struct str part)
{
    if (is_secret(name))
        check_warn(w->c, place(w, i), part, DIAG_SECRETS,
                   "the value of '%.*s' stays in the image for everyone to "
                   "read; pass a secret with RUN --mount=type=secret",
                   STR_ARG(name));
}

static void warn_legacy(struct walk *w, const struct instruction *i,
                        const struct pair *pair)
{
    if (pair->legacy)
        check_warn(w->c, place(w, i), pair->name, DIAG_LEGACY_KEY_VALUE,
                   "write %s %.*s=…; without '=' is a legacy form",
                   instruction_name(i->id), STR_ARG(pair->name));
}

/* ENV and LABEL: all is expanded before anything is set. */
static bool walk_pairs(struct walk *w, const struct instruction *i)
{
    struct pair *done = arena_array(w->c->f.arena, i->npairs, sizeof *done);
    for (uint32_t k = 0; k < i->npairs; k++)
        if (!expand(w, i, i->pairs[k].name, &done[k].name) ||
            !expand(w, i, i->pairs[k].value, &done[k].value))
            return false;
    for (uint32_t k = 0; k < i->npairs; k++) {
        warn_legacy(w, i, &i->pairs[k]);
        if (i->id != INSTRUCTION_ENV)
            continue;
        warn_secret(w, i, done[k].name, i->pairs[k].name);
        env_set(&w->now->env, done[k].name, done[k].value);
    }
    return true;
}

static bool walk_arg(struct walk *w, const struct instruction *i)
{
    struct env *env = &w->now->env;
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct str value = i->args.at[k], result;
        struct str name = text_cut(&value, '=');
        bool set = value.ptr != NULL;
        warn_secret(w, i, name, name);
        if (set && !expand(w, i, value, &result))
            return false;
        if (!set)
            set = env_get(&w->c->m.globals, name, &result);
        env_declare(env, name);
        if (set && !is_hidden(name))
            env_set_arg(env, name, result);
    }
    return true;
}

/* --- files --- */

/* A stage can only take files from what is finished. Its uses are in the order
 * of its instructions, and so is the walk. */
static bool check_order(struct walk *w, const struct instruction *i)
{
    for (; w->use < w->stage->uses.n; w->use++) {
        const struct use *u = &w->stage->uses.at[w->use];
        if (u->at != i)
            return true;
        if (!u->stage || u->stage->index <= w->stage->index)
            continue;
        instruction_report(&w->c->f, i, u->from, DIAG_UNKNOWN_STAGE,
                           "the stage '%.*s' comes later; a stage takes files "
                           "from stages above it",
                           STR_ARG(u->from));
        return false;
    }
    return true;
}

static bool is_git(struct str s)
{
    if (str_starts(s, STR("git://")) || str_starts(s, STR("ssh://")))
        return true;
    if (str_starts(s, STR("http://")) || str_starts(s, STR("https://"))) {
        size_t end = str_chr(s, '#', 0), query = str_chr(s, '?', 0);
        s = str_slice(s, 0, end < query ? end : query);
        return str_ends(s, STR(".git"));
    }
    size_t at = str_chr(s, '@', 0);
    if (at == STR_NONE || at == 0)
        return false;
    size_t colon = str_chr(s, ':', at);
    size_t slash = str_chr(s, '/', 0);
    return colon != STR_NONE && colon + 1 < s.len && slash > colon;
}

static bool is_url(struct str s)
{
    return str_starts(s, STR("http://")) || str_starts(s, STR("https://"));
}

static bool check_source(struct walk *w, const struct instruction *i,
                         struct str written, struct str source)
{
    if (i->id == INSTRUCTION_COPY && (is_git(source) || is_url(source)))
        return refuse(w, i, written, "COPY takes no URL; ADD does");
    return true;
}

/* Nothing of it is in the build context. */
static void check_ignored(struct walk *w, const struct instruction *i,
                          struct str written, struct str source)
{
    struct check *c = w->c;
    struct str patterns, from;
    if (!c->ignore || !check_wants(c, DIAG_COPY_IGNORED) || is_git(source) ||
        is_url(source) || (command_flag(i, "from", &from) && from.len) ||
        !c->ignore(c->ignore_ctx, &patterns) ||
        !ignore_matches(c->f.arena, patterns, source))
        return;
    check_warn(c, place(w, i), written, DIAG_COPY_IGNORED,
               "the .dockerignore keeps '%.*s' out of the build context",
               STR_ARG(source));
}

static bool check_checksum(struct walk *w, const struct instruction *i,
                           struct str checksum, struct words sources)
{
    if (checksum.len == 0)
        return true;
    if (sources.n != 1)
        return refuse(w, i, checksum, "a checksum is that of one source");
    if (!is_git(sources.at[0]) && !is_url(sources.at[0]))
        return refuse(w, i, checksum, "a checksum is that of a URL");
    if (!is_git(sources.at[0]) && !grammar_digest(checksum))
        return refuse(w, i, checksum,
                      "no checksum: sha256: and 64 hexadecimal digits");
    return true;
}

/* Variables are replaced in the text of COPY <<EOF, quotes are not looked
 * at. */
static bool walk_contents(struct walk *w, const struct instruction *i)
{
    for (uint32_t k = 0; k < i->nheredocs; k++) {
        struct word_names used = {0};
        struct expander x = expander(w, &used);
        struct str ignored;
        x.escape = '\\';
        x.no_quotes = true;
        if (!i->heredocs[k].expand)
            continue;
        bool good = expand_word(&x, i->heredocs[k].content, &ignored);
        report_unset(w, i, &used);
        if (!good)
            return refuse(w, i, x.error_part, x.error);
    }
    return true;
}

static bool walk_copy(struct walk *w, const struct instruction *i)
{
    struct str chown, chmod, checksum = {NULL, 0}, target;
    struct words sources = command_sources(w->c->f.arena, i);
    struct words expanded = {
        arena_array(w->c->f.arena, sources.n + 1, sizeof *expanded.at),
        sources.n};
    if (!expand_flag(w, i, "chown", &chown) ||
        !expand_flag(w, i, "chmod", &chmod) ||
        (i->id == INSTRUCTION_ADD && !expand_flag(w, i, "checksum", &checksum)))
        return false;
    for (uint32_t k = 0; k < sources.n; k++)
        if (!expand(w, i, sources.at[k], &expanded.at[k]))
            return false;
    if (!expand(w, i, command_target(i), &target) || !walk_contents(w, i) ||
        !check_order(w, i))
        return false;
    if (chmod.len && !grammar_mode(chmod))
        return refuse(w, i, chmod, "no mode: 644, 0755, u+x, go-w");
    if (!check_checksum(w, i, checksum, expanded))
        return false;
    for (uint32_t k = 0; k < sources.n; k++) {
        if (!check_source(w, i, sources.at[k], expanded.at[k]))
            return false;
        check_ignored(w, i, sources.at[k], expanded.at[k]);
    }
    return true;
}

/* A path as the container sees it. */
static struct str below_workdir(struct walk *w, struct str path)
{
    struct arena *a = w->c->f.arena;
    return path_normalise(a, path_join(a, w->now->workdir, path));
}

/* Where a mount lies; "/" cannot be covered. */
static bool check_mount(struct walk *w, const struct instruction *i,
                        struct str flag, const struct mount *m)
{
    struct str type = m->type;
    if (str_eq(type, STR("secret")) || str_eq(type, STR("ssh")))
        return true;
    struct arena_mark before = arena_mark(w->c->f.arena);
    bool is_top = str_eq(below_workdir(w, m->target), STR("/"));
    arena_rewind(w->c->f.arena, before);
    if (is_top)
        return refuse(w, i, flag, "a mount needs a target, which is not '/'");
    return true;
}

static bool walk_run(struct walk *w, const struct instruction *i)
{
    for (uint32_t k = 0; k < i->flags.n; k++) {
        struct word_names used = {0};
        struct expander x = expander(w, &used);
        struct str name, value;
        struct mount m;
        command_split_flag(i->flags.at[k], &name, &value);
        if (!str_eq(name, STR("mount")))
            continue;
        const char *why = mount_parse(w->c->f.arena, value, &x, &m);
        report_unset(w, i, &used);
        if (why)
            return refuse(w, i, i->flags.at[k], why);
        if (!check_mount(w, i, i->flags.at[k], &m))
            return false;
    }
    return check_order(w, i);
}

/* --- settings of the image --- */

static void use_once(struct walk *w, const struct instruction *i,
                     const struct instruction **last)
{
    if (*last) {
        struct finding *found = check_warn(
            w->c, place(w, *last), (*last)->word, DIAG_MULTIPLE_INSTRUCTIONS,
            "a further %s of this stage takes the place of this one",
            instruction_name(i->id));
        check_note(w->c, found, place(w, i), place(w, i)->word, "it is here");
    }
    *last = i;
}

static void walk_command(struct walk *w, const struct instruction *i)
{
    if (!i->exec_form && !w->now->shell_set)
        check_warn(w->c, place(w, i), i->word, DIAG_JSON_ARGS,
                   "a shell stands between the builder's signals and this "
                   "command; write a JSON array: %s [\"program\", "
                   "\"argument\"]",
                   instruction_name(i->id));
}

static bool walk_expose(struct walk *w, const struct instruction *i)
{
    struct word_names used = {0};
    struct expander x = expander(w, &used);
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct words words;
        struct port port;
        bool good = expand_words(&x, i->args.at[k], &words);
        w->open = w->open || used.unset.n > 0;
        if (!good)
            return refuse(w, i, i->args.at[k], x.error);
        for (uint32_t n = 0; n < words.n; n++) {
            const char *why = grammar_port(words.at[n], &port);
            if (port.upper_proto)
                check_warn(w->c, place(w, i), i->args.at[k], DIAG_EXPOSE_CASING,
                           "the protocol is written in lower case");
            if (port.has_host)
                check_warn(w->c, place(w, i), i->args.at[k], DIAG_EXPOSE_FORMAT,
                           "EXPOSE names a port of the container; addresses "
                           "and ports of the host belong to 'docker run -p'");
            if (why)
                return refuse(w, i, i->args.at[k], why);
        }
    }
    return true;
}

/* "C:\app", which is absolute where it means something. */
static bool is_drive_path(struct str path)
{
    return path.len > 1 && path.ptr[1] == ':' &&
           ascii_is_name_start(path.ptr[0]);
}

static bool walk_workdir(struct walk *w, const struct instruction *i)
{
    struct str path;
    if (!expand(w, i, i->args.at[0], &path))
        return false;
    bool drive = w->c->any_values && is_drive_path(path);
    if (!w->now->workdir_set && !str_starts(path, STR("/")) && !drive)
        check_warn(w->c, place(w, i), i->args.at[0], DIAG_WORKDIR_RELATIVE,
                   "this is relative to whatever the base image has; write an "
                   "absolute path");
    w->now->workdir_set = true;
    /* One that no system takes is not carried on: it would only grow. */
    if (str_starts(path, STR("/")) ||
        w->now->workdir.len + path.len < LONGEST_PATH)
        w->now->workdir = below_workdir(w, path);
    return true;
}

static bool walk_volume(struct walk *w, const struct instruction *i)
{
    struct str path;
    for (uint32_t k = 0; k < i->args.n; k++) {
        if (!expand(w, i, text_trim(i->args.at[k]), &path))
            return false;
        if (path.len == 0)
            return refuse(w, i, i->args.at[k], "a volume needs a path");
    }
    return true;
}

static bool walk_signal(struct walk *w, const struct instruction *i)
{
    struct str name;
    if (!expand(w, i, i->args.at[0], &name))
        return false;
    return grammar_signal(name) ||
           refuse(w, i, i->args.at[0], "no signal: SIGTERM, SIGQUIT, 15");
}

/* --- the walk --- */

static bool walk_instruction(struct walk *w, const struct instruction *i)
{
    struct str ignored;
    w->open = false;
    switch (i->id) {
    case INSTRUCTION_ADD:
    case INSTRUCTION_COPY:
        return walk_copy(w, i);
    case INSTRUCTION_ARG:
        return walk_arg(w, i);
    case INSTRUCTION_CMD:
        use_once(w, i, &w->cmd);
        walk_command(w, i);
        return true;
    case INSTRUCTION_ENTRYPOINT:
        use_once(w, i, &w->entrypoint);
        walk_command(w, i);
        return true;
    case INSTRUCTION_ENV:
    case INSTRUCTION_LABEL:
        return walk_pairs(w, i);
    case INSTRUCTION_EXPOSE:
        return walk_expose(w, i);
    case INSTRUCTION_HEALTHCHECK:
        use_once(w, i, &w->healthcheck);
        return true;
    case INSTRUCTION_RUN:
        return walk_run(w, i);
    case INSTRUCTION_SHELL:
        w->now->shell_set = true;
        return true;
    case INSTRUCTION_STOPSIGNAL:
        return walk_signal(w, i);
    case INSTRUCTION_USER:
        return expand(w, i, i->args.at[0], &ignored);
    case INSTRUCTION_VOLUME:
        return walk_volume(w, i);
    case INSTRUCTION_WORKDIR:
        return walk_workdir(w, i);
    default:
        return true;
    }
}

/* ONBUILD of the stage below runs first in one that is built. */
static bool walk_triggers(struct walk *w)
{
    const struct stage *below = w->stage->parent;
    bool good = true;
    if (!below || !w->stage->reached)
        return true;
    w->from = w->stage->from;
    fault_steps(w->c->f.arena->fault, below->commands.n);
    for (uint32_t k = 0; good && k < below->commands.n; k++) {
        const struct instruction *i = below->commands.at[k]->trigger;
        if (i)
            good = command_check(i, &w->c->f) && walk_instruction(w, i);
    }
    w->from = NULL;
    return good;
}

static bool walk_stage(struct walk *w, struct stage *s)
{
    const struct state *below = s->parent ? &w->states[s->parent->index] : NULL;
    w->stage = s;
    w->use = 0;
    w->now = &w->states[s->index];
    w->cmd = w->entrypoint = w->healthcheck = NULL;
    w->now->workdir = below ? below->workdir : STR("/");
    w->now->workdir_set = below && below->workdir_set;
    w->now->shell_set = below && below->shell_set;
    env_init(&w->now->env, w->c->f.arena, below ? &below->env : NULL);
    if (!below)
        env_set(&w->now->env, STR("PATH"),
                STR("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:"
                    "/bin"));
    if (!walk_triggers(w))
        return false;
    for (uint32_t k = 0; k < s->commands.n; k++)
        if (!walk_instruction(w, s->commands.at[k]))
            return false;
    return true;
}

void check_walk(struct check *c)
{
    struct walk w = {.c = c};
    w.states = arena_array(c->f.arena, c->m.stages.n, sizeof *w.states);
    for (uint32_t k = 0; k < c->m.stages.n; k++)
        if (!walk_stage(&w, c->m.stages.at[k]))
            return;
}
