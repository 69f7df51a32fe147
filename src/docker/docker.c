/* SPDX-License-Identifier: MIT */
/* The phases, in the builder's order. Each one runs if the one before found
 * nothing that the builder refuses: BuildKit stops there, too, and what follows
 * from a broken Dockerfile would be a guess. On the way check_at calls the
 * checks of check_list.h. To add a check, read the start of check.h.
 *
 * A Dockerfile must mean here what it means to the builder, so BuildKit's
 * quirks are kept where nobody relies on them, too.
 * tests/unit/dockerfile_cases.h and value_cases.h hold what BuildKit makes of
 * each text. README.md says which release that is, what differs on purpose, and
 * how to follow the next one. */
#include "docker/docker.h"

#include "docker/command.h"
#include "docker/epoch.h"
#include "docker/from.h"
#include "docker/options.h"
#include "docker/walk.h"

/* Drops what is not an error. */
static void drop_warnings(struct findings *f)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < f->list.n; i++)
        if (diag_is_error(f->list.at[i]->id))
            f->list.at[n++] = f->list.at[i];
    f->list.n = n;
}

/* The options at the top. The first mistake is reported, and the rest is not
 * read, as in the builder. */
static void read_options(struct findings *f, struct str text)
{
    struct str reason, option;
    struct str value = options_at_top(text, &reason);
    const char *why = options_read(&f->options, f->arena, value, &option);
    if (why)
        finding_add(f, DIAG_DOCKERFILE, (uint32_t)(option.ptr - text.ptr),
                    (uint32_t)option.len, "%s", why);
}

static void parse(struct check *c, struct str text)
{
    read_options(&c->f, text);
    dockerfile_parse(&c->d, text, &c->f);
    if (c->f.errors)
        drop_warnings(&c->f);
}

/* Each instruction by itself. Only ARG may come before the first FROM. */
static void check_instructions(struct check *c)
{
    bool begun = false;
    for (uint32_t k = 0; k < c->d.list.n; k++) {
        const struct instruction *i = c->d.list.at[k];
        check_at(c, CHECK_READ, (struct spot){.i = i});
        begun = begun || i->id == INSTRUCTION_FROM;
        if (i->refused || !command_check(i, &c->f))
            continue;
        check_at(c, CHECK_TAKEN, (struct spot){.i = i});
        if (begun || i->id == INSTRUCTION_ARG)
            continue;
        instruction_report(
            &c->f, i, i->word, DIAG_NO_STAGE,
            "%s comes before the first FROM, where only ARG is allowed",
            instruction_name(i->id));
        begun = true;
    }
}

/* The stages, and what each is built on and takes files from. */
static bool find_stages(struct check *c)
{
    if (c->f.errors || !stage_split(&c->m, &c->d, &c->f))
        return false;
    check_at(c, CHECK_STAGES, (struct spot){0});
    if (!stage_globals(&c->m, &c->f, c->any_values))
        return false;
    check_at(c, CHECK_GLOBALS, (struct spot){0});
    if (!epoch_check(c) || !from_resolve(c) || !stage_uses(&c->m, &c->f))
        return false;
    stage_reach(&c->m);
    return true;
}

static void check_built(struct check *c)
{
    c->stage = NULL;
    for (uint32_t k = 0; k < c->m.global_args.n; k++)
        check_at(c, CHECK_BUILT, (struct spot){.i = c->m.global_args.at[k]});
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        c->stage = s;
        c->user = s->parent ? s->parent->user : NULL;
        c->shell = s->parent ? s->parent->shell : NULL;
        check_at(c, CHECK_BUILT, (struct spot){.i = s->from});
        for (uint32_t n = 0; n < s->commands.n; n++) {
            const struct instruction *i = s->commands.at[n];
            c->user = i->id == INSTRUCTION_USER ? i : c->user;
            c->shell = i->id == INSTRUCTION_SHELL ? i : c->shell;
            check_at(c, CHECK_BUILT, (struct spot){.i = i});
        }
    }
}

void docker_check(struct check *c, struct arena *a, struct str text)
{
    c->f = (struct findings){.arena = a};
    parse(c, text);
    check_instructions(c);
    if (find_stages(c) && walk_stages(c))
        check_built(c);
    check_leftovers_settle(c);
}
