/* SPDX-License-Identifier: MIT */
/* Variables of a shell or of the builder that nothing sets, where the template
 * has one of that name: its value was meant. */
#include "docker/check.h"
#include "docker/image.h"
#include "docker/script.h"
#include "docker/setters.h"
#include "docker/shell_kind.h"
#include "docker/text.h"

/* Variables that are there although nothing sets them: the builder's, and those
 * of PowerShell. */
#define OWN_NAMES "_ http_proxy https_proxy ftp_proxy no_proxy all_proxy"
#define WINDOWS_NAMES                                                    \
    "args env error false foreach global home host input local matches " \
    "null profile pwd script switch this true using"

/* What ARG and ENV set anywhere in the Dockerfile. */
static const struct check_declared *declared(struct check *c)
{
    struct check_declared *all = &c->declared;
    struct arena *a = c->f.arena;
    for (uint32_t k = 0; !all->known && k < c->d.list.n; k++) {
        const struct instruction *i = c->d.list.at[k];
        for (uint32_t n = 0; i->id == INSTRUCTION_ENV && n < i->pairs.n; n++)
            map_put(&all->envs, a, i->pairs.at[n].name, NULL);
        for (uint32_t n = 0; i->id == INSTRUCTION_ARG && n < i->args.n; n++)
            map_put(&all->args, a, str_part(i->args.at[n], 0, '='), NULL);
    }
    all->known = true;
    return all;
}

static bool has(const struct map *names, struct str name)
{
    return map_find(names, name) != MAP_NONE;
}

bool check_names_has(struct check *c, const struct instruction *i,
                     struct str name)
{
    uint32_t off, len;
    if (!c->template_name || !c->template_name(c->ctx, name, CHECK_ANYWHERE))
        return false;
    instruction_place(i, name, &off, &len);
    return c->template_name(c->ctx, name, off);
}

static void report(struct check *c, const struct spot *at, struct str name)
{
    instruction_point(
        &c->f, at->i, name, at->rule,
        "nothing here sets '$%.*s'; the template's value is @{%.*s}",
        STR_ARG(name), STR_ARG(name));
}

/* --- in the text of a RUN --- */

/* The variables of one RUN. */
struct variables {
    struct check *c;
    const struct spot *at;
    void (*look)(struct variables *v, struct str name);
    enum shell_kind shell;
    struct setters set; /* by the RUN; made when it is asked for first */
    struct map seen;
};

/* True if the text of the RUN sets it. */
static bool sets(struct variables *v, struct str name)
{
    const struct instruction *i = v->at->i;
    if (!v->set.arena) {
        v->set.arena = v->c->f.arena;
        setters_read(&v->set, i->rest);
        for (uint32_t k = 0; k < i->heredocs.n; k++)
            setters_read(&v->set, i->heredocs.at[k].content);
    }
    return setters_has(&v->set, name);
}

static bool is_set(struct variables *v, struct str name)
{
    return sets(v, name) || has(&declared(v->c)->args, name) ||
           has(&declared(v->c)->envs, name);
}

/* A name is looked at once in a RUN. */
static void look_at_variable(struct variables *v, struct str name)
{
    struct check *c = v->c;
    bool added;
    if (text_has_upper(name) || text_is_one_of(name, OWN_NAMES) ||
        (v->shell == SHELL_WINDOWS && text_is_one_of(name, WINDOWS_NAMES)) ||
        !c->template_name(c->ctx, name, CHECK_ANYWHERE))
        return;
    map_put(&v->seen, c->f.arena, name, &added);
    if (added && !is_set(v, name) && check_names_has(c, v->at->i, name))
        report(c, v->at, name);
}

const struct instruction *check_names_global(const struct check *c,
                                             struct str name)
{
    for (uint32_t k = 0; k < c->m.global_args.n; k++) {
        const struct instruction *i = c->m.global_args.at[k];
        for (uint32_t n = 0; n < i->args.n; n++)
            if (str_eq(str_part(i->args.at[n], 0, '='), name))
                return i;
    }
    return NULL;
}

/* True if an ARG or ENV of a stage names it. */
static bool in_stage(struct check *c, struct str name)
{
    for (uint32_t k = 0; k < c->m.stages.n; k++) {
        const struct stage *s = c->m.stages.at[k];
        for (uint32_t m = 0; m < s->commands.n; m++) {
            const struct instruction *i = s->commands.at[m];
            for (uint32_t n = 0; n < i->args.n; n++)
                if (i->id == INSTRUCTION_ARG &&
                    str_eq(str_part(i->args.at[n], 0, '='), name))
                    return true;
        }
    }
    return has(&declared(c)->envs, name);
}

/* An ARG before the first FROM is seen by FROMs alone. */
static void look_at_global(struct variables *v, struct str name)
{
    struct check *c = v->c;
    const struct instruction *arg = check_names_global(c, name);
    bool added;
    if (!arg || env_is_reserved(name) || check_names_has(c, v->at->i, name))
        return;
    map_put(&v->seen, c->f.arena, name, &added);
    if (!added || in_stage(c, name) || sets(v, name))
        return;
    struct finding *found = instruction_point(
        &c->f, v->at->i, name, v->at->rule,
        "'$%.*s' has no value here: its ARG stands before the first FROM and "
        "is for FROM alone; repeat 'ARG %.*s' in this stage",
        STR_ARG(name), STR_ARG(name));
    instruction_note(&c->f, found, arg, arg->word,
                     "the ARG before FROM is here");
}

static void look_through(struct variables *v, struct script s)
{
    struct str part;
    enum script_part kind;
    while ((kind = script_next(&s, &part)) != SCRIPT_END)
        if (kind == SCRIPT_VARIABLE)
            v->look(v, part);
}

/* True if there is a '$' in text before a name that the template has. Most
 * texts have none, and are not walked. */
static bool names_one(struct check *c, struct str text)
{
    for (size_t at = 0; (at = str_chr(text, '$', at)) != STR_NONE;) {
        struct str name = str_from_off(text, ++at);
        name = str_from_off(name, str_starts(name, STR("{")));
        size_t end = 0;
        while (end < name.len && ascii_is_name(name.ptr[end]))
            end++;
        name.len = end;
        if (end && !text_has_upper(name) &&
            c->template_name(c->ctx, name, CHECK_ANYWHERE))
            return true;
    }
    return false;
}

static bool may_have_variables(struct check *c, const struct instruction *i)
{
    bool any = c->template_name && names_one(c, i->rest);
    for (uint32_t k = 0; c->template_name && k < i->heredocs.n && !any; k++)
        any = names_one(c, i->heredocs.at[k].content);
    return any;
}

static void look_at_run(struct variables v)
{
    struct check *c = v.c;
    const struct instruction *i = v.at->i;
    v.shell = shell_kind(c, i);
    char escape = v.shell == SHELL_WINDOWS ? '`' : '\\';
    if (v.shell == SHELL_OTHER)
        return;
    look_through(&v, script_start(i->rest, escape));
    for (uint32_t k = 0; k < i->heredocs.n; k++) {
        const struct heredoc *h = &i->heredocs.at[k];
        struct script s = script_start(h->content, escape);
        s.data = !shell_runs_heredoc(i);
        if (h->expand && (s.data || !shell_is_foreign(c->f.arena, h->content)))
            look_through(&v, s);
    }
}

void check_names_run(struct check *c, const struct spot *at)
{
    if (may_have_variables(c, at->i))
        look_at_run((struct variables){c, at, .look = look_at_variable});
}

/* True if it is known which variables the stage gets from its image. */
static bool knows_image(const struct check *c)
{
    struct str base = stage_bottom(c->stage)->base;
    struct image_ref ref;
    return !stage_bottom(c->stage)->open && !image_parse(base, &ref) &&
           image_is_system(base);
}

void check_names_globals(struct check *c, const struct spot *at)
{
    bool windows = shell_kind(c, at->i) == SHELL_WINDOWS;
    if (c->m.global_args.n && !windows && knows_image(c))
        look_at_run((struct variables){c, at, .look = look_at_global});
}

/* --- in other instructions --- */

/* True if a "${name" in text says what holds without a value. */
static bool has_default(struct str text, struct str name)
{
    const char *end = text.ptr + text.len;
    struct str rest = {name.ptr + name.len, 0};
    if (name.ptr <= text.ptr || rest.ptr > end || name.ptr[-1] != '{')
        return false;
    rest.len = (size_t)(end - rest.ptr);
    rest = str_from_off(rest, str_starts(rest, STR(":")));
    return text_span(str_slice(rest, 0, 1), "-=+?") > 0;
}

/* The builder replaces these itself, and has found that nothing sets name. A
 * base image may set one in capitals, but no FROM sees that. Where an ARG that
 * stands elsewhere was meant, UndefinedVar says more. */
bool check_names_is_template(struct check *c, const struct instruction *i,
                             struct str name)
{
    return finding_wants(&c->f, DIAG_SHELL_VARIABLE) &&
           (i->id == INSTRUCTION_FROM || !text_has_upper(name)) &&
           !text_is_one_of(name, OWN_NAMES) && !has_default(i->line, name) &&
           check_names_has(c, i, name) && !has(&declared(c)->args, name);
}

void check_names_word(struct check *c, const struct spot *at)
{
    if (check_names_is_template(c, at->i, at->part))
        report(c, at, at->part);
}
