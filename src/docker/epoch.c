/* SPDX-License-Identifier: MIT */
/* The value is a number of seconds, "context", or the name of a stage that is
 * nothing but a remote file or a repository, whose time is taken. */
#include "docker/epoch.h"

#include "docker/grammar.h"
#include "docker/image.h"
#include "docker/remote.h"
#include "docker/text.h"

#define NAME "SOURCE_DATE_EPOCH"

/* NULL, or what is wrong with the ADD i of such a stage. */
static const char *judge_add(const struct expander *outer, struct env *env,
                             const struct instruction *i)
{
    struct expander x = *outer;
    struct words sources = instruction_sources(x.arena, i);
    struct str source, checksum;
    struct remote r;
    x.env = env;
    if (i->args.n != 2 || sources.n != 1)
        return "the stage that " NAME " names needs an ADD of one remote file";
    instruction_flag(i, "checksum", &checksum);
    if (!expand_word(&x, sources.at[0], &source) ||
        !expand_word(&x, checksum, &checksum))
        return x.error;
    const char *why = remote_read(x.arena, source, &r);
    if (why)
        return why;
    if (r.kind == REMOTE_WEB && checksum.len && !image_is_digest(checksum))
        return "this is not a checksum; write sha256: and 64 hexadecimal "
               "digits";
    return r.kind == REMOTE_WEB || r.kind == REMOTE_GIT
               ? NULL
               : "the stage that " NAME " names needs an ADD of a URL";
}

/* The ARGs of such a stage. */
static const char *take_args(struct expander *x, struct env *env,
                             const struct instruction *i)
{
    x->env = env;
    for (uint32_t k = 0; k < i->args.n; k++) {
        struct str value = i->args.at[k];
        struct str name = text_cut(&value, '=');
        if (!value.ptr)
            continue;
        if (!expand_word(x, value, &value))
            return x->error;
        env_set_arg(env, name, value);
    }
    return NULL;
}

/* NULL, or what is wrong with the stage s, and *at where. */
static const char *judge_stage(struct check *c, const struct stage *s,
                               const struct instruction **at)
{
    struct env env = {.arena = c->f.arena, .below = &c->m.globals};
    struct expander x = stage_expander(&c->m);
    struct str base;
    uint32_t adds = 0;
    *at = s->from;
    if (!expand_word(&x, s->base, &base))
        return x.error;
    if (!str_eq(base, STR("scratch")))
        return "the stage that " NAME " names must be FROM scratch";
    for (uint32_t k = 0; k < s->commands.n; k++) {
        const struct instruction *i = s->commands.at[k];
        const char *why = NULL;
        *at = i;
        if (i->id == INSTRUCTION_ARG)
            why = take_args(&x, &env, i);
        else if (i->id != INSTRUCTION_ADD || adds++)
            why =
                "the stage that " NAME " names may only have ARGs and one ADD";
        else
            why = judge_add(&x, &env, i);
        if (why)
            return why;
    }
    *at = s->from;
    return adds ? NULL : "the stage that " NAME " names has no ADD";
}

bool epoch_check(struct check *c)
{
    struct str name = STR(NAME), value;
    const struct instruction *arg = check_names_global(c, name);
    int64_t ignored;
    if (!arg || c->any_values || !env_get(&c->m.globals, name, &value) ||
        value.len == 0 || grammar_integer(value, 63, &ignored) ||
        str_eq(value, STR("context")))
        return true;
    struct str lower = text_lower(c->f.arena, value);
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct instruction *at;
        if (!str_eq(c->m.stages.at[k]->name, lower))
            continue;
        const char *why = judge_stage(c, c->m.stages.at[k], &at);
        return !why || instruction_refuse(&c->f, at, at->word, "%s", why);
    }
    return instruction_refuse(
        &c->f, arg, arg->word,
        "'%.*s' is not a time: " NAME
        " takes seconds since 1970, 'context', or the name of a stage",
        STR_ARG(value));
}
