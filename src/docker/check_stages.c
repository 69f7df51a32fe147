/* SPDX-License-Identifier: MIT */
/* Names of stages, what they are built on, and who needs them. */
#include "docker/check.h"

#include "base/near.h"
#include "docker/grammar.h"
#include "docker/image.h"
#include "docker/text.h"

/* --- names --- */

void check_stages_reserved(struct check *c, const struct spot *at)
{
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        if (text_is_one_of(s->name, "scratch context"))
            check_report_of(c, at, s->from, instruction_stage_name(s->from),
                            "'%.*s' has a special meaning and cannot be the "
                            "name of a stage",
                            STR_ARG(s->name));
    }
}

void check_stages_duplicate(struct check *c, const struct spot *at)
{
    struct map names = {0};
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        bool added = true;
        if (s->name.len)
            map_put(&names, c->f.arena, s->name, &added);
        if (!added)
            check_report_of(c, at, s->from, instruction_stage_name(s->from),
                            "a stage above is already called '%.*s'; give one "
                            "of them another name",
                            STR_ARG(s->name));
    }
}

/* --- bases and platforms --- */

/* A base must be the name of an image even if no build argument is given. */
void check_stages_defaults(struct check *c, const struct spot *at)
{
    struct expander x = stage_expander(&c->m);
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        struct image_ref ref;
        struct str base;
        x.used.unset.n = 0;
        if (!expand_word(&x, s->base, &base))
            return;
        if (c->any_values && str_eq(base, s->base))
            continue; /* the builder refuses it */
        if (x.used.unset.n > 0 &&
            check_names_is_template(c, s->from, x.used.unset.at[0]))
            continue; /* ShellVariable says it */
        const char *why = image_parse(base, &ref);
        if (why)
            check_report_of(c, at, s->from, s->base,
                            "with the defaults of its ARGs this is '%.*s': %s",
                            STR_ARG(base), why);
    }
}

void check_stages_redundant_platform(struct check *c, const struct spot *at)
{
    const struct word_names *used = at->used;
    if (used->set.n == 0 || used->unset.n > 0 ||
        !str_eq(at->value, STR(STAGE_PLATFORM)))
        return;
    for (uint32_t k = 0; k < used->set.n; k++)
        if (!str_eq(used->set.at[k], STR("TARGETPLATFORM")))
            return;
    check_report(c, at, at->part, "the target platform is already the default");
}

void check_stages_constant_platform(struct check *c, const struct spot *at)
{
    struct platform p;
    struct str name = c->stage->name;
    if (at->used->set.n || at->used->unset.n ||
        !grammar_platform(c->f.arena, at->value, &p) ||
        str_find(name, p.os, 0) != STR_NONE ||
        str_find(name, p.arch, 0) != STR_NONE)
        return;
    check_report(c, at, at->part,
                 "with a fixed platform this Dockerfile builds for that "
                 "platform only; name the stage after it if that is intended");
}

/* --- stages that are not there --- */

/* What stages are usually called; no image that anybody uses has such a name.
 */
#define USUAL_NAMES                                                            \
    "base build builder deps dependencies dev development final install prod " \
    "production release runtime test tests"

static bool is_external(const struct check *c, struct str name)
{
    for (uint32_t k = 0; k < c->external.n; k++)
        if (text_same(c->external.at[k], name))
            return true;
    return false;
}

static bool is_build(struct str name)
{
    return text_is_one_of(name, "build builder");
}

/* True if nothing uses s, a stage for building, and name means one as well. */
static bool is_forgotten(const struct check *c, const struct stage *s,
                         struct str name)
{
    return !s->used && s != stage_last(&c->m) && is_build(s->name) &&
           is_build(name);
}

/* An image is called name, which is written in part; c->stage cannot mean a
 * stage that comes later. */
static void report_missing(struct check *c, const struct spot *at,
                           struct str part, struct str name)
{
    struct near near = near_start(name);
    const struct stage *alike = NULL;
    bool later = false;
    if (!text_is_one_of(name, USUAL_NAMES) || is_external(c, name))
        return;
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        later = later || (s->index > c->stage->index && str_eq(s->name, name));
        if (s->index < c->stage->index)
            near_offer(&near, s->name);
        if (s->index < c->stage->index && is_forgotten(c, s, name))
            alike = s;
    }
    struct finding *found = instruction_point(
        &c->f, at->site, part, at->rule,
        later ? "the stage '%.*s' comes later; an image of that name will be "
                "pulled, unless you move that stage up"
              : "no stage is called '%.*s'; an image of that name will be "
                "pulled",
        STR_ARG(name));
    if (later || !found)
        return;
    struct str meant = alike && !near.best.ptr ? alike->name : near.best;
    finding_suggest(&c->f, found, "", meant);
    if (!meant.ptr)
        found->advice = ARENA_CONCAT(
            c->f.arena, STR("; a stage is named FROM … AS "), name);
}

void check_stages_missing_base(struct check *c, const struct spot *at)
{
    const struct stage *s = c->stage;
    if (!s->parent && str_eq(s->base, at->i->args.at[0]))
        report_missing(c, at, at->i->args.at[0], s->base);
}

void check_stages_missing_use(struct check *c, const struct spot *at)
{
    for (uint32_t k = 0; k < c->stage->uses.n; k++) {
        const struct use *u = &c->stage->uses.at[k];
        if (u->at == at->i && !u->stage)
            report_missing(c, at, u->from, u->from);
    }
}

/* --- tags --- */

void check_stages_unpinned(struct check *c, const struct spot *at)
{
    const struct stage *s = c->stage;
    struct image_ref ref;
    if (s->parent || str_eq(s->base, STR("scratch")) ||
        image_parse(s->base, &ref) || ref.digest.len)
        return;
    if (!ref.tag.len || str_eq(ref.tag, STR("latest")))
        check_report(c, at, at->i->args.at[0],
                     "'%.*s' is a different image every month; name a version",
                     STR_ARG(s->base));
}

/* --- who needs whom --- */

/* True if a stage may take from others what cannot be seen: its base is one of
 * them by a variable, or has triggers. */
static bool may_take(const struct check *c)
{
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        struct str base = c->m.stages.at[k]->from->args.at[0];
        if (str_starts(base, STR("$")) ||
            str_find(base, STR("onbuild"), 0) != STR_NONE)
            return true;
    }
    return false;
}

/* True if a stage below takes files from, or is built on, what s was probably
 * meant to be: that is reported there. */
static bool is_misnamed(const struct check *c, const struct stage *s)
{
    if (!finding_wants(&c->f, DIAG_MISSING_STAGE))
        return false;
    for (uint32_t k = s->index + 1; k < c->m.stages.n; k++) {
        const struct stage *t = c->m.stages.at[k];
        if (!t->parent && is_build(t->base) && !is_external(c, t->base))
            return true;
        for (uint32_t n = 0; n < t->uses.n; n++)
            if (!t->uses.at[n].stage && is_build(t->uses.at[n].from) &&
                !is_external(c, t->uses.at[n].from))
                return true;
    }
    return false;
}

/* A stage with a name may be a target; one without a name can only be used
 * here. A stage that builds on another one may be there to be a target. */
void check_stages_unused(struct check *c, const struct spot *at)
{
    const struct stage *s = c->stage;
    if (s->used || s == stage_last(&c->m))
        return;
    if (s->name.len == 0)
        check_report(c, at, at->i->args.at[0],
                     "nothing uses this stage, and nothing can without a name: "
                     "neither FROM nor COPY --from nor --target");
    else if (is_build(s->name) && !s->parent && !may_take(c) &&
             !is_misnamed(c, s))
        check_report(
            c, at, instruction_stage_name(at->i),
            "no stage takes anything from '%.*s': COPY --from=%.*s is missing",
            STR_ARG(s->name), STR_ARG(s->name));
}

/* Production must not be built on a stage for developers. */
void check_stages_production(struct check *c, const struct spot *at)
{
    const struct stage *s = c->stage;
    if (!text_is_one_of(s->name, "production prod release"))
        return;
    for (const struct stage *p = s->parent; p; p = p->parent)
        if (text_is_one_of(p->name,
                           "dev development develop test tests testing"))
            check_report(
                c, at, at->i->args.at[0],
                "'%.*s' is built on '%.*s', and so contains everything in it",
                STR_ARG(s->name), STR_ARG(p->name));
}
