/* SPDX-License-Identifier: MIT */
/* The command line, understood. */
#ifndef STAGEPP_CLI_ARGS_H
#define STAGEPP_CLI_ARGS_H

#include "cli/option.h"

#include <stagepp.h>

/* If the option names no file. */
#define LOCK_FILE "stagepp.lock"

struct arg {
    const struct option *option;
    const char *value; /* NULL without an argument */
};

struct args {
    struct arg *list; /* the options, in the order of the command line */
    size_t n;
    const struct option *mode_option; /* NULL: the main mode */
    const char *mode_value;           /* of --explain, --graph, … */
    stagepp_job job;     /* what the options say about it; its path is NULL only
                          * in modes that take no template */
    const char *depfile; /* of -MF */
    const char *color;   /* "auto", "always", "never" */
    const char *format;  /* "text", "json", "sarif" */
    const char *answer;  /* "text", "json", "markdown" */
    bool rule_only, rule_too; /* -M, -MD */
    bool trace;
    const char **bake_tags, **bake_args; /* allocated lists in job */
};

/* Understands the command line. False after wrong usage (said). The strings
 * are those of argv; args_free releases the rest. */
bool args_parse(struct args *a, int argc, char **argv);
void args_free(struct args *a);

#endif
