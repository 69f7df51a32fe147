/* SPDX-License-Identifier: MIT */
/* In: argv; out: struct args. First the words become options with their
 * arguments, then the options that hold one value are put where they are
 * looked for, and last the combinations that make no sense are refused. What
 * may come several times (-D, -I, -W, -MT, …) stays in the list, in order. */
#include "cli/args.h"

#include "cli/io.h"

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
        message("unknown option '%.*s'; did you mean '%s'?", (int)len, word,
                near);
    else
        message("unknown option '%.*s'; see 'stagepp --help'", (int)len, word);
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
        message("option '%s' takes no argument", name);
        return false;
    }
    if (o->kind == ARGUMENT_NEEDED && !joined && w->next < w->argc)
        *value = w->argv[w->next++];
    bool needs = o->kind == ARGUMENT_NEEDED || o->kind == ARGUMENT_JOINED;
    if (needs && !*value) {
        message("option '%s' needs an argument: %s%s%s", name, name,
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
        message("the template's name is empty");
        return false;
    }
    if (a->template_path) {
        message("one template at a time: '%s' after '%s'", word,
                a->template_path);
        return false;
    }
    a->template_path = word;
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

/* What a mode is called on the command line. */
static const char *const mode_names[] = {
    [MODE_EXPAND] = "",
    [MODE_CHECK] = "--check",
    [MODE_CHECK_ONLY] = "--check-only",
    [MODE_INSTRUCTIONS] = "--instructions",
    [MODE_LIST] = "--list",
    [MODE_LOCK] = "--lock",
    [MODE_EXPLAIN] = "--explain",
    [MODE_GRAPH] = "--graph",
    [MODE_TARGETS] = "--targets",
    [MODE_PARAMS] = "--params",
    [MODE_MACROS] = "--macros",
    [MODE_HELP] = "--help",
    [MODE_VERSION] = "--version",
};

/* Who asks for help gets it, whatever else there is. */
static bool is_about_us(enum mode mode)
{
    return mode == MODE_HELP || mode == MODE_VERSION;
}

static bool set_mode(struct args *a, enum mode mode, const char *value)
{
    if (is_about_us(a->mode))
        return true;
    if (a->mode != MODE_EXPAND && a->mode != mode) {
        message("%s and %s exclude each other", mode_names[a->mode],
                mode_names[mode]);
        return false;
    }
    a->mode = mode;
    a->mode_value = value;
    return true;
}

static bool set_mode_option(struct args *a, const struct arg *arg)
{
    switch (arg->option->id) {
    case OPTION_CHECK:
        return set_mode(a, MODE_CHECK, NULL);
    case OPTION_CHECK_ONLY:
        return set_mode(a, MODE_CHECK_ONLY, NULL);
    case OPTION_INSTRUCTIONS:
        return set_mode(a, MODE_INSTRUCTIONS, NULL);
    case OPTION_LIST:
        return set_mode(a, MODE_LIST, NULL);
    case OPTION_LOCK:
        return set_mode(a, MODE_LOCK, arg->value);
    case OPTION_EXPLAIN:
        return set_mode(a, MODE_EXPLAIN, arg->value);
    case OPTION_GRAPH:
        return set_mode(a, MODE_GRAPH, arg->value);
    case OPTION_TARGETS:
        return set_mode(a, MODE_TARGETS, arg->value);
    case OPTION_PARAMS:
        return set_mode(a, MODE_PARAMS, arg->value);
    case OPTION_MACROS:
        return set_mode(a, MODE_MACROS, arg->value);
    case OPTION_HELP:
        return set_mode(a, MODE_HELP, arg->value);
    default:
        return set_mode(a, MODE_VERSION, NULL);
    }
}

/* Written by its name, the file behind /dev/stdout would be replaced, and what
 * others had written there be lost. */
static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0;
}

/* Keeps what holds one value; of several the last counts. */
static void set_value(struct args *a, const struct arg *arg)
{
    switch (arg->option->id) {
    case OPTION_OUTPUT:
        a->output = is_stdout(arg->value) ? NULL : arg->value;
        break;
    case OPTION_OUT_DIR:
        a->out_dir = arg->value;
        break;
    case OPTION_ONLY:
        a->only = arg->value;
        break;
    case OPTION_BAKE:
        a->bake = arg->value;
        break;
    case OPTION_BAKE_CONTEXT:
        a->bake_context = arg->value;
        break;
    case OPTION_MAP:
        a->map = arg->value;
        break;
    case OPTION_ROOT:
        a->root = arg->value;
        break;
    case OPTION_LOCKED:
        a->locked = arg->value ? arg->value : LOCK_FILE;
        break;
    case OPTION_M:
        a->rule_only = true;
        break;
    case OPTION_MD:
        a->rule_too = true;
        break;
    case OPTION_MP:
        a->phony = true;
        break;
    case OPTION_MF:
        a->depfile = is_stdout(arg->value) ? "-" : arg->value;
        break;
    case OPTION_CHECKS:
        a->checks = CHECKS_ALL;
        break;
    case OPTION_NO_CHECKS:
        a->checks = CHECKS_NONE;
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

static bool bad_choice(const char *value, const char *name,
                       const char *const *words)
{
    const char *b = words[1] ? words[1] : "";
    if (words[1] && words[2])
        message("'%s' is no argument of '%s'; use %s, %s or %s", value, name,
                words[0], b, words[2]);
    else
        message("'%s' is no argument of '%s'; use %s%s%s", value, name,
                words[0], words[1] ? " or " : "", b);
    return false;
}

/* Options whose argument is one of a few words, or a path. */
static bool check_value(const struct arg *arg)
{
    static const struct {
        enum option_id id;
        const char *words[4];
    } choices[] = {
        {OPTION_COLOR, {"auto", "always", "never"}},
        {OPTION_FORMAT, {"text", "json", "sarif"}},
        {OPTION_GRAPH, {"dot", "mermaid", "svg"}},
        {OPTION_TARGETS, {"json"}},
        {OPTION_PARAMS, {"json"}},
        {OPTION_HELP, {"man"}},
    };
    char name[32];
    option_name(arg->option, name);
    if (arg->value && *arg->value == '\0') {
        message("the argument of '%s' is empty", name);
        return false;
    }
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        const char *const *w = choices[i].words;
        if (choices[i].id != arg->option->id || !arg->value)
            continue;
        while (*w && strcmp(*w, arg->value) != 0)
            w++;
        if (*w)
            return true;
        return bad_choice(arg->value, name, choices[i].words);
    }
    return true;
}

static void look_for_help(struct args *a)
{
    for (size_t i = 0; i < a->n && !is_about_us(a->mode); i++) {
        enum option_id id = a->list[i].option->id;
        if (id == OPTION_HELP || id == OPTION_VERSION)
            set_mode_option(a, &a->list[i]);
    }
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
        else if (!set_mode_option(a, arg))
            return false;
    }
    return true;
}

/* --- combinations --- */

static bool check_dependencies(const struct args *a)
{
    char name[32];
    for (size_t i = 0; i < a->n; i++) {
        const struct option *o = a->list[i].option;
        if (o->group != GROUP_DEPENDENCIES)
            continue;
        if (!a->rule_only && !a->rule_too) {
            message("%s needs -M or -MD", option_name(o, name));
            return false;
        }
        if (a->rule_only && a->mode != MODE_EXPAND) {
            message("-M and %s exclude each other", mode_names[a->mode]);
            return false;
        }
    }
    return true;
}

/* What is about a file that is written. */
static bool check_bake(const struct args *a)
{
    char name[32];
    for (size_t i = 0; i < a->n && !a->bake; i++) {
        enum option_id id = a->list[i].option->id;
        if (id == OPTION_BAKE_CONTEXT || id == OPTION_BAKE_TAG ||
            id == OPTION_BAKE_ARG) {
            message("%s needs --bake", option_name(a->list[i].option, name));
            return false;
        }
    }
    if (a->bake && is_stdout(a->bake)) {
        message("--bake needs a file: standard output is for the main output");
        return false;
    }
    if (!a->bake || a->mode == MODE_CHECK || a->mode == MODE_LIST ||
        (a->mode == MODE_EXPAND && !a->rule_only))
        return true;
    message("--bake and %s exclude each other",
            a->rule_only ? "-M" : mode_names[a->mode]);
    return false;
}

static bool check_map(const struct args *a)
{
    if (!a->map)
        return true;
    if (is_stdout(a->map)) {
        message("--map needs a file: standard output is for the main output");
        return false;
    }
    if (a->mode == MODE_EXPAND && !a->rule_only)
        return true;
    message("--map and %s exclude each other",
            a->rule_only ? "-M" : mode_names[a->mode]);
    return false;
}

/* Only an expansion uses libraries. */
static bool check_lock(const struct args *a)
{
    switch (a->mode) {
    case MODE_LOCK:
        if (a->mode_value && is_stdout(a->mode_value)) {
            message("--lock needs a file");
            return false;
        }
        break;
    case MODE_CHECK_ONLY:
    case MODE_INSTRUCTIONS:
    case MODE_PARAMS:
    case MODE_MACROS:
        break;
    default:
        return true;
    }
    if (a->locked)
        message("--locked and %s exclude each other", mode_names[a->mode]);
    return !a->locked;
}

static bool check_template(const struct args *a)
{
    bool takes = a->mode != MODE_MACROS;
    if (takes && !a->template_path)
        message("no template given; see 'stagepp --help'");
    if (!takes && a->template_path)
        message("--macros takes no template ('%s'); a library is given as "
                "--macros=LIB",
                a->template_path);
    return takes == (a->template_path != NULL);
}

bool args_parse(struct args *a, int argc, char **argv)
{
    *a = (struct args){.color = "auto", .format = "text"};
    a->list = allocate((size_t)argc * sizeof *a->list);
    struct words w = {argc, 1, argv};
    if (!take_words(a, &w) || !take_meanings(a))
        return false;
    if (a->mode == MODE_HELP || a->mode == MODE_VERSION)
        return true;
    return check_dependencies(a) && check_bake(a) && check_map(a) &&
           check_lock(a) && check_template(a);
}

void args_free(struct args *a)
{
    free(a->list);
}
