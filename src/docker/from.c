/* SPDX-License-Identifier: MIT */
/* Each FROM sees the ARGs above the first FROM, and the stages above itself. */
#include "docker/from.h"

#include "docker/grammar.h"
#include "docker/image.h"

/* open: it depends on a variable without a value. */
static bool refuse(struct check *c, const struct stage *s, bool open,
                   struct str part, const char *why)
{
    if (c->any_values && open)
        return true;
    uint32_t off, len;
    instruction_place(s->from, s->from->args.at[0], &off, &len);
    finding_drop(&c->f, DIAG_INVALID_DEFAULT_ARG, off);
    return instruction_refuse(&c->f, s->from, part, "%s", why);
}

/* Expands a word of the FROM of s; false if the builder refuses that. */
static bool expand(struct check *c, struct stage *s, struct expander *x,
                   struct str *word)
{
    bool good = expand_word(x, *word, word);
    for (uint32_t k = 0; k < x->used.unset.n; k++)
        check_at(c, CHECK_UNSET,
                 (struct spot){.i = s->from, .part = x->used.unset.at[k]});
    return good ||
           refuse(c, s, x->open && x->mendable, x->error_part, x->error);
}

static bool resolve_base(struct check *c, struct stage *s)
{
    struct expander x = stage_expander(&c->m);
    struct str written = s->base;
    bool good = expand(c, s, &x, &s->base);
    s->open = x.open;
    return good &&
           (s->base.len > 0 || refuse(c, s, s->open, written,
                                      "without build arguments this does not "
                                      "name an image; give the ARG a default"));
}

static bool resolve_platform(struct check *c, struct stage *s)
{
    struct expander x = stage_expander(&c->m);
    struct platform p;
    struct str written = s->platform;
    if (written.len == 0)
        return true;
    bool good = expand(c, s, &x, &s->platform);
    check_at(c, CHECK_VALUE,
             (struct spot){.i = s->from,
                           .part = written,
                           .value = s->platform,
                           .used = &x.used});
    if (!good || x.error)
        return good;
    if (s->platform.len == 0)
        return refuse(c, s, x.open, written, "this gives an empty platform");
    return grammar_platform(c->f.arena, s->platform, &p) ||
           refuse(c, s, x.open, written,
                  "this is not a platform; write os[/architecture[/variant]]");
}

/* A base that is not a stage is an image; the builder looks at images last. */
static bool check_images(struct check *c)
{
    bool good = true;
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        struct image_ref ref;
        struct str written = s->from->args.at[0];
        const char *why = s->parent ? NULL : image_parse(s->base, &ref);
        if (why && !str_eq(written, s->base))
            why = arena_cstr(
                c->f.arena,
                arena_printf(c->f.arena,
                             "with the defaults of its ARGs this is '%.*s': %s",
                             STR_ARG(s->base), why));
        if (why)
            good = refuse(c, s, s->open, written, why) && good;
    }
    return good;
}

bool from_resolve(struct check *c)
{
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        struct stage *s = c->m.stages.at[k];
        c->stage = s;
        if (!resolve_base(c, s) || !resolve_platform(c, s))
            return false;
        stage_register(&c->m, s);
    }
    return check_images(c);
}
