/* SPDX-License-Identifier: MIT */
/* Rules on instructions as they are written, and on FROM lines. */
#include "docker/check.h"
#include "docker/command.h"
#include "docker/expand.h"
#include "docker/grammar.h"
#include "docker/text.h"

/* --- instructions by themselves --- */

/* "# name description" directly above what it describes. */
static void check_description(struct check *c, const struct instruction *i,
                              struct words names)
{
    if (!i->comments.n || !names.n)
        return;
    struct str rest = i->comments.at[i->comments.n - 1];
    struct str first = text_cut(&rest, ' ');
    for (uint32_t k = 0; k < names.n; k++)
        if (str_eq(first, names.at[k]))
            return;
    check_warn(c, i, i->word, DIAG_DESCRIPTION,
               "the comment above describes something else than '%.*s': write "
               "'# %.*s …', or put a line '#' in between",
               STR_ARG(names.at[0]), STR_ARG(names.at[0]));
}

static void check_from_line(struct check *c, const struct instruction *i)
{
    bool lower = !text_has_upper(i->word), upper = !text_has_lower(i->word);
    if (i->args.n == 3 && text_has_upper(i->args.at[2]))
        check_warn(c, i, i->args.at[2], DIAG_STAGE_NAME_CASING,
                   "the name of a stage is written in lower case");
    if (i->args.n < 3 || (!lower && !upper))
        return;
    struct str as = i->args.at[1];
    if (lower ? text_has_upper(as) : text_has_lower(as))
        check_warn(c, i, as, DIAG_FROM_AS_CASING,
                   "'%.*s' and '%.*s' are written in different cases",
                   STR_ARG(i->word), STR_ARG(as));
}

static struct words arg_names(struct check *c, const struct instruction *i)
{
    struct words out = {arena_array(c->f.arena, i->args.n, sizeof *out.at),
                        i->args.n};
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct str value = i->args.at[k];
        out.at[k] = text_cut(&value, '=');
    }
    return out;
}

/* What BuildKit warns of while it reads. */
static void check_before(struct check *c, const struct instruction *i)
{
    if (i->id == INSTRUCTION_MAINTAINER)
        check_warn(c, i, i->word, DIAG_MAINTAINER,
                   "MAINTAINER is deprecated; write LABEL "
                   "org.opencontainers.image.authors=…");
    if (i->id == INSTRUCTION_FROM)
        check_from_line(c, i);
}

static void check_after(struct check *c, const struct instruction *i)
{
    struct str name = {NULL, 0};
    if (!check_wants(c, DIAG_DESCRIPTION))
        return;
    if (i->id == INSTRUCTION_FROM)
        name = text_lower(c->f.arena, command_stage_name(i));
    if (i->id == INSTRUCTION_ARG)
        check_description(c, i, arg_names(c, i));
    else if (name.len)
        check_description(c, i, (struct words){&name, 1});
}

/* Only ARG may stand before the first FROM. */
static bool check_begun(struct check *c, const struct instruction *i)
{
    if (i->id == INSTRUCTION_ARG)
        return true;
    instruction_report(&c->f, i, i->word, DIAG_NO_STAGE,
                       "%s stands before the first FROM, where only ARG "
                       "may stand",
                       instruction_name(i->id));
    return false;
}

void check_commands(struct check *c)
{
    bool begun = false;
    for (uint32_t k = 0; k < c->d.list.n; k++) {
        const struct instruction *i = c->d.list.at[k];
        check_before(c, i);
        begun = begun || i->id == INSTRUCTION_FROM;
        if (i->refused || !command_check(i, &c->f))
            continue;
        check_after(c, i);
        if (!begun)
            begun = !check_begun(c, i);
    }
}

/* --- names and case --- */

static void check_names(struct check *c)
{
    struct model *m = &c->m;
    for (uint32_t k = 0; k < m->stages.n; k++) {
        struct stage *s = m->stages.at[k];
        struct str word = command_stage_name(s->from);
        bool added;
        if (!s->name.len)
            continue;
        if (str_eq(s->name, STR("scratch")) || str_eq(s->name, STR("context")))
            check_warn(c, s->from, word, DIAG_RESERVED_STAGE_NAME,
                       "'%.*s' has a meaning of its own and cannot be the "
                       "name of a stage",
                       STR_ARG(s->name));
        map_put(&m->names, m->arena, s->name, &added);
        if (!added)
            check_warn(c, s->from, word, DIAG_DUPLICATE_STAGE_NAME,
                       "a stage above is called '%.*s' already",
                       STR_ARG(s->name));
    }
    /* They are put in again one by one, since a stage sees those above. */
    m->names = (struct map){0};
}

static void check_case_of(struct check *c, const struct instruction *i,
                          bool lower)
{
    if (lower ? text_has_upper(i->word) : text_has_lower(i->word))
        check_warn(c, i, i->word, DIAG_INSTRUCTION_CASING,
                   "most instructions here are in %s case; '%.*s' is not",
                   lower ? "lower" : "upper", STR_ARG(i->word));
}

static void check_case(struct check *c)
{
    uint32_t lower = 0, upper = 0, from = c->m.global_args.n;
    for (uint32_t k = from; k < c->d.list.n; k++) {
        struct str word = c->d.list.at[k]->word;
        if (!text_has_upper(word))
            lower++;
        else if (!text_has_lower(word))
            upper++;
    }
    for (uint32_t k = from; k < c->d.list.n; k++)
        check_case_of(c, c->d.list.at[k], lower > upper);
}

/* --- bases and platforms --- */

/* Where no ARG is given, a base must be a name all the same. */
static void check_defaults(struct check *c)
{
    struct expander x = stage_expander(&c->m, NULL);
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        struct image_ref ref;
        struct str base;
        if (!expand_word(&x, s->base, &base))
            return;
        const char *why = grammar_image(base, &ref);
        if (why)
            check_warn(c, s->from, s->base, DIAG_INVALID_DEFAULT_ARG,
                       "with the defaults of its ARGs this is '%.*s': %s",
                       STR_ARG(base), why);
    }
}

static void check_undefined(struct check *c, const struct stage *s,
                            const struct word_names *used)
{
    struct env *env = &c->m.globals;
    struct str value;
    for (uint32_t k = 0; k < used->unset.n; k++) {
        struct str name = used->unset.at[k];
        if (env_is_declared(env, name) || env_get(env, name, &value))
            continue;
        struct str near = {NULL, 0};
        if (check_suggests(c))
            near = env_near(env, name);
        if (near.ptr)
            check_warn(c, s->from, name, DIAG_UNDEFINED_ARG_IN_FROM,
                       "no ARG above declares '%.*s'; did you mean '%.*s'?",
                       STR_ARG(name), STR_ARG(near));
        else
            check_warn(c, s->from, name, DIAG_UNDEFINED_ARG_IN_FROM,
                       "no ARG before the first FROM declares '%.*s'",
                       STR_ARG(name));
    }
}

static bool refuse(struct check *c, const struct stage *s, struct str part,
                   const char *why)
{
    if (c->any_values && s->open)
        return true;
    instruction_report(&c->f, s->from, part, DIAG_DOCKERFILE, "%s", why);
    return false;
}

static bool resolve_base(struct check *c, struct stage *s)
{
    struct word_names used = {0};
    struct expander x = stage_expander(&c->m, &used);
    struct str written = s->base;
    bool good = expand_word(&x, written, &s->base);
    s->open = used.unset.n > 0;
    check_undefined(c, s, &used);
    if (!good)
        return refuse(c, s, x.error_part, x.error);
    if (s->base.len == 0)
        return refuse(c, s, written,
                      "without build arguments this names no image; give the "
                      "ARG a default");
    return true;
}

/* True if only $name was looked up, with that result. */
static bool is_just(const struct word_names *used, const char *name)
{
    for (uint32_t k = 0; k < used->set.n; k++)
        if (!str_eq(used->set.at[k], str_from(name)))
            return false;
    return used->set.n > 0 && used->unset.n == 0;
}

static void check_platform(struct check *c, struct stage *s, struct str written,
                           const struct word_names *used)
{
    struct platform p;
    if (is_just(used, "TARGETPLATFORM") &&
        str_eq(s->platform, STR(STAGE_PLATFORM)))
        check_warn(c, s->from, written, DIAG_REDUNDANT_PLATFORM,
                   "the target platform is the default already");
    if (used->set.n || used->unset.n ||
        !grammar_platform(c->f.arena, s->platform, &p))
        return;
    if (str_find(s->name, p.os, 0) != STR_NONE ||
        str_find(s->name, p.arch, 0) != STR_NONE)
        return;
    check_warn(c, s->from, written, DIAG_CONSTANT_PLATFORM,
               "a fixed platform makes this Dockerfile build for it alone; "
               "name the stage after it if that is wanted");
}

static bool resolve_platform(struct check *c, struct stage *s)
{
    struct word_names used = {0};
    struct expander x = stage_expander(&c->m, &used);
    struct platform p;
    struct str written = s->platform;
    if (written.len == 0)
        return true;
    bool good = expand_word(&x, written, &s->platform);
    s->open = s->open || used.unset.n > 0;
    check_undefined(c, s, &used);
    check_platform(c, s, written, &used);
    if (!good)
        return refuse(c, s, x.error_part, x.error);
    if (s->platform.len == 0)
        return refuse(c, s, written, "this gives no platform");
    if (!grammar_platform(c->f.arena, s->platform, &p))
        return refuse(c, s, written,
                      "no platform: os[/architecture[/variant]]");
    return true;
}

/* Finds the stage above that s builds on, and makes s known. */
static void register_stage(struct model *m, struct stage *s)
{
    bool added;
    uint32_t at = map_find(&m->names, s->base);
    if (at != MAP_NONE)
        s->parent = m->by_name.at[at];
    if (s->name.len == 0)
        return;
    at = map_put(&m->names, m->arena, s->name, &added);
    if (added)
        vec_push(m->arena, &m->by_name, s);
    m->by_name.at[at] = s;
}

/* A base that is no stage is an image; all of them are looked at last. */
static bool check_images(struct check *c)
{
    bool good = true;
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        struct image_ref ref;
        const char *why = s->parent ? NULL : grammar_image(s->base, &ref);
        if (why)
            good = refuse(c, s, s->from->args.at[0], why) && good;
    }
    return good;
}

bool check_stages(struct check *c)
{
    check_names(c);
    check_case(c);
    if (!stage_globals(&c->m, &c->f))
        return false;
    check_defaults(c);
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        struct stage *s = c->m.stages.at[k];
        if (!resolve_base(c, s) || !resolve_platform(c, s))
            return false;
        register_stage(&c->m, s);
    }
    return check_images(c);
}
