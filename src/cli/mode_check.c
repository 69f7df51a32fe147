/* SPDX-License-Identifier: MIT */
/* --check: are the written files what the template gives? Who is told that they
 * are not is told the command that makes them again. */
#include "cli/mode.h"

#include "cli/io.h"

#include <stdlib.h>
#include <string.h>

/* Options that say how to compare, or what about it is printed. */
static bool is_about_checking(const struct option *o)
{
    return o->id == OPTION_CHECK || o->id == OPTION_COLOR ||
           o->id == OPTION_DIAGNOSTICS || o->id == OPTION_TRACE;
}

/* A word of the shell. */
static void put_word(FILE *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789%+,-./:=@_";
    if (*word && word[strspn(word, plain)] == '\0') {
        fputs(word, out);
        return;
    }
    fputc('\'', out);
    for (; *word; word++) {
        if (*word == '\'')
            fputs("'\\''", out);
        else
            fputc(*word, out);
    }
    fputc('\'', out);
}

static void put_option(FILE *out, const struct arg *arg)
{
    char name[OPTION_NAME_SIZE];
    enum option_kind kind = arg->option->kind;
    fprintf(out, " %s", option_name(arg->option, name));
    if (!arg->value)
        return;
    if (kind != ARGUMENT_JOINED)
        fputc(kind == ARGUMENT_EQUALS ? '=' : ' ', out);
    put_word(out, arg->value);
}

/* The command without --check, allocated; NULL without memory. */
static char *command(const struct args *a)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (!out)
        return NULL;
    fputs("stagepp", out);
    for (size_t i = 0; i < a->n; i++)
        if (!is_about_checking(a->list[i].option))
            put_option(out, &a->list[i]);
    fputs(a->job.path[0] == '-' && a->job.path[1] ? " -- " : " ", out);
    put_word(out, a->job.path);
    if (fclose(out) == 0)
        return text;
    free(text);
    return NULL;
}

stagepp_status mode_check(struct run *r)
{
    char *again = command(r->args);
    r->job.about = again;
    stagepp_status status = run_print(r, STAGEPP_GOAL_CHECK);
    free(again);
    return status;
}
