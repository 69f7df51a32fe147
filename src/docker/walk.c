/* SPDX-License-Identifier: MIT */
/* The words of each instruction are expanded with the variables it sees and
 * judged; then it takes effect on what the next ones see. Nothing is known of
 * images: they are taken to set only PATH. */
#include "docker/walk.h"

#include "base/path.h"
#include "docker/command.h"
#include "docker/copy.h"
#include "docker/grammar.h"
#include "docker/image.h"
#include "docker/mount.h"
#include "docker/text.h"

#define LONGEST_PATH 4096 /* PATH_MAX of Linux */

struct walk {
    struct check *c;
    struct check_state *states;  /* by stage */
    const struct instruction *i; /* where it is */
    uint32_t use;                /* the next use of the stage */
    bool open; /* what is judged depends on a variable without a value */
};

/* --- reports --- */

static bool refuse(struct walk *w, struct str part, const char *why)
{
    const struct instruction *i = w->i;
    return (w->c->any_values && w->open) ||
           instruction_refuse(&w->c->f, i->is_trigger ? w->c->stage->from : i,
                              part, "%s", why);
}

/* Tells the checks what a word means. */
static void tell_value(struct walk *w, struct str part, struct str value)
{
    check_at(w->c, CHECK_VALUE,
             (struct spot){.i = w->i, .part = part, .value = value});
}

/* Tells the checks which variables without a value a word used. */
static void tell_unset(struct walk *w, const struct words *unset)
{
    for (uint32_t k = 0; k < unset->n; k++)
        check_at(w->c, CHECK_UNSET,
                 (struct spot){.i = w->i, .part = unset->at[k]});
}

/* --- expanding --- */

static struct expander expander(const struct walk *w)
{
    return (struct expander){.arena = w->c->f.arena,
                             .escape = w->c->d.escape,
                             .env = &w->c->now->env};
}

/* A value of another variable mends few mistakes. What is wrong with a default
 * does not matter to a build that gives the argument. */
static bool refuse_word(struct walk *w, struct str part,
                        const struct expander *x)
{
    w->open = x->open && (x->mendable || w->i->id == INSTRUCTION_ARG);
    return refuse(w, part, x->error);
}

/* From here on w->open is about this word. */
static bool expand(struct walk *w, struct str word, struct str *out)
{
    struct expander x = expander(w);
    bool good = expand_word(&x, word, out);
    tell_unset(w, &x.used.unset);
    w->open = x.open;
    return good || refuse_word(w, x.error_part, &x);
}

static bool expand_flag(struct walk *w, const char *name, struct str *out)
{
    instruction_flag(w->i, name, out);
    return expand(w, *out, out);
}

/* --- variables --- */

/* ENV and LABEL: everything is expanded before anything is set. */
static bool walk_pairs(struct walk *w)
{
    const struct instruction *i = w->i;
    struct arena *a = w->c->f.arena;
    struct env *env = &w->c->now->env;
    struct pair *done = arena_array(a, i->pairs.n, sizeof *done);
    bool *open = arena_array(a, i->pairs.n, sizeof *open);
    for (uint32_t k = 0; k < i->pairs.n; k++) {
        if (!expand(w, i->pairs.at[k].name, &done[k].name) ||
            !expand(w, i->pairs.at[k].value, &done[k].value))
            return false;
        open[k] = w->open;
    }
    for (uint32_t k = 0; k < i->pairs.n; k++) {
        tell_value(w, i->pairs.at[k].name, done[k].name);
        if (i->id == INSTRUCTION_ENV)
            env_set(env, done[k].name, done[k].value);
        if (i->id == INSTRUCTION_ENV && open[k])
            env_set_open(env, done[k].name);
    }
    return true;
}

static bool walk_arg(struct walk *w)
{
    struct env *env = &w->c->now->env;
    for (uint32_t k = 0; k < w->i->args.n; k++) {
        struct str value = w->i->args.at[k], result;
        struct str name = text_cut(&value, '=');
        bool set = value.ptr != NULL;
        tell_value(w, name, name);
        if (set && !expand(w, value, &result))
            return false;
        bool open = w->open;
        if (!set)
            set = env_look(&w->c->m.globals, name, &result, &open);
        env_declare(env, name);
        if (!set || env_is_reserved(name))
            continue;
        env_set_arg(env, name, result);
        if (open)
            env_set_open(env, name);
    }
    return true;
}

/* --- files --- */

/* A stage can only take files from stages that are finished. Its uses are in
 * the order of its instructions, and so is the walk. */
static bool check_order(struct walk *w)
{
    const struct stage *s = w->c->stage;
    for (; w->use < s->uses.n; w->use++) {
        const struct use *u = &s->uses.at[w->use];
        if (u->at != w->i)
            return true;
        if (!u->stage || u->stage->index <= s->index)
            continue;
        instruction_report(&w->c->f, w->i, u->from, DIAG_UNKNOWN_STAGE,
                           "the stage '%.*s' comes later; a stage can only "
                           "take files from stages above it, so move that one "
                           "up",
                           STR_ARG(u->from));
        return false;
    }
    return true;
}

/* In the text of COPY <<EOF variables are replaced, and quotes mean nothing. */
static bool walk_contents(struct walk *w)
{
    for (uint32_t k = 0; k < w->i->heredocs.n; k++) {
        const struct heredoc *h = &w->i->heredocs.at[k];
        struct expander x = expander(w);
        struct str ignored;
        x.escape = '\\';
        x.no_quotes = true;
        bool good = !h->expand || expand_word(&x, h->content, &ignored);
        tell_unset(w, &x.used.unset);
        if (!good)
            return refuse_word(w, x.error_part, &x);
    }
    return true;
}

/* What ADD or COPY takes; false after a mistake. */
static bool read_sources(struct walk *w, struct copy *c)
{
    struct arena *a = w->c->f.arena;
    struct words written = instruction_sources(a, w->i);
    if (!expand_flag(w, "checksum", &c->checksum))
        return false;
    c->checksum_open = w->open;
    for (uint32_t k = 0; k < written.n; k++) {
        struct copy_source s = {.written = written.at[k]};
        if (!expand(w, s.written, &s.value))
            return false;
        s.open = w->open;
        vec_push(a, &c->sources, s);
    }
    return true;
}

static bool check_sources(struct walk *w, struct copy *c)
{
    struct copy_fault fault;
    if (!copy_check(w->c->f.arena, c, w->i, &fault)) {
        w->open = fault.open;
        return refuse(w, fault.part, fault.why);
    }
    for (uint32_t k = 0; k < c->sources.n; k++)
        if (!c->sources.at[k].remote)
            tell_value(w, c->sources.at[k].written, c->sources.at[k].value);
    return true;
}

static bool walk_copy(struct walk *w)
{
    struct str chown, chmod, target;
    struct copy c = {.has_git_dir = false};
    if (!expand_flag(w, "chown", &chown) || !expand_flag(w, "chmod", &chmod))
        return false;
    bool chmod_open = w->open;
    if (!read_sources(w, &c) || !expand(w, instruction_target(w->i), &target) ||
        !walk_contents(w) || !check_order(w))
        return false;
    w->open = chmod_open;
    if (chmod.len && !grammar_mode(chmod))
        return refuse(
            w, chmod,
            "this is not a mode; write one like 644, 0755, u+x or go-w");
    return check_sources(w, &c);
}

/* A path as the container sees it. */
static struct str below_workdir(struct walk *w, struct str path)
{
    struct arena *a = w->c->f.arena;
    return path_normalise(a, path_join(a, w->c->now->workdir, path));
}

/* Where a mount lies; "/" cannot be covered. */
static bool check_mount(struct walk *w, struct str flag, const struct mount *m)
{
    if (text_is_one_of(m->type, "secret ssh"))
        return true;
    struct arena_mark before = arena_mark(w->c->f.arena);
    struct str target = m->target;
    if (!str_starts(target, STR("/"))) /* "//" is taken as it is written */
        target = below_workdir(w, target);
    bool is_top = str_eq(target, STR("/"));
    arena_rewind(w->c->f.arena, before);
    w->open = m->target_open ||
              (target.ptr != m->target.ptr && w->c->now->workdir_open);
    return !is_top || refuse(w, flag, "a mount needs a target other than '/'");
}

/* True if the frontend takes RUN --device, or is not known. */
static bool takes_devices(const struct check *c)
{
    struct str values[DIRECTIVE_COUNT];
    directive_read_top(c->d.text, values);
    struct str syntax = text_cut(&values[DIRECTIVE_SYNTAX], ' ');
    return syntax.ptr && !image_is_stable_frontend(syntax);
}

static bool walk_run(struct walk *w)
{
    struct str flag, value;
    for (uint32_t k = 0; instruction_mount(w->i, &k, &flag, &value);) {
        struct expander x = expander(w);
        struct mount m;
        const char *why = mount_parse(w->c->f.arena, value, &x, &m);
        tell_unset(w, &x.used.unset);
        w->open = m.mendable;
        if (why)
            return refuse(w, flag, why);
        if (!check_mount(w, flag, &m))
            return false;
    }
    if (!check_order(w))
        return false;
    w->open = false;
    return !instruction_flag(w->i, "device", &value) || takes_devices(w->c) ||
           refuse(w, w->i->word,
                  "--device is only known to Dockerfile syntaxes with 'labs' "
                  "in their version; write '# syntax=docker/dockerfile:1-labs' "
                  "in the first line");
}

/* --- settings of the image --- */

static bool walk_command(struct walk *w)
{
    tell_value(w, w->i->word, w->i->word);
    w->c->last[w->i->id] = w->i;
    return true;
}

static bool walk_shell(struct walk *w)
{
    w->c->now->shell_set = true;
    return true;
}

static bool walk_expose(struct walk *w)
{
    struct expander x = expander(w);
    for (uint32_t k = 0; k < w->i->args.n; k++) {
        struct str arg = w->i->args.at[k];
        struct words words;
        struct port port;
        x.used.unset.n = 0;
        bool good = expand_words(&x, arg, &words);
        tell_unset(w, &x.used.unset);
        if (!good)
            return refuse_word(w, arg, &x);
        w->open = x.open;
        for (uint32_t n = 0; n < words.n; n++) {
            const char *why = grammar_port(words.at[n], &port);
            tell_value(w, arg, words.at[n]);
            if (why)
                return refuse(w, arg, why);
        }
    }
    return true;
}

static bool walk_workdir(struct walk *w)
{
    struct check_state *now = w->c->now;
    struct str path;
    if (!expand(w, w->i->args.at[0], &path))
        return false;
    tell_value(w, w->i->args.at[0], path);
    now->workdir_set = true;
    now->workdir_open =
        w->open || (now->workdir_open && !str_starts(path, STR("/")));
    /* A path that no system accepts is dropped: it would only grow. */
    if (str_starts(path, STR("/")) ||
        now->workdir.len + path.len < LONGEST_PATH)
        now->workdir = below_workdir(w, path);
    return true;
}

static bool walk_user(struct walk *w)
{
    struct str ignored;
    return expand(w, w->i->args.at[0], &ignored);
}

static bool walk_volume(struct walk *w)
{
    struct str path;
    for (uint32_t k = 0; k < w->i->args.n; k++) {
        if (!expand(w, text_trim(w->i->args.at[k]), &path))
            return false;
        if (path.len == 0)
            return refuse(w, w->i->args.at[k], "a volume needs a path");
    }
    return true;
}

static bool walk_signal(struct walk *w)
{
    struct str name;
    if (!expand(w, w->i->args.at[0], &name))
        return false;
    return grammar_signal(name) ||
           refuse(
               w, w->i->args.at[0],
               "this is not a signal; write one like SIGTERM, SIGQUIT or 15");
}

/* --- the walk --- */

static bool walk_instruction(struct walk *w, const struct instruction *i)
{
    static bool (*const walks[INSTRUCTION_COUNT])(struct walk * w) = {
        [INSTRUCTION_ADD] = walk_copy,
        [INSTRUCTION_ARG] = walk_arg,
        [INSTRUCTION_CMD] = walk_command,
        [INSTRUCTION_COPY] = walk_copy,
        [INSTRUCTION_ENTRYPOINT] = walk_command,
        [INSTRUCTION_ENV] = walk_pairs,
        [INSTRUCTION_EXPOSE] = walk_expose,
        [INSTRUCTION_HEALTHCHECK] = walk_command,
        [INSTRUCTION_LABEL] = walk_pairs,
        [INSTRUCTION_RUN] = walk_run,
        [INSTRUCTION_SHELL] = walk_shell,
        [INSTRUCTION_STOPSIGNAL] = walk_signal,
        [INSTRUCTION_USER] = walk_user,
        [INSTRUCTION_VOLUME] = walk_volume,
        [INSTRUCTION_WORKDIR] = walk_workdir,
    };
    w->i = i;
    return !walks[i->id] || walks[i->id](w);
}

/* The ONBUILD triggers of the stage below run first. */
static bool walk_triggers(struct walk *w)
{
    const struct stage *below = w->c->stage->parent;
    if (!below || !w->c->stage->reached)
        return true;
    fault_steps(w->c->f.arena->fault, below->commands.n);
    for (uint32_t k = 0; k < below->commands.n; k++) {
        const struct instruction *i = below->commands.at[k]->trigger;
        if (i && !(command_check(i, &w->c->f) && walk_instruction(w, i)))
            return false;
    }
    return true;
}

static bool walk_stage(struct walk *w, const struct stage *s)
{
    struct check *c = w->c;
    const struct check_state *below =
        s->parent ? &w->states[s->parent->index] : NULL;
    c->stage = s;
    c->now = &w->states[s->index];
    memset(c->last, 0, sizeof c->last);
    w->use = 0;
    *c->now = below ? *below
                    : (struct check_state){
                          .workdir = STR("/"),
                          .workdir_open = !str_eq(s->base, STR("scratch"))};
    c->now->env =
        (struct env){.arena = c->f.arena, .below = below ? &below->env : NULL};
    if (!below)
        env_set(&c->now->env, STR("PATH"),
                STR("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:"
                    "/bin"));
    if (!walk_triggers(w))
        return false;
    for (uint32_t k = 0; k < s->commands.n; k++)
        if (!walk_instruction(w, s->commands.at[k]))
            return false;
    return true;
}

bool walk_stages(struct check *c)
{
    struct walk w = {.c = c};
    w.states = arena_array(c->f.arena, c->m.stages.n, sizeof *w.states);
    for (uint32_t k = 0; k < c->m.stages.n; k++)
        if (!walk_stage(&w, c->m.stages.at[k]))
            return false;
    return true;
}
