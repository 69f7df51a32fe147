/* SPDX-License-Identifier: MIT */
/* Each instruction that has rules has one function, see the table at the end;
 * the flags of all are in flag_list.h. The first mistake of an instruction is
 * reported. */
#include "docker/command.h"

#include "base/near.h"
#include "docker/grammar.h"
#include "docker/mount.h"
#include "docker/text.h"

/* --- flags --- */

enum flag_kind {
    FLAG_ONE,
    FLAG_MANY,
    FLAG_BOOL
};

struct flag_entry {
    enum instruction_id id;
    struct str name;
    enum flag_kind kind;
};

static const struct flag_entry flag_table[] = {
#define X(id, name, kind) {INSTRUCTION_##id, STR_INIT(name), FLAG_##kind},
#include "docker/flag_list.h"
#undef X
};

#define NFLAGS (sizeof flag_table / sizeof *flag_table)

static const struct flag_entry *find_flag(enum instruction_id id,
                                          struct str name)
{
    for (size_t k = 0; k < NFLAGS; k++)
        if (flag_table[k].id == id && str_eq(flag_table[k].name, name))
            return &flag_table[k];
    return NULL;
}

static bool unknown_flag(const struct instruction *i, struct findings *f,
                         struct str flag, struct str name)
{
    struct near near = near_start(name);
    bool takes_flags = false;
    for (size_t k = 0; k < NFLAGS; k++) {
        if (flag_table[k].id != i->id)
            continue;
        takes_flags = true;
        near_offer(&near, flag_table[k].name);
    }
    const char *word = instruction_name(i->id);
    if (takes_flags)
        finding_suggest(f,
                        instruction_report(f, i, flag, DIAG_UNKNOWN_FLAG,
                                           "%s has no flag '--%.*s'", word,
                                           STR_ARG(name)),
                        "--", near.best);
    else
        instruction_report(f, i, flag, DIAG_UNKNOWN_FLAG,
                           "%s takes no flags; if this is not a flag, write "
                           "'-- ' in front of it",
                           word);
    return false;
}

static bool check_flag(const struct instruction *i, struct findings *f,
                       uint32_t k)
{
    struct str flag = i->flags.at[k], name, value, other, ignored;
    instruction_split_flag(flag, &name, &value);
    const struct flag_entry *e = find_flag(i->id, name);
    if (!e)
        return unknown_flag(i, f, flag, name);
    for (uint32_t n = 0; n < k && e->kind != FLAG_MANY; n++) {
        instruction_split_flag(i->flags.at[n], &other, &ignored);
        if (str_eq(other, name))
            return instruction_refuse(f, i, flag, "this flag is given twice");
    }
    if (e->kind != FLAG_BOOL)
        return value.ptr ||
               instruction_refuse(f, i, flag,
                                  "this flag needs a value, after '='");
    return !value.ptr || text_same(value, STR("true")) ||
           text_same(value, STR("false")) ||
           instruction_refuse(f, i, flag,
                              "this flag takes =true, =false or no value");
}

/* "COPY âfrom=a": editors make a dash of "--". */
static bool check_dash(const struct instruction *i, struct findings *f)
{
    static const struct str dashes[] = {STR_INIT("\xE2\x80\x93"),
                                        STR_INIT("\xE2\x80\x94"),
                                        STR_INIT("\xE2\x88\x92")};
    struct str flag = str_slice(i->rest, 0, text_byte_span(i->rest, 0, false));
    for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++)
        if (str_starts(flag, dashes[k]))
            return instruction_refuse(f, i, flag,
                                      "this begins with a dash, so it is not "
                                      "a flag; write '--'");
    return true;
}

static bool check_flags(const struct instruction *i, struct findings *f)
{
    for (uint32_t k = 0; k < i->flags.n; k++)
        if (!check_flag(i, f, k))
            return false;
    return check_dash(i, f);
}

/* --- one by one --- */

static bool needs_some(const struct instruction *i, struct findings *f)
{
    return i->args.n > 0 ||
           instruction_refuse(f, i, i->word, "%s needs at least one argument",
                              instruction_name(i->id));
}

static bool needs_one(const struct instruction *i, struct findings *f)
{
    return i->args.n == 1 ||
           instruction_refuse(f, i, i->word, "%s needs an argument",
                              instruction_name(i->id));
}

static bool check_pairs(const struct instruction *i, struct findings *f)
{
    for (uint32_t k = 0; k < i->pairs.n; k++)
        if (i->pairs.at[k].name.len == 0)
            return instruction_refuse(f, i, i->pairs.at[k].value,
                                      "a name is missing before '='");
    return i->pairs.n > 0 ||
           instruction_refuse(f, i, i->word, "%s needs at least one name=value",
                              instruction_name(i->id));
}

static bool check_arg(const struct instruction *i, struct findings *f)
{
    for (uint32_t k = 0; k < i->args.n; k++)
        if (i->args.at[k].ptr[0] == '=')
            return instruction_refuse(f, i, i->args.at[k],
                                      "a name is missing before '='");
    return needs_some(i, f);
}

static bool check_copy(const struct instruction *i, struct findings *f)
{
    struct heredoc h;
    if (i->args.n < 2)
        return instruction_refuse(
            f, i, i->word,
            "%s needs at least one source, and a destination at the end",
            instruction_name(i->id));
    return !heredoc_word(f->arena, instruction_target(i), &h) ||
           instruction_refuse(
               f, i, instruction_target(i),
               "a heredoc can only be a source; the destination comes last");
}

static bool is_stage_name(struct str name)
{
    return text_is_all(name, TEXT_ALNUM "-._") &&
           !text_span(str_slice(name, 0, 1), TEXT_DIGITS "-._");
}

static bool check_from(const struct instruction *i, struct findings *f)
{
    struct str name = instruction_stage_name(i);
    if (i->args.n != 1 && !name.ptr)
        return instruction_refuse(f, i, i->args.n ? i->args.at[0] : i->word,
                                  "write FROM IMAGE, or FROM IMAGE AS NAME");
    return !name.ptr || is_stage_name(name) ||
           instruction_refuse(f, i, name,
                              "the name of a stage begins with a letter, "
                              "followed by letters, digits, '-', '_' and '.'");
}

static bool check_trigger(const struct instruction *i, struct findings *f)
{
    if (!i->trigger)
        return instruction_refuse(f, i, i->word,
                                  "ONBUILD needs an instruction");
    enum instruction_id id = i->trigger->id;
    return (id != INSTRUCTION_ONBUILD && id != INSTRUCTION_MAINTAINER &&
            id != INSTRUCTION_FROM) ||
           instruction_refuse(f, i, i->trigger->word,
                              "%s cannot be used in ONBUILD",
                              instruction_name(id));
}

/* What is wrong with a flag of RUN; NULL if nothing is. */
static const char *judge_run_flag(struct arena *a, struct str flag)
{
    struct str name, value;
    struct mount m;
    instruction_split_flag(flag, &name, &value);
    if (str_eq(name, STR("mount")))
        return mount_parse(a, value, NULL, &m);
    if (str_eq(name, STR("device")))
        return mount_check_device(a, value);
    if (str_eq(name, STR("network")))
        return text_is_one_of(value, "default none host")
                   ? NULL
                   : "the network must be default, none or host";
    return text_is_one_of(value, "sandbox insecure")
               ? NULL
               : "the security mode must be sandbox or insecure";
}

static bool check_run(const struct instruction *i, struct findings *f)
{
    for (uint32_t k = 0; k < i->flags.n; k++) {
        const char *why = judge_run_flag(f->arena, i->flags.at[k]);
        if (why)
            return instruction_refuse(f, i, i->flags.at[k], "%s", why);
    }
    return true;
}

static bool check_interval(const struct instruction *i, struct findings *f,
                           const char *name)
{
    struct str value;
    int64_t ns;
    if (!instruction_flag(i, name, &value) || value.len == 0)
        return true;
    if (!grammar_duration(value, &ns))
        return instruction_refuse(
            f, i, value,
            "this is not a duration; write one like 30s, 1m30s or 500ms");
    return ns == 0 || ns >= 1000000 ||
           instruction_refuse(f, i, value, "a duration must be at least 1ms");
}

static bool check_retries(const struct instruction *i, struct findings *f)
{
    struct str value;
    int64_t n;
    if (!instruction_flag(i, "retries", &value) || value.len == 0)
        return true;
    if (!grammar_integer(value, 32, &n))
        return instruction_refuse(f, i, value, "this is not a number");
    return n >= 0 ||
           instruction_refuse(f, i, value,
                              "the number of retries must be 0 or more");
}

static bool check_health(const struct instruction *i, struct findings *f)
{
    if (!needs_some(i, f))
        return false;
    struct str kind = i->args.at[0];
    if (text_same(kind, STR("NONE")))
        return i->args.n == 1 ||
               instruction_refuse(f, i, i->args.at[1],
                                  "nothing may follow HEALTHCHECK NONE");
    if (!check_flags(i, f))
        return false;
    if (!text_same(kind, STR("CMD")))
        return instruction_refuse(
            f, i, kind, "HEALTHCHECK must be followed by CMD or NONE");
    if (i->args.n < 2)
        return instruction_refuse(f, i, kind, "the command is missing");
    return check_interval(i, f, "interval") &&
           check_interval(i, f, "timeout") &&
           check_interval(i, f, "start-period") &&
           check_interval(i, f, "start-interval") && check_retries(i, f);
}

static bool check_shell(const struct instruction *i, struct findings *f)
{
    return needs_some(i, f) &&
           (i->exec_form ||
            instruction_refuse(
                f, i, i->args.at[0],
                "SHELL takes a JSON array: [\"/bin/bash\", \"-c\"]"));
}

static bool check_volume(const struct instruction *i, struct findings *f)
{
    for (uint32_t k = 0; k < i->args.n; k++)
        if (text_trim(i->args.at[k]).len == 0)
            return instruction_refuse(f, i, i->args.at[k],
                                      "a volume needs a path");
    return needs_some(i, f);
}

/* Instructions of others, and what to write instead. */
static const struct {
    struct str word;
    const char *write;
} others[] = {
    {STR_INIT("IF"), "write @if CONDITION … @end"},
    {STR_INIT("ELSE"), "write @else"},
    {STR_INIT("ELSEIF"), "write @elif CONDITION"},
    {STR_INIT("ELIF"), "write @elif CONDITION"},
    {STR_INIT("ENDIF"), "write @end"},
    {STR_INIT("END"), "write @end"},
    {STR_INIT("FOR"), "write @for x in list … @end"},
    {STR_INIT("LET"), "write @let x = \"value\""},
    {STR_INIT("SET"), "write @set x = \"value\""},
    {STR_INIT("VAR"), "write @let x = \"value\""},
    {STR_INIT("PARAM"), "write @param x = \"default\""},
    {STR_INIT("DEFINE"), "write @define name(a, b) … @end"},
    {STR_INIT("MACRO"), "write @define name(a, b) … @end"},
    {STR_INIT("FUNCTION"), "write @define name(a, b) … @end"},
    {STR_INIT("CALL"), "write @name(…)"},
    {STR_INIT("DO"), "write @name(…)"},
    {STR_INIT("IMPORT"), "write @import \"path\""},
    {STR_INIT("INCLUDE"), "write @include \"path\""},
    {STR_INIT("SAVE"), "a stage takes files by COPY --from=STAGE"},
    {STR_INIT("BUILD"), "a stage is built for another one that takes from it"},
    {STR_INIT("GIT"), "write ADD https://….git#REF /path"},
    {STR_INIT("EXTENDS"), "write FROM"},
};

static bool refuse_other(const struct instruction *i, struct findings *f)
{
    for (size_t k = 0; k < sizeof others / sizeof *others; k++) {
        if (!str_eq(others[k].word, i->word))
            continue;
        instruction_report(f, i, i->word, DIAG_UNKNOWN_INSTRUCTION,
                           "no instruction is called '%.*s'; %s",
                           STR_ARG(i->word), others[k].write);
        return true;
    }
    return false;
}

/* A name alone on its line, with a ':' after it. */
static bool is_label(const struct instruction *i)
{
    return i->rest.len == 0 && i->word.len > 1 &&
           i->word.ptr[i->word.len - 1] == ':' &&
           is_stage_name(str_slice(i->word, 0, i->word.len - 1));
}

static bool check_unknown(const struct instruction *i, struct findings *f)
{
    if (refuse_other(i, f))
        return false;
    if (is_label(i)) {
        instruction_report(f, i, i->word, DIAG_UNKNOWN_INSTRUCTION,
                           "no instruction is called '%.*s'; a stage begins "
                           "with FROM image AS %.*s",
                           STR_ARG(i->word), (int)i->word.len - 1, i->word.ptr);
        return false;
    }
    if (str_starts(i->word, STR("@")) && str_starts(i->rest, STR("="))) {
        instruction_report(f, i, i->word, DIAG_UNKNOWN_INSTRUCTION,
                           "no instruction is called '%.*s'; a variable is "
                           "bound by @let %.*s = …",
                           STR_ARG(i->word), (int)i->word.len - 1,
                           i->word.ptr + 1);
        return false;
    }
    struct near near = near_start(i->word);
    for (int id = 1; id < INSTRUCTION_COUNT; id++)
        near_offer(&near, str_from(instruction_name((enum instruction_id)id)));
    struct finding *found = instruction_report(
        f, i, i->word, DIAG_UNKNOWN_INSTRUCTION,
        "no instruction is called '%.*s'%s", STR_ARG(i->word),
        near.best.ptr ? ""
                      : "; if this line continues the one before, that one "
                        "must end in '\\'");
    finding_suggest(f, found, "", near.best);
    return false;
}

/* --- the table --- */

struct command_entry {
    bool (*check)(const struct instruction *i, struct findings *f);
    bool own_flags; /* check looks at the flags itself, or not at all */
};

static const struct command_entry table[INSTRUCTION_COUNT] = {
    [INSTRUCTION_UNKNOWN] = {check_unknown, true},
    [INSTRUCTION_ADD] = {check_copy, false},
    [INSTRUCTION_ARG] = {check_arg, true},
    [INSTRUCTION_COPY] = {check_copy, false},
    [INSTRUCTION_ENV] = {check_pairs, false},
    [INSTRUCTION_EXPOSE] = {needs_some, false},
    [INSTRUCTION_FROM] = {check_from, false},
    [INSTRUCTION_HEALTHCHECK] = {check_health, true},
    [INSTRUCTION_LABEL] = {check_pairs, false},
    [INSTRUCTION_MAINTAINER] = {needs_one, false},
    [INSTRUCTION_ONBUILD] = {check_trigger, false},
    [INSTRUCTION_RUN] = {check_run, false},
    [INSTRUCTION_SHELL] = {check_shell, false},
    [INSTRUCTION_STOPSIGNAL] = {needs_one, true},
    [INSTRUCTION_USER] = {needs_one, false},
    [INSTRUCTION_VOLUME] = {check_volume, false},
    [INSTRUCTION_WORKDIR] = {needs_one, false},
};

bool command_check(const struct instruction *i, struct findings *f)
{
    const struct command_entry *e = &table[i->id];
    return (e->own_flags || check_flags(i, f)) && (!e->check || e->check(i, f));
}
