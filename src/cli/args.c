/* SPDX-License-Identifier: MIT */
/* In: argv; out: struct args. First the words become options with their
 * arguments, then options with one value become parts of a job, and last the
 * combinations that make no sense are refused. What may come several times (-D,
 * -I, -W, -MT, …) stays in the list, in order. */
#include "cli/args.h"

#include "cli/io.h"
#include "cli/mode.h"

#include <stdlib.h>
#include <string.h>

/* --- words --- */

struct words {
    int argc, next;
    char **argv;
    const struct arg *last; /* the option directly before; or NULL */
    const struct arg
        *before; /* the one directly before the template; or NULL */
};

static bool unknown(const char *word)
{
    char near[OPTION_NAME_SIZE];
    size_t len = strcspn(word, "=");
    const char *synonym = option_synonym(word);
    if (synonym)
        return io_message("unknown option '%.*s'; write %s", (int)len, word,
                          synonym);
    if (option_nearest(word, near))
        return io_message("unknown option '%.*s'; did you mean '%s'?", (int)len,
                          word, near);
    return io_message("unknown option '%.*s'; see 'stagepp --help'", (int)len,
                      word);
}

/* Finds the argument of o: joined, or the next word if it needs one. */
static bool take_value(struct words *w, const struct option *o,
                       const char *joined, const char **value)
{
    char name[OPTION_NAME_SIZE];
    option_name(o, name);
    *value = joined;
    if (o->kind == ARGUMENT_NONE && joined)
        return io_message("option '%s' takes no argument", name);
    if (o->kind == ARGUMENT_NEEDED && !joined && w->next < w->argc)
        *value = w->argv[w->next++];
    bool needs = o->kind == ARGUMENT_NEEDED || o->kind == ARGUMENT_JOINED;
    if (needs && !*value)
        return io_message("option '%s' needs an argument: %s%s%s", name, name,
                          o->kind == ARGUMENT_JOINED ? "" : " ", o->argument);
    return true;
}

/* "-only" would be -o with the file "nly", and "-o=x" -o with "=x". */
static bool check_short(const struct option *o, const char *word,
                        const char *joined)
{
    char name[OPTION_NAME_SIZE];
    size_t len = strcspn(word, "=");
    if (!joined)
        return true;
    if (*joined == '=')
        return io_message("'%s' takes no '=' after it: write %s%s%s",
                          option_name(o, name), name,
                          o->kind == ARGUMENT_JOINED ? "" : " ", joined + 1);
    if (option_lacks_dash(word))
        return io_message("unknown option '%.*s'; did you mean '-%.*s'?",
                          (int)len, word, (int)len, word);
    return !option_synonym(word) || unknown(word);
}

static bool take_option(struct args *a, struct words *w, const char *word)
{
    const char *joined;
    bool is_short = word[1] != '-';
    const struct option *o =
        is_short ? option_short(word, &joined) : option_long(word, &joined);
    if (!o)
        return unknown(word);
    if (is_short && !check_short(o, word, joined))
        return false;
    struct arg *arg = &a->list[a->n++];
    arg->option = o;
    w->last = arg;
    return take_value(w, o, joined, &arg->value);
}

/* The option of "-D a = b" or "-D a b" whose value may be torn; or NULL. */
static const struct arg *torn(const struct arg *arg)
{
    bool pair = arg && arg->value && arg->option->argument &&
                strchr(arg->option->argument, '=');
    return pair ? arg : NULL;
}

/* word begins with '='. */
static bool refuse_blank(const struct words *w, const struct arg *arg,
                         const char *word)
{
    char name[OPTION_NAME_SIZE];
    bool alone = word[1] == '\0' && w->next < w->argc;
    return io_message("leave out the blanks around '=': write %s %s%s%s",
                      option_name(arg->option, name), arg->value, word,
                      alone ? w->argv[w->next] : "");
}

static bool refuse_second(const struct args *a, const struct words *w,
                          const char *word)
{
    char name[OPTION_NAME_SIZE];
    const struct arg *arg = torn(w->before);
    const struct arg *bare = w->before;
    if (bare && bare->option->kind == ARGUMENT_EQUALS && !bare->value)
        return io_message("one template at a time: '%s' after '%s'; if '%s' "
                          "belongs to %s, write %s=%s",
                          word, a->job.path, a->job.path,
                          option_name(bare->option, name),
                          option_name(bare->option, name), a->job.path);
    if (!arg && strcmp(a->job.path, "-") != 0 && !strchr(a->job.path, '.') &&
        !strchr(a->job.path, '/'))
        return io_message("one template at a time: '%s' after '%s'; there are "
                          "options, but no commands: see 'stagepp --help'",
                          word, a->job.path);
    if (!arg)
        return io_message("one template at a time: '%s' after '%s'", word,
                          a->job.path);
    const char *value = arg->value;
    bool has_sign = *value && value[strlen(value) - 1] == '=';
    return io_message("one template at a time: '%s' after '%s'; if '%s' is a "
                      "value, write %s %s%s%s",
                      word, a->job.path, a->job.path,
                      option_name(arg->option, name), value,
                      has_sign ? "" : "=", a->job.path);
}

static bool take_template(struct args *a, struct words *w, const char *word)
{
    if (*word == '\0')
        return io_message("the template's name is empty");
    if (*word == '=' && torn(w->last))
        return refuse_blank(w, w->last, word);
    if (a->job.path)
        return refuse_second(a, w, word);
    a->job.path = word;
    w->before = w->last;
    w->last = NULL;
    return true;
}

static bool take_words(struct args *a, struct words *w)
{
    bool options = true;
    while (w->next < w->argc) {
        const char *word = w->argv[w->next++];
        bool is_option = options && word[0] == '-' && word[1] != '\0';
        if (is_option && strcmp(word, "--") == 0)
            options = false;
        else if (is_option ? !take_option(a, w, word)
                           : !take_template(a, w, word))
            return false;
    }
    return true;
}

/* --- meanings --- */

/* Help is given whatever else is asked for. */
static bool is_about_us(const struct option *option)
{
    return mode_of(option)->with & ABOUT_US;
}

static bool is_mode(const struct option *option)
{
    return mode_of(option)->option == option->id;
}

/* "=json" is short for --format=json. */
static bool takes_json(const struct args *a)
{
    const struct option *mode = a->mode_option;
    return (mode_of(mode)->with & ANSWERS) && mode->id != OPTION_MACROS;
}

static bool set_mode(struct args *a, const struct arg *arg)
{
    char was[OPTION_NAME_SIZE], is[OPTION_NAME_SIZE];
    if (is_about_us(a->mode_option))
        return true;
    if (a->mode_option && a->mode_option != arg->option)
        return io_message("%s and %s cannot be used together",
                          option_name(a->mode_option, was),
                          option_name(arg->option, is));
    a->mode_option = arg->option;
    a->mode_value = arg->value;
    return true;
}

/* If /dev/stdout were written by its name, a file that it leads to would be
 * replaced, and what others had written to it would be lost. */
static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0;
}

/* 1 + the place of an option in the list, the last one if it is given several
 * times; 0 without it. */
static size_t place_of(const struct args *a, enum option_id id)
{
    size_t i = a->n;
    while (i > 0 && a->list[i - 1].option->id != id)
        i--;
    return i;
}

static const char *value_of(const struct args *a, enum option_id id,
                            const char *otherwise)
{
    size_t at = place_of(a, id);
    return at && a->list[at - 1].value ? a->list[at - 1].value : otherwise;
}

/* What holds one value. */
static void set_values(struct args *a)
{
    stagepp_target *target = &a->job.target;
    size_t all = place_of(a, OPTION_CHECKS),
           none = place_of(a, OPTION_NO_CHECKS);
    target->main_path = value_of(a, OPTION_OUTPUT, "-");
    if (is_stdout(target->main_path))
        target->main_path = NULL;
    target->out_dir = value_of(a, OPTION_OUT_DIR, NULL);
    target->only = value_of(a, OPTION_ONLY, NULL);
    target->bake_path = value_of(a, OPTION_BAKE, NULL);
    target->bake.context = value_of(a, OPTION_BAKE_CONTEXT, NULL);
    target->map_path = value_of(a, OPTION_MAP, NULL);
    target->rule_phony = place_of(a, OPTION_MP) > 0;
    a->depfile = value_of(a, OPTION_MF, NULL);
    if (a->depfile && is_stdout(a->depfile))
        a->depfile = "-";
    if (place_of(a, OPTION_LOCKED))
        a->job.lock = value_of(a, OPTION_LOCKED, LOCK_FILE);
    if (all || none)
        a->job.checks = all > none ? STAGEPP_LINT_ALL : STAGEPP_LINT_NONE;
    a->rule_only = place_of(a, OPTION_M) > 0;
    a->rule_too = place_of(a, OPTION_MD) > 0;
    a->trace = place_of(a, OPTION_TRACE) > 0;
    a->color = value_of(a, OPTION_COLOR, "auto");
    a->format = value_of(a, OPTION_DIAGNOSTICS, "text");
    a->answer = value_of(a, OPTION_FORMAT, "text");
    if (takes_json(a) && a->mode_value)
        a->answer = a->mode_value;
}

static bool check_value(const struct arg *arg)
{
    char name[OPTION_NAME_SIZE];
    option_name(arg->option, name);
    if (arg->value && *arg->value == '\0')
        return io_message("the argument of '%s' is empty", name);
    if (!arg->value || option_takes(arg->option, arg->value))
        return true;
    const char *joined;
    bool json = strcmp(arg->option->argument, "json") == 0;
    if (json && option_takes(option_long("--format", &joined), arg->value))
        return io_message("'%s' is not an argument of '%s'; write '%s "
                          "--format=%s'",
                          arg->value, name, name, arg->value);
    return io_message("'%s' is not an argument of '%s'; use %s", arg->value,
                      name, arg->option->argument);
}

static void look_for_help(struct args *a)
{
    for (size_t i = 0; i < a->n && !is_about_us(a->mode_option); i++)
        if (is_about_us(a->list[i].option))
            set_mode(a, &a->list[i]);
}

/* The values of an option that may be repeated, NULL after the last. */
static const char **values_of(const struct args *a, enum option_id id)
{
    const char **list = io_allocate((a->n + 1) * sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < a->n; i++)
        if (a->list[i].option->id == id)
            list[n++] = a->list[i].value;
    list[n] = NULL;
    return list;
}

static bool take_meanings(struct args *a)
{
    look_for_help(a);
    for (size_t i = 0; i < a->n; i++) {
        const struct arg *arg = &a->list[i];
        if (!check_value(arg) || (is_mode(arg->option) && !set_mode(a, arg)))
            return false;
    }
    set_values(a);
    a->job.target.bake.tags = a->bake_tags = values_of(a, OPTION_BAKE_TAG);
    a->job.target.bake.args = a->bake_args = values_of(a, OPTION_BAKE_ARG);
    return true;
}

/* --- combinations --- */

static bool exclude(const struct args *a, const char *what)
{
    char name[OPTION_NAME_SIZE];
    return io_message("%s and %s cannot be used together", what,
                      a->mode_option ? option_name(a->mode_option, name)
                                     : "-M");
}

static bool check_dependencies(const struct args *a)
{
    char name[OPTION_NAME_SIZE];
    for (size_t i = 0; i < a->n; i++) {
        const struct option *o = a->list[i].option;
        if (o->group == GROUP_DEPENDENCIES && !a->rule_only && !a->rule_too)
            return io_message("%s needs -M or -MD", option_name(o, name));
    }
    return !a->rule_only || !a->mode_option || exclude(a, "-M");
}

/* The option of a file that is written beside the outputs; `goes`: with this
 * mode. */
static bool check_beside(const struct args *a, const char *option,
                         const char *path, bool goes)
{
    if (path && is_stdout(path))
        return io_message("%s needs a file: standard output is for the main "
                          "output",
                          option);
    return !path || (goes && !a->rule_only) || exclude(a, option);
}

/* --bake and the options that belong to it. */
static bool check_bake(const struct args *a)
{
    const char *path = a->job.target.bake_path;
    char name[OPTION_NAME_SIZE];
    for (size_t i = 0; i < a->n && !path; i++) {
        enum option_id id = a->list[i].option->id;
        if (id == OPTION_BAKE_CONTEXT || id == OPTION_BAKE_TAG ||
            id == OPTION_BAKE_ARG)
            return io_message("%s needs --bake",
                              option_name(a->list[i].option, name));
    }
    return check_beside(a, "--bake", path,
                        mode_of(a->mode_option)->with & BAKES);
}

/* Only an expansion uses libraries. */
static bool check_lock(const struct args *a)
{
    bool locks = a->mode_option && a->mode_option->id == OPTION_LOCK;
    bool expands = mode_of(a->mode_option)->with & EXPANDS;
    if (locks && a->mode_value && is_stdout(a->mode_value))
        return io_message("--lock needs a file");
    if (locks && a->job.target.main_path)
        return io_message("-o and --lock cannot be used together: --lock "
                          "writes no output; another file for the lock is "
                          "--lock=FILE");
    return !a->job.lock || (expands && !locks) || exclude(a, "--locked");
}

static bool check_format(const struct args *a)
{
    bool answers = mode_of(a->mode_option)->with & ANSWERS;
    if (!place_of(a, OPTION_FORMAT))
        return true;
    if (!answers)
        return io_message("--format needs --targets, --params or --macros");
    return !takes_json(a) || !a->mode_value || exclude(a, "--format and =json");
}

static bool refuse_template(const struct args *a)
{
    char name[OPTION_NAME_SIZE];
    if (a->mode_option->id == OPTION_MACROS)
        return io_message("--macros does not take a template ('%s'); a library "
                          "is given as --macros=LIB",
                          a->job.path);
    return io_message("%s does not take a template ('%s')",
                      option_name(a->mode_option, name), a->job.path);
}

static bool check_template(const struct args *a)
{
    char name[OPTION_NAME_SIZE];
    bool takes = mode_of(a->mode_option)->with & TEMPLATE;
    const struct arg *last = a->n ? &a->list[a->n - 1] : NULL;
    if (takes && !a->job.path && last && last->value &&
        last->option->kind != ARGUMENT_EQUALS)
        io_message("no template given: '%s' is the argument of '%s'",
                   last->value, option_name(last->option, name));
    else if (takes && !a->job.path)
        io_message("no template given; see 'stagepp --help'");
    if (!takes && a->job.path)
        refuse_template(a);
    return takes == (a->job.path != NULL);
}

static bool check_rule(const struct args *a)
{
    bool named = a->depfile || a->job.target.main_path;
    return !a->rule_too || named || a->mode_option ||
           strcmp(a->job.path, "-") != 0 ||
           io_message("-MD with a template from standard input needs -o or "
                      "-MF");
}

bool args_parse(struct args *a, int argc, char **argv)
{
    *a = (struct args){0};
    a->list = io_allocate((size_t)argc * sizeof *a->list);
    struct words w = {.argc = argc, .next = 1, .argv = argv};
    if (!take_words(a, &w) || !take_meanings(a))
        return false;
    return is_about_us(a->mode_option) ||
           (check_dependencies(a) && check_bake(a) &&
            check_beside(a, "--map", a->job.target.map_path, !a->mode_option) &&
            check_lock(a) && check_format(a) && check_template(a) &&
            check_rule(a));
}

void args_free(struct args *a)
{
    free(a->bake_tags);
    free(a->bake_args);
    free(a->list);
}
