/* SPDX-License-Identifier: MIT */
/* In: the arguments. Out: options of the session, and a job for it, which the
 * library does as a whole. */
#include "cli/mode.h"

#include "cli/io.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void trace(void *context, const char *line)
{
    (void)context;
    char *text = io_format("%s\n", line);
    io_write_stderr(text, strlen(text));
    free(text);
}

/* Splits "NAME=VALUE"; *value is NULL without "=". The name is allocated;
 * NULL when it is empty (said). */
static char *split_name(const struct arg *arg, const char **value)
{
    size_t len = strcspn(arg->value, "=");
    if (len == 0) {
        char name[OPTION_NAME_SIZE];
        io_message("option '%s' needs %s, not '%s'",
                   option_name(arg->option, name), arg->option->argument,
                   arg->value);
        return NULL;
    }
    *value = arg->value[len] == '=' ? arg->value + len + 1 : NULL;
    char *name = io_allocate(len + 1);
    memcpy(name, arg->value, len);
    name[len] = '\0';
    return name;
}

static stagepp_status set_limit(stagepp_session *s, const char *name,
                                const char *value)
{
    char *end = NULL;
    errno = 0;
    unsigned long long n = value ? strtoull(value, &end, 10) : 0;
    bool digits = value && value[strspn(value, "0123456789")] == '\0';
    if (!digits || end == value || errno != 0) {
        io_message("option '--limit' needs NAME=N with a number, not '%s%s%s'",
                   name, value ? "=" : "", value ? value : "");
        return STAGEPP_FAILED;
    }
    return stagepp_set_limit(s, name, n);
}

/* -D, --data and --limit. */
static stagepp_status set_named(stagepp_session *s, const struct arg *arg)
{
    const char *value;
    stagepp_status status = STAGEPP_FAILED;
    char *name = split_name(arg, &value);
    if (!name)
        return status;
    if (arg->option->id == OPTION_DEFINE)
        status = stagepp_set_param(s, name, value);
    else if (arg->option->id == OPTION_LIMIT)
        status = set_limit(s, name, value);
    else if (value && *value)
        status = stagepp_set_param_file(s, name, value);
    else
        io_message("option '--data' needs NAME=FILE, not '%s'", arg->value);
    free(name);
    return status;
}

static stagepp_status set_option(stagepp_session *s, const struct arg *arg)
{
    switch (arg->option->id) {
    case OPTION_INCLUDE:
        return stagepp_add_include_dir(s, arg->value);
    case OPTION_ROOT:
        return stagepp_set_root(s, arg->value);
    case OPTION_WARNING:
        return stagepp_set_warning(s, arg->value);
    case OPTION_DEFINE:
    case OPTION_DATA:
    case OPTION_LIMIT:
        return set_named(s, arg);
    default:
        return STAGEPP_OK;
    }
}

static bool is_value(const struct arg *arg)
{
    return arg->option->id == OPTION_DEFINE || arg->option->id == OPTION_DATA;
}

stagepp_status run_set_up(struct run *r)
{
    stagepp_status worst = STAGEPP_OK;
    if (r->args->trace)
        stagepp_set_tracer(r->session, trace, NULL);
    /* --data reads files, so what confines and limits that comes first. */
    for (int values = 0; values < 2; values++)
        for (size_t i = 0; i < r->args->n; i++) {
            if (is_value(&r->args->list[i]) != values)
                continue;
            stagepp_status status = set_option(r->session, &r->args->list[i]);
            worst = status > worst ? status : worst;
        }
    return worst;
}

/* The library knows the files that it has read, but not which file the shell
 * has connected to standard input. */
static bool is_stdin(const char *output)
{
    struct stat in, out;
    bool same = output && fstat(STDIN_FILENO, &in) == 0 &&
                S_ISREG(in.st_mode) && stat(output, &out) == 0 &&
                in.st_dev == out.st_dev && in.st_ino == out.st_ino;
    if (same)
        io_message("the output '%s' would overwrite standard input", output);
    return same;
}

/* The template is read here if it comes from standard input. */
static bool read_template(struct run *r)
{
    const stagepp_target *target = &r->args->job.target;
    stagepp_job *job = &r->job;
    if (!job->path || strcmp(job->path, "-") != 0)
        return true;
    if ((mode_of(r->args->mode_option)->with & EXPANDS) &&
        (is_stdin(target->main_path) || is_stdin(target->map_path)))
        return false;
    if (!io_read_stdin(&r->input, &job->len))
        return false;
    job->bytes = r->input;
    return true;
}

static stagepp_answer_format answer_format(const char *word)
{
    if (strcmp(word, "json") == 0)
        return STAGEPP_ANSWER_JSON;
    return strcmp(word, "markdown") == 0 ? STAGEPP_ANSWER_MARKDOWN
                                         : STAGEPP_ANSWER_TEXT;
}

stagepp_status run_job(struct run *r, stagepp_goal goal, const char **text,
                       size_t *len)
{
    *text = "";
    *len = 0;
    r->job.goal = goal;
    r->job.format = answer_format(r->args->answer);
    if (!read_template(r))
        return STAGEPP_FAILED;
    return stagepp_run(r->session, &r->job, text, len);
}

stagepp_status run_print(struct run *r, stagepp_goal goal)
{
    const char *text;
    size_t len;
    stagepp_status status = run_job(r, goal, &text, &len);
    return io_write_stdout(text, len) ? status : STAGEPP_FAILED;
}
