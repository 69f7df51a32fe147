/* SPDX-License-Identifier: MIT */
/* Names of stages, what they are built on, and who needs them. */
#include "docker/check.h"
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
                            "a stage above is already called '%.*s'",
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
        if (!expand_word(&x, s->base, &base))
            return;
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

/* A stage with a name may be a target; one without a name can only be used
 * here. */
void check_stages_unused(struct check *c, const struct spot *at)
{
    const struct stage *s = c->stage;
    if (s->used || s == stage_last(&c->m))
        return;
    if (s->name.len == 0)
        check_report(c, at, at->i->args.at[0],
                     "nothing uses this stage, and nothing can without a name: "
                     "neither FROM nor COPY --from nor --target");
    else if (text_is_one_of(s->name, "build builder"))
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
