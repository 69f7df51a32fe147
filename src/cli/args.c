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
};

static bool unknown(const char *word)
{
    char near[32];
    size_t len = strcspn(word, "=");
    if (option_nearest(word, near))
        io_message("unknown option '%.*s'; did you mean '%s'?", (int)len, word,
                   near);
    else
        io_message("unknown option '%.*s'; see 'stagepp --help'", (int)len,
                   word);
    return false;
}

/* Finds the argument of o: joined, or the next word if it needs one. */
static bool take_value(struct words *w, const struct option *o,
                       const char *joined, const char **value)
{
    char name[32];
    option_name(o, name);
    *value = joined;
    if (o->kind == ARGUMENT_NONE && joined) {
        io_message("option '%s' takes no argument", name);
        return false;
    }
    if (o->kind == ARGUMENT_NEEDED && !joined && w->next < w->argc)
        *value = w->argv[w->next++];
    bool needs = o->kind == ARGUMENT_NEEDED || o->kind == ARGUMENT_JOINED;
    if (needs && !*value) {
        io_message("option '%s' needs an argument: %s%s%s", name, name,
                   o->kind == ARGUMENT_JOINED ? "" : " ", o->argument);
        return false;
    }
    return true;
}

static bool take_option(struct args *a, struct words *w, const char *word)
{
    const char *joined;
    const struct option *o = word[1] == '-' ? option_long(word, &joined)
                                            : option_short(word, &joined);
    if (!o)
        return unknown(word);
    struct arg *arg = &a->list[a->n++];
    arg->option = o;
    return take_value(w, o, joined, &arg->value);
}

static bool take_template(struct args *a, const char *word)
{
    if (*word == '\0') {
        io_message("the template's name is empty");
        return false;
    }
    if (a->job.path) {
        io_message("one template at a time: '%s' after '%s'", word,
                   a->job.path);
        return false;
    }
    a->job.path = word;
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
        else if (is_option ? !take_option(a, w, word) : !take_template(a, word))
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

static bool set_mode(struct args *a, const struct arg *arg)
{
    char was[32], is[32];
    if (is_about_us(a->mode_option))
        return true;
    if (a->mode_option && a->mode_option != arg->option) {
        io_message("%s and %s cannot be used together",
                   option_name(a->mode_option, was),
                   option_name(arg->option, is));
        return false;
    }
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

/* Keeps what holds one value; if it is given several times, the last one
 * counts. */
static void set_value(struct args *a, const struct arg *arg)
{
    stagepp_target *target = &a->job.target;
    switch (arg->option->id) {
    case OPTION_OUTPUT:
        target->main_path = is_stdout(arg->value) ? NULL : arg->value;
        break;
    case OPTION_OUT_DIR:
        target->out_dir = arg->value;
        break;
    case OPTION_ONLY:
        target->only = arg->value;
        break;
    case OPTION_BAKE:
        target->bake_path = arg->value;
        break;
    case OPTION_BAKE_CONTEXT:
        target->bake.context = arg->value;
        break;
    case OPTION_MAP:
        target->map_path = arg->value;
        break;
    case OPTION_LOCKED:
        a->job.lock = arg->value ? arg->value : LOCK_FILE;
        break;
    case OPTION_M:
        a->rule_only = true;
        break;
    case OPTION_MD:
        a->rule_too = true;
        break;
    case OPTION_MP:
        target->rule_phony = true;
        break;
    case OPTION_MF:
        a->depfile = is_stdout(arg->value) ? "-" : arg->value;
        break;
    case OPTION_CHECKS:
        a->job.checks = STAGEPP_LINT_ALL;
        break;
    case OPTION_NO_CHECKS:
        a->job.checks = STAGEPP_LINT_NONE;
        break;
    case OPTION_TRACE:
        a->trace = true;
        break;
    case OPTION_COLOR:
        a->color = arg->value;
        break;
    case OPTION_FORMAT:
        a->format = arg->value;
        break;
    default: /* -D, -I, -W, …: read from the list */
        break;
    }
}

static bool check_value(const struct arg *arg)
{
    char name[32];
    option_name(arg->option, name);
    if (arg->value && *arg->value == '\0')
        io_message("the argument of '%s' is empty", name);
    else if (arg->value && !option_takes(arg->option, arg->value))
        io_message("'%s' is not an argument of '%s'; use %s", arg->value, name,
                   arg->option->argument);
    else
        return true;
    return false;
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
        if (!check_value(arg))
            return false;
        if (arg->option->group != GROUP_MODES)
            set_value(a, arg);
        else if (!set_mode(a, arg))
            return false;
    }
    a->job.target.bake.tags = a->bake_tags = values_of(a, OPTION_BAKE_TAG);
    a->job.target.bake.args = a->bake_args = values_of(a, OPTION_BAKE_ARG);
    return true;
}

/* --- combinations --- */

static bool exclude(const struct args *a, const char *what)
{
    char name[32];
    io_message("%s and %s cannot be used together", what,
               a->mode_option ? option_name(a->mode_option, name) : "-M");
    return false;
}

static bool check_dependencies(const struct args *a)
{
    char name[32];
    for (size_t i = 0; i < a->n; i++) {
        const struct option *o = a->list[i].option;
        if (o->group == GROUP_DEPENDENCIES && !a->rule_only && !a->rule_too) {
            io_message("%s needs -M or -MD", option_name(o, name));
            return false;
        }
    }
    return !a->rule_only || !a->mode_option || exclude(a, "-M");
}

/* --bake and the options that belong to it. */
static bool check_bake(const struct args *a)
{
    const char *path = a->job.target.bake_path;
    char name[32];
    for (size_t i = 0; i < a->n && !path; i++) {
        enum option_id id = a->list[i].option->id;
        if (id == OPTION_BAKE_CONTEXT || id == OPTION_BAKE_TAG ||
            id == OPTION_BAKE_ARG) {
            io_message("%s needs --bake", option_name(a->list[i].option, name));
            return false;
        }
    }
    if (path && is_stdout(path)) {
        io_message("--bake needs a file: standard output is for the main "
                   "output");
        return false;
    }
    return !path ||
           ((mode_of(a->mode_option)->with & BAKES) && !a->rule_only) ||
           exclude(a, "--bake");
}

static bool check_map(const struct args *a)
{
    const char *path = a->job.target.map_path;
    if (path && is_stdout(path)) {
        io_message("--map needs a file: standard output is for the main "
                   "output");
        return false;
    }
    return !path || (!a->mode_option && !a->rule_only) || exclude(a, "--map");
}

/* Only an expansion uses libraries. */
static bool check_lock(const struct args *a)
{
    bool locks = a->mode_option && a->mode_option->id == OPTION_LOCK;
    bool expands = mode_of(a->mode_option)->with & EXPANDS;
    if (locks && a->mode_value && is_stdout(a->mode_value)) {
        io_message("--lock needs a file");
        return false;
    }
    return !a->job.lock || (expands && !locks) || exclude(a, "--locked");
}

static bool check_template(const struct args *a)
{
    bool takes = mode_of(a->mode_option)->with & TEMPLATE;
    if (takes && !a->job.path)
        io_message("no template given; see 'stagepp --help'");
    if (!takes && a->job.path)
        io_message(
            "--macros does not take a template ('%s'); a library is given "
            "as --macros=LIB",
            a->job.path);
    return takes == (a->job.path != NULL);
}

static bool check_rule(const struct args *a)
{
    bool named = a->depfile || a->job.target.main_path;
    if (!a->rule_too || named || a->mode_option ||
        strcmp(a->job.path, "-") != 0)
        return true;
    io_message("-MD with a template from standard input needs -o or -MF");
    return false;
}

bool args_parse(struct args *a, int argc, char **argv)
{
    *a = (struct args){.color = "auto", .format = "text"};
    a->list = io_allocate((size_t)argc * sizeof *a->list);
    struct words w = {argc, 1, argv};
    if (!take_words(a, &w) || !take_meanings(a))
        return false;
    return is_about_us(a->mode_option) ||
           (check_dependencies(a) && check_bake(a) && check_map(a) &&
            check_lock(a) && check_template(a) && check_rule(a));
}

void args_free(struct args *a)
{
    free(a->bake_tags);
    free(a->bake_args);
    free(a->list);
}
