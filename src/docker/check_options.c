/* SPDX-License-Identifier: MIT */
/* What "# check=" says to nobody: names that no check has, and above an
 * instruction what does not reach it. The builder ignores that in silence. */
#include "docker/check.h"
#include "docker/options.h"
#include "docker/text.h"

#include "base/near.h"

#define WHOLE_FILE                                                          \
    "for the whole file, '# check=' stands above other comments and blank " \
    "lines"

/* --- names of checks --- */

/* A check of BuildKit that needs the image, so it is not one of ours. */
#define OF_IMAGES "InvalidBaseImagePlatform"

static bool is_check(enum diag_id id)
{
    return id >= DIAG_STAGE_NAME_CASING && id <= DIAG_MISSING_STAGE;
}

/* The name that was meant; ptr NULL if there is none. */
static struct str near_check(struct str name)
{
    struct near near = near_start(name);
    for (int id = 0; id < DIAG_COUNT; id++) {
        struct str other = str_from(diag_name((enum diag_id)id));
        if (!is_check((enum diag_id)id))
            continue;
        if (text_same(name, other))
            return other;
        near_offer(&near, other);
    }
    return near.best;
}

/* --- words --- */

#define say(c, at, part, ...)                                                  \
    finding_add(&(c)->f, (at)->rule, (uint32_t)((part).ptr - (c)->d.text.ptr), \
                (uint32_t)(part).len, __VA_ARGS__)

/* True if the check with that rule looks at instructions of that kind. */
static bool looks_at(enum diag_id rule, enum instruction_id id)
{
    /* reported where the user or the command is set */
    if (rule == DIAG_ROOT_USER)
        return id == INSTRUCTION_FROM || id == INSTRUCTION_USER ||
               id == INSTRUCTION_CMD || id == INSTRUCTION_ENTRYPOINT;
#define INSTRUCTION_ANY id
#define X(moment, instruction, name, group, function)           \
    if (rule == DIAG_##name && id == INSTRUCTION_##instruction) \
        return true;
#include "docker/check_list.h"
#undef X
#undef INSTRUCTION_ANY
    return rule == DIAG_DANGLING_CONTINUATION;
}

/* at->i: what the comment stands above; NULL at the top. */
static void judge_name(struct check *c, const struct spot *at, struct str name)
{
    enum diag_id id = diag_find(name);
    const struct instruction *i = at->i;
    if (str_eq(name, STR(OF_IMAGES)) || (i && i->id == INSTRUCTION_UNKNOWN))
        return;
    if (id == DIAG_COUNT || !is_check(id))
        finding_suggest(
            &c->f, say(c, at, name, "no check is called '%.*s'", STR_ARG(name)),
            "", near_check(name));
    else if (i && !finding_is_local(id))
        say(c, at, name,
            "'%.*s' is about the file as a whole, so it cannot be turned off "
            "above an instruction; " WHOLE_FILE,
            STR_ARG(name));
    else if (i && !looks_at(id, i->id))
        say(c, at, name,
            "'%.*s' never reports the %s below, which is all that this comment "
            "holds for; " WHOLE_FILE,
            STR_ARG(name), instruction_name(i->id));
}

/* names: the list that ends the value; reason: what follows the value. */
static void judge_names(struct check *c, const struct spot *at,
                        struct words names, struct str reason)
{
    for (uint32_t k = 0; k < names.n; k++) {
        struct str name = names.at[k];
        if (name.len)
            judge_name(c, at, name);
        else if (k + 1 == names.n && k && reason.len)
            say(c, at, reason,
                "the names end at the blank, so these words are a reason; "
                "write names with commas alone, A,B");
    }
}

static void judge(struct check *c, const struct spot *at,
                  const struct finding_options *o, struct str reason)
{
    judge_names(c, at, o->skip, reason);
    judge_names(c, at, o->experimental, reason);
}

void check_options_top(struct check *c, const struct spot *at)
{
    struct str reason;
    (void)options_at_top(c->d.text, &reason);
    judge(c, at, &c->f.options, reason);
}

/* --- above an instruction --- */

/* True if value, which cannot be read, was meant as options. */
static bool is_meant(struct str value, struct str reason)
{
    return !reason.len || str_starts(value, STR("skip")) ||
           str_starts(value, STR("experimental")) ||
           str_starts(value, STR("error"));
}

static void check_above(struct check *c, const struct spot *at,
                        struct str value, struct str reason)
{
    struct finding_options o = {0};
    struct str option;
    const char *why = options_read(&o, c->f.arena, value, &option);
    if (why && is_meant(value, reason))
        say(c, at, option, "the builder ignores this '# check=': %s", why);
    if (why)
        return;
    judge(c, at, &o, reason);
    if (o.error)
        say(c, at, value,
            "'error' counts in the first lines of the file alone");
}

/* True if value is at the top, too: below a "#!" line it is in both places. */
static bool is_at_top(const struct check *c, struct str value)
{
    struct str reason;
    return options_at_top(c->d.text, &reason).ptr == value.ptr;
}

void check_options_above(struct check *c, const struct spot *at)
{
    struct str reason, first = STR_ABSENT;
    for (uint32_t k = 0; k < at->i->comments.n; k++) {
        struct str value = options_in_comment(at->i->comments.at[k], &reason);
        if (value.ptr && is_at_top(c, value))
            continue;
        if (value.ptr && !first.ptr)
            check_above(c, at, value, reason);
        else if (value.ptr)
            say(c, at, value,
                "the builder reads one '# check=' above an instruction, the "
                "first; name all checks in that one");
        first = first.ptr ? first : value;
    }
}

/* Options above the first instruction, but not in the first lines, are rarely
 * meant for it alone. */
void check_options_late(struct check *c, const struct spot *at)
{
    const struct finding_options *o = at->i->options;
    struct str reason, value = STR_ABSENT;
    if (at->i != c->d.list.at[0] || !o || !o->skip_all)
        return;
    for (uint32_t k = 0; !value.ptr; k++)
        value = options_in_comment(at->i->comments.at[k], &reason);
    if (!is_at_top(c, value))
        say(c, at, value, "this holds for the %s below alone; " WHOLE_FILE,
            instruction_name(at->i->id));
}
