/* SPDX-License-Identifier: MIT */
/* One function an instruction that has rules of its own; the flags of all are
 * checked by one table. The first mistake of an instruction is reported. */
#include "docker/command.h"

#include "docker/grammar.h"
#include "docker/heredoc.h"
#include "docker/mount.h"
#include "docker/text.h"

#include <string.h>

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
#define X(id, name, kind) \
    {INSTRUCTION_##id, {name, sizeof name - 1}, FLAG_##kind},
#include "docker/flag_list.h"
#undef X
};

#define NFLAGS (sizeof flag_table / sizeof *flag_table)

void command_split_flag(struct str flag, struct str *name, struct str *value)
{
    *value = flag;
    *name = text_cut(value, '=');
    *name = str_from_off(*name, 2);
}

bool command_flag(const struct instruction *i, const char *name,
                  struct str *value)
{
    struct str given;
    for (uint32_t k = i->flags.n; k-- > 0;) {
        command_split_flag(i->flags.at[k], &given, value);
        if (str_eq(given, str_from(name)))
            return true;
    }
    *value = (struct str){NULL, 0};
    return false;
}

static const struct flag_entry *find_flag(enum instruction_id id,
                                          struct str name)
{
    for (size_t k = 0; k < NFLAGS; k++)
        if (flag_table[k].id == id && str_eq(flag_table[k].name, name))
            return &flag_table[k];
    return NULL;
}

static bool refuse(const struct instruction *i, struct findings *f,
                   struct str part, const char *why)
{
    instruction_report(f, i, part, DIAG_DOCKERFILE, "%s", why);
    return false;
}

static bool unknown_flag(const struct instruction *i, struct findings *f,
                         struct str flag, struct str name)
{
    struct str near = {NULL, 0};
    unsigned best = STR_FAR, known = 0;
    for (size_t k = 0; k < NFLAGS; k++) {
        if (flag_table[k].id != i->id)
            continue;
        known++;
        if (str_nearer(name, flag_table[k].name, &best))
            near = flag_table[k].name;
    }
    const char *word = instruction_name(i->id);
    if (near.ptr)
        instruction_report(f, i, flag, DIAG_UNKNOWN_FLAG,
                           "%s has no flag '--%.*s'; did you mean '--%.*s'?",
                           word, STR_ARG(name), STR_ARG(near));
    else if (known)
        instruction_report(f, i, flag, DIAG_UNKNOWN_FLAG,
                           "%s has no flag '--%.*s'", word, STR_ARG(name));
    else
        instruction_report(f, i, flag, DIAG_UNKNOWN_FLAG,
                           "%s takes no flags; write what follows behind "
                           "'-- ' if it is none",
                           word);
    return false;
}

static bool check_flag(const struct instruction *i, struct findings *f,
                       uint32_t k)
{
    struct str flag = i->flags.at[k], name, value, other, ignored;
    command_split_flag(flag, &name, &value);
    const struct flag_entry *e = find_flag(i->id, name);
    if (!e)
        return unknown_flag(i, f, flag, name);
    for (uint32_t n = 0; n < k && e->kind != FLAG_MANY; n++) {
        command_split_flag(i->flags.at[n], &other, &ignored);
        if (str_eq(other, name))
            return refuse(i, f, flag, "this flag stands here twice");
    }
    if (e->kind != FLAG_BOOL)
        return value.ptr || refuse(i, f, flag, "this flag needs a value");
    if (!value.ptr || text_same(value, STR("true")) ||
        text_same(value, STR("false")))
        return true;
    return refuse(i, f, flag, "this flag is =true, =false, or stands alone");
}

static bool check_flags(const struct instruction *i, struct findings *f)
{
    for (uint32_t k = 0; k < i->flags.n; k++)
        if (!check_flag(i, f, k))
            return false;
    return true;
}

/* --- numbers of arguments --- */

static bool needs_some(const struct instruction *i, struct findings *f)
{
    if (i->args.n > 0)
        return true;
    instruction_report(f, i, i->word, DIAG_DOCKERFILE,
                       "%s needs at least one argument",
                       instruction_name(i->id));
    return false;
}

static bool needs_one(const struct instruction *i, struct findings *f)
{
    if (i->args.n == 1)
        return true;
    instruction_report(f, i, i->word, DIAG_DOCKERFILE, "%s needs an argument",
                       instruction_name(i->id));
    return false;
}

/* --- one by one --- */

static bool check_pairs(const struct instruction *i, struct findings *f)
{
    if (i->npairs == 0) {
        instruction_report(f, i, i->word, DIAG_DOCKERFILE,
                           "%s needs at least one name=value",
                           instruction_name(i->id));
        return false;
    }
    for (uint32_t k = 0; k < i->npairs; k++)
        if (i->pairs[k].name.len == 0)
            return refuse(i, f, i->pairs[k].value,
                          "a name is missing before "
                          "'='");
    return true;
}

static bool check_arg(const struct instruction *i, struct findings *f)
{
    if (!needs_some(i, f))
        return false;
    for (uint32_t k = 0; k < i->args.n; k++)
        if (i->args.at[k].ptr[0] == '=')
            return refuse(i, f, i->args.at[k], "a name is missing before '='");
    return true;
}

static bool check_copy(const struct instruction *i, struct findings *f)
{
    struct heredoc h;
    if (i->args.n < 2) {
        instruction_report(f, i, i->word, DIAG_DOCKERFILE,
                           "%s needs sources and, last, a destination",
                           instruction_name(i->id));
        return false;
    }
    if (heredoc_word(f->arena, command_target(i), &h))
        return refuse(i, f, command_target(i),
                      "a heredoc is a source; the destination comes last");
    return true;
}

struct str command_stage_name(const struct instruction *from)
{
    if (from->args.n == 3 && text_same(from->args.at[1], STR("as")))
        return from->args.at[2];
    return (struct str){NULL, 0};
}

static bool is_stage_name(struct str name)
{
    if (!name.len || ascii_is_digit(name.ptr[0]))
        return false;
    for (size_t k = 0; k < name.len; k++) {
        char c = name.ptr[k];
        bool more = k > 0 && (c == '-' || c == '.' || c == '_');
        if (!more && (c == '_' || !ascii_is_name(c)))
            return false;
    }
    return true;
}

static bool check_from(const struct instruction *i, struct findings *f)
{
    struct str name = command_stage_name(i);
    if (i->args.n != 1 && !name.ptr)
        return refuse(i, f, i->args.n ? i->args.at[0] : i->word,
                      "FROM takes an image, or an image AS a name");
    if (name.ptr && !is_stage_name(name))
        return refuse(i, f, name,
                      "the name of a stage begins with a letter and holds "
                      "letters, digits, '-', '_' and '.'");
    return true;
}

static bool check_trigger(const struct instruction *i, struct findings *f)
{
    if (!i->trigger) {
        instruction_report(f, i, i->word, DIAG_DOCKERFILE,
                           "ONBUILD needs an instruction");
        return false;
    }
    enum instruction_id id = i->trigger->id;
    if (id == INSTRUCTION_ONBUILD || id == INSTRUCTION_MAINTAINER ||
        id == INSTRUCTION_FROM) {
        instruction_report(f, i, i->trigger->word, DIAG_DOCKERFILE,
                           "%s cannot be a trigger of ONBUILD",
                           instruction_name(id));
        return false;
    }
    return true;
}

static bool check_run(const struct instruction *i, struct findings *f)
{
    struct str name, value;
    for (uint32_t k = 0; k < i->flags.n; k++) {
        struct mount m;
        const char *why = NULL;
        command_split_flag(i->flags.at[k], &name, &value);
        if (str_eq(name, STR("mount")))
            why = mount_parse(f->arena, value, NULL, &m);
        else if (str_eq(name, STR("network")) &&
                 !str_eq(value, STR("default")) &&
                 !str_eq(value, STR("none")) && !str_eq(value, STR("host")))
            why = "the network is default, none or host";
        else if (str_eq(name, STR("security")) &&
                 !str_eq(value, STR("sandbox")) &&
                 !str_eq(value, STR("insecure")))
            why = "the security mode is sandbox or insecure";
        else if (str_eq(name, STR("device")))
            why = mount_check_device(f->arena, value);
        if (why)
            return refuse(i, f, i->flags.at[k], why);
    }
    return true;
}

static bool check_interval(const struct instruction *i, struct findings *f,
                           const char *name)
{
    struct str value;
    int64_t ns;
    if (!command_flag(i, name, &value) || value.len == 0)
        return true;
    if (!grammar_duration(value, &ns))
        return refuse(i, f, value, "no duration; write 30s, 1m30s, 500ms");
    if (ns != 0 && ns < 1000000)
        return refuse(i, f, value, "a duration is at least 1ms");
    return true;
}

static bool check_retries(const struct instruction *i, struct findings *f)
{
    struct str value;
    int64_t n;
    if (!command_flag(i, "retries", &value) || value.len == 0)
        return true;
    if (!grammar_integer(value, 32, &n))
        return refuse(i, f, value, "no number");
    return n >= 0 || refuse(i, f, value, "a number of retries is 0 or more");
}

static bool check_health(const struct instruction *i, struct findings *f)
{
    if (!needs_some(i, f))
        return false;
    struct str kind = i->args.at[0];
    if (text_same(kind, STR("NONE")))
        return i->args.n == 1 ||
               refuse(i, f, i->args.at[1], "HEALTHCHECK NONE ends here");
    if (!check_flags(i, f))
        return false;
    if (!text_same(kind, STR("CMD")))
        return refuse(i, f, kind, "HEALTHCHECK goes on with CMD or NONE");
    if (i->args.n < 2)
        return refuse(i, f, kind, "the command is missing");
    return check_interval(i, f, "interval") &&
           check_interval(i, f, "timeout") &&
           check_interval(i, f, "start-period") &&
           check_interval(i, f, "start-interval") && check_retries(i, f);
}

static bool check_shell(const struct instruction *i, struct findings *f)
{
    if (i->args.n == 0)
        return needs_some(i, f);
    return i->exec_form ||
           refuse(i, f, i->args.at[0],
                  "SHELL takes a JSON array: [\"/bin/bash\", \"-c\"]");
}

static bool check_volume(const struct instruction *i, struct findings *f)
{
    if (!needs_some(i, f))
        return false;
    for (uint32_t k = 0; k < i->args.n; k++)
        if (text_trim(i->args.at[k]).len == 0)
            return refuse(i, f, i->args.at[k], "a volume needs a path");
    return true;
}

static bool check_unknown(const struct instruction *i, struct findings *f)
{
    const char *near = NULL;
    unsigned best = STR_FAR;
    for (int id = 1; id < INSTRUCTION_COUNT; id++) {
        const char *name = instruction_name((enum instruction_id)id);
        if (str_nearer(i->word, str_from(name), &best))
            near = name;
    }
    if (near)
        instruction_report(f, i, i->word, DIAG_UNKNOWN_INSTRUCTION,
                           "no instruction is called '%.*s'; did you mean "
                           "'%s'?",
                           STR_ARG(i->word), near);
    else
        instruction_report(f, i, i->word, DIAG_UNKNOWN_INSTRUCTION,
                           "no instruction is called '%.*s'; if the line "
                           "before should go on here, it needs a '\\' at its "
                           "end",
                           STR_ARG(i->word));
    return false;
}

bool command_check(const struct instruction *i, struct findings *f)
{
    switch (i->id) {
    case INSTRUCTION_UNKNOWN:
    case INSTRUCTION_COUNT:
        return check_unknown(i, f);
    case INSTRUCTION_ARG:
        return check_arg(i, f);
    case INSTRUCTION_HEALTHCHECK:
        return check_health(i, f);
    case INSTRUCTION_STOPSIGNAL: /* which looks at no flags */
        return needs_one(i, f);
    default:
        break;
    }
    if (!check_flags(i, f))
        return false;
    switch (i->id) {
    case INSTRUCTION_ADD:
    case INSTRUCTION_COPY:
        return check_copy(i, f);
    case INSTRUCTION_ENV:
    case INSTRUCTION_LABEL:
        return check_pairs(i, f);
    case INSTRUCTION_EXPOSE:
        return needs_some(i, f);
    case INSTRUCTION_FROM:
        return check_from(i, f);
    case INSTRUCTION_MAINTAINER:
    case INSTRUCTION_USER:
    case INSTRUCTION_WORKDIR:
        return needs_one(i, f);
    case INSTRUCTION_ONBUILD:
        return check_trigger(i, f);
    case INSTRUCTION_RUN:
        return check_run(i, f);
    case INSTRUCTION_SHELL:
        return check_shell(i, f);
    case INSTRUCTION_VOLUME:
        return check_volume(i, f);
    default:
        return true;
    }
}

/* --- what others ask --- */

struct words command_sources(struct arena *a, const struct instruction *i)
{
    struct words out = {arena_array(a, i->args.n, sizeof *out.at), 0};
    struct heredoc h;
    for (uint32_t k = 0; k + 1 < i->args.n; k++)
        if (!heredoc_word(a, i->args.at[k], &h))
            out.at[out.n++] = i->args.at[k];
    return out;
}

struct str command_target(const struct instruction *i)
{
    return i->args.at[i->args.n - 1];
}
