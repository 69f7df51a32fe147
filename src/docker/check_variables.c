/* SPDX-License-Identifier: MIT */
/* Variables that nothing sets. */
#include "docker/check.h"
#include "docker/image.h"
#include "docker/text.h"

/* Each suggestion looks at all names, so there are no more of them after this
 * many reports, which is more than anybody reads. */
#define MOST_SUGGESTIONS 200

static struct str near(const struct check *c, const struct env *env,
                       struct str name)
{
    if (c->f.list.n < MOST_SUGGESTIONS)
        return env_near(env, name);
    return STR_ABSENT;
}

void check_variables_undefined_arg(struct check *c, const struct spot *at)
{
    const struct env *env = &c->m.globals;
    if (env_is_declared(env, at->part) ||
        check_names_is_template(c, at->i, at->part))
        return;
    struct str meant = near(c, env, at->part);
    struct finding *found =
        check_report(c, at, at->part,
                     meant.ptr ? "no ARG above declares '%.*s'"
                               : "no ARG before the first FROM declares '%.*s'",
                     STR_ARG(at->part));
    if (found && !meant.ptr && check_names_has(c, at->i, at->part))
        found->message =
            arena_printf(c->f.arena, "%.*s; the template's value is @{%.*s}",
                         STR_ARG(found->message), STR_ARG(at->part));
    finding_suggest(&c->f, found, "", meant);
}

/* The ARG that declares the variable is none of a stage. */
static void report_global(struct check *c, const struct spot *at,
                          const struct instruction *global)
{
    struct finding *found = check_report(
        c, at, at->part,
        "'$%.*s' has no value here: its ARG stands before the first FROM and "
        "is for FROM alone; repeat 'ARG %.*s' in this stage",
        STR_ARG(at->part), STR_ARG(at->part));
    instruction_note(&c->f, found, global, global->word,
                     "the ARG before FROM is here");
}

void check_variables_undefined(struct check *c, const struct spot *at)
{
    if (at->i->id == INSTRUCTION_FROM ||   /* it has a rule of its own */
        at->i->id == INSTRUCTION_EXPOSE || /* BuildKit does not look there */
        env_is_declared(&c->now->env, at->part) || env_is_reserved(at->part) ||
        (c->any_values && image_sets(stage_bottom(c->stage)->base, at->part)) ||
        check_names_is_template(c, at->i, at->part))
        return;
    const struct instruction *global = check_names_global(c, at->part);
    bool named = check_names_has(c, at->i, at->part);
    if (global && !named) {
        report_global(c, at, global);
        return;
    }
    struct finding *found = check_report(
        c, at, at->part, "no ARG or ENV above sets '$%.*s'", STR_ARG(at->part));
    if (found && named)
        found->message =
            arena_printf(c->f.arena, "%.*s; the template's value is @{%.*s}",
                         STR_ARG(found->message), STR_ARG(at->part));
    else
        finding_suggest(&c->f, found, "$", near(c, &c->now->env, at->part));
}
