/* SPDX-License-Identifier: MIT */
/* In the order in which the builder works: all stages are known before the
 * first is looked into, but a stage can only build on those above it. */
#include "docker/stage.h"

#include "base/near.h"
#include "docker/grammar.h"
#include "docker/image.h"
#include "docker/mount.h"
#include "docker/text.h"

/* --- what others ask --- */

/* The stage called name in any case; NULL when absent. */
static struct stage *stage_by_name(const struct model *m, struct str name)
{
    uint32_t at = map_find(&m->names, text_lower(m->arena, name));
    return at == MAP_NONE ? NULL : m->by_name.at[at];
}

struct stage *stage_last(const struct model *m)
{
    return m->stages.at[m->stages.n - 1];
}

const struct stage *stage_bottom(const struct stage *s)
{
    while (s->parent)
        s = s->parent;
    return s;
}

struct str stage_label(struct arena *a, const struct stage *s)
{
    return s->name.len ? s->name : arena_printf(a, "%u", s->index);
}

struct str stage_base_label(struct arena *a, const struct stage *s)
{
    if (s->parent)
        return stage_label(a, s->parent);
    return s->open ? s->from->args.at[0] : s->base;
}

/* --- splitting --- */

static void add_stage(struct model *m, const struct instruction *from)
{
    struct stage *s = arena_new(m->arena, struct stage);
    s->index = m->stages.n;
    s->from = from;
    s->base = from->args.at[0];
    s->name = text_lower(m->arena, instruction_stage_name(from));
    s->description = instruction_description(from, s->name);
    instruction_flag(from, "platform", &s->platform);
    vec_push(m->arena, &m->stages, s);
}

bool stage_split(struct model *m, const struct dockerfile *d,
                 struct findings *f)
{
    *m = (struct model){.d = d, .arena = f->arena};
    for (uint32_t k = 0; k < d->list.n; k++) {
        const struct instruction *i = d->list.at[k];
        if (i->id == INSTRUCTION_FROM) {
            add_stage(m, i);
        } else if (m->stages.n) {
            struct stage *s = stage_last(m);
            vec_push(m->arena, &s->commands, i);
            s->user = i->id == INSTRUCTION_USER ? i : s->user;
            s->shell = i->id == INSTRUCTION_SHELL ? i : s->shell;
        } else {
            vec_push(m->arena, &m->global_args, i);
        }
    }
    if (m->stages.n == 0) {
        const struct instruction *last = d->list.at[d->list.n - 1];
        instruction_report(
            f, last, last->word, DIAG_NO_STAGE,
            "there is no FROM; a Dockerfile needs at least one stage");
    }
    return m->stages.n > 0;
}

/* --- global ARGs --- */

struct expander stage_expander(const struct model *m)
{
    return (struct expander){
        .arena = m->arena, .escape = m->d->escape, .env = &m->globals};
}

/* What the builder predefines when it has no options. */
static void predefine(struct model *m)
{
    static const char *const names[][2] = {{"BUILDPLATFORM", STAGE_PLATFORM},
                                           {"BUILDOS", "linux"},
                                           {"BUILDOSVERSION", ""},
                                           {"BUILDARCH", "amd64"},
                                           {"BUILDVARIANT", ""},
                                           {"TARGETPLATFORM", STAGE_PLATFORM},
                                           {"TARGETOS", "linux"},
                                           {"TARGETOSVERSION", ""},
                                           {"TARGETARCH", "amd64"},
                                           {"TARGETVARIANT", ""}};
    struct str target = stage_last(m)->name;
    m->globals = (struct env){.arena = m->arena};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        env_set_arg(&m->globals, str_from(names[i][0]), str_from(names[i][1]));
    env_set_arg(&m->globals, STR("TARGETSTAGE"),
                target.len ? target : STR("default"));
}

bool stage_globals(struct model *m, struct findings *f, bool any_values)
{
    predefine(m);
    struct expander x = stage_expander(m);
    for (uint32_t k = 0; k < m->global_args.n; k++) {
        const struct instruction *i = m->global_args.at[k];
        for (uint32_t n = 0; n < i->args.n; n++) {
            struct str value = i->args.at[n], result;
            struct str name = text_cut(&value, '=');
            env_declare(&m->globals, name);
            if (!value.ptr)
                continue;
            bool good = expand_word(&x, value, &result);
            if (!good && !(any_values && x.open))
                return instruction_refuse(f, i, x.error_part, "%s", x.error);
            env_set_arg(&m->globals, name, result);
            if (x.open)
                env_set_open(&m->globals, name);
        }
    }
    return true;
}

void stage_register(struct model *m, struct stage *s)
{
    bool added;
    uint32_t at = map_find(&m->names, s->base);
    if (at != MAP_NONE) {
        s->parent = m->by_name.at[at];
        s->parent->used = true;
        s->user = s->user ? s->user : s->parent->user;
        s->shell = s->shell ? s->shell : s->parent->shell;
    }
    if (s->name.len == 0)
        return;
    at = map_put(&m->names, m->arena, s->name, &added);
    if (added)
        vec_push(m->arena, &m->by_name, s);
    m->by_name.at[at] = s;
}

/* --- uses --- */

/* What is not the name of a stage is an image, and must be a name of one. */
static bool use_image(struct model *m, const struct use *u, struct findings *f)
{
    struct image_ref ref;
    struct near near = near_start(u->from);
    const char *why = image_parse(u->from, &ref);
    m->images++;
    if (!why)
        return true;
    for (uint32_t i = 0; i < m->stages.n; i++)
        near_offer(&near, m->stages.at[i]->name);
    struct finding *found = instruction_report(
        f, u->at, u->from, DIAG_UNKNOWN_STAGE, "no stage is called '%.*s'%s%s",
        STR_ARG(u->from),
        near.best.ptr ? "" : ", and it is not the name of an image: ",
        near.best.ptr ? "" : why);
    finding_suggest(f, found, "", near.best);
    return false;
}

/* COPY --from=1 counts stages, and after them the images named so far. */
static bool use_number(struct model *m, struct use *u, int64_t n,
                       struct findings *f)
{
    if (n >= 0 && n < m->stages.n) {
        u->stage = m->stages.at[n];
        return true;
    }
    if (n >= 0 && n - m->stages.n < m->images) {
        m->images++; /* one more each time that it is named by its number */
        return true;
    }
    instruction_report(
        f, u->at, u->from, DIAG_UNKNOWN_STAGE,
        "there is no stage %lld; stages are numbered from 0 to %u",
        (long long)n, m->stages.n - 1);
    return false;
}

static void add_use(struct model *m, struct stage *s, struct use u)
{
    if (u.stage)
        u.stage->used = true;
    vec_push(m->arena, &s->uses, u);
}

static bool use_copy(struct model *m, struct stage *s,
                     const struct instruction *i, struct findings *f)
{
    struct use u = {.kind = USE_COPY, .at = i};
    struct expander x = {.arena = m->arena, .escape = m->d->escape};
    struct str plain;
    int64_t n;
    bool good;
    if (!instruction_flag(i, "from", &u.from) || u.from.len == 0)
        return true;
    if (!expand_word(&x, u.from, &plain) || !str_eq(plain, u.from))
        return instruction_refuse(
            f, i, u.from,
            "--from takes no variables; name a stage with FROM $IMAGE AS name, "
            "and copy from that");
    if (grammar_integer(u.from, 63, &n)) {
        good = use_number(m, &u, n, f);
    } else {
        u.stage = stage_by_name(m, u.from);
        good = u.stage || use_image(m, &u, f);
    }
    add_use(m, s, u);
    return good;
}

static bool use_mounts(struct model *m, struct stage *s,
                       const struct instruction *i, struct findings *f)
{
    bool good = true;
    struct str flag, value;
    for (uint32_t k = 0; instruction_mount(i, &k, &flag, &value);) {
        struct mount mount;
        /* That it is a list was found before. */
        (void)mount_parse(m->arena, value, NULL, &mount);
        struct use u = {USE_MOUNT, i, mount.from, NULL};
        if (u.from.len == 0 || str_eq(u.from, STR("scratch"))) {
            /* Numbers count it, too. */
            m->images += stage_by_name(m, STR("scratch")) == NULL;
            continue;
        }
        u.stage = stage_by_name(m, u.from);
        good = (u.stage || use_image(m, &u, f)) && good;
        add_use(m, s, u);
    }
    return good;
}

/* A circle of several stages is found in walk.c, at the use of a later stage; a
 * stage that uses itself is found before. */
static bool check_circle(const struct model *m, const struct stage *s,
                         struct findings *f)
{
    uint32_t other = 0;
    while (other < s->index && !str_eq(m->stages.at[other]->name, s->name))
        other++;
    for (uint32_t k = 0; k < s->uses.n; k++) {
        const struct use *u = &s->uses.at[k];
        if (u->stage != s)
            continue;
        instruction_report(
            f, u->at, u->from, DIAG_UNKNOWN_STAGE,
            "'%.*s' is this stage itself%s; a stage can only take "
            "files from stages above it",
            STR_ARG(u->from),
            s->name.len && other < s->index ? ", as two have that name: give "
                                              "this one another"
                                            : "");
        struct str name = instruction_stage_name(s->from);
        if (name.len)
            finding_drop(f, DIAG_DUPLICATE_STAGE_NAME,
                         (uint32_t)(name.ptr - m->d->text.ptr));
        return false;
    }
    return true;
}

bool stage_uses(struct model *m, struct findings *f)
{
    bool good = true;
    for (uint32_t k = 0; k < m->stages.n; k++) {
        struct stage *s = m->stages.at[k];
        for (uint32_t n = 0; n < s->commands.n; n++) {
            const struct instruction *i = s->commands.at[n];
            if (i->id == INSTRUCTION_COPY)
                good = use_copy(m, s, i, f) && good;
            else if (i->id == INSTRUCTION_RUN)
                good = use_mounts(m, s, i, f) && good;
        }
        good = check_circle(m, s, f) && good;
    }
    return good;
}

/* A stage needs only stages above it, so one pass from the last one is enough.
 */
void stage_reach(struct model *m)
{
    struct stage *last = stage_last(m);
    last->reached = last->shipped = true;
    for (uint32_t k = m->stages.n; k-- > 0;) {
        struct stage *s = m->stages.at[k];
        if (!s->reached)
            continue;
        if (s->parent) {
            s->parent->reached = true;
            s->parent->shipped = s->parent->shipped || s->shipped;
        }
        for (uint32_t n = 0; n < s->uses.n; n++)
            if (s->uses.at[n].stage)
                s->uses.at[n].stage->reached = true;
    }
}
