/* SPDX-License-Identifier: MIT */
/* The command line, understood. */
#ifndef STAGEPP_CLI_ARGS_H
#define STAGEPP_CLI_ARGS_H

#include "cli/options.h"

enum mode {
    MODE_EXPAND,
    MODE_CHECK,
    MODE_CHECK_ONLY,
    MODE_INSTRUCTIONS,
    MODE_LIST,
    MODE_LOCK,
    MODE_EXPLAIN,
    MODE_GRAPH,
    MODE_TARGETS,
    MODE_PARAMS,
    MODE_MACROS,
    MODE_HELP,
    MODE_VERSION
};

/* Without another name. */
#define LOCK_FILE "stagepp.lock"

/* Which outputs are checked as Dockerfiles. */
enum checks {
    CHECKS_AUTO,
    CHECKS_ALL,
    CHECKS_NONE
};

struct arg {
    const struct option *option;
    const char *value; /* NULL when there is none */
};

struct args {
    struct arg *list; /* the options, in the order of the command line */
    size_t n;
    enum mode mode;
    const char *template_path; /* NULL only in modes that take none */
    const char *output;        /* -o; NULL: standard output */
    const char *out_dir, *only, *map, *root, *depfile;
    const char *bake, *bake_context;
    const char *locked;     /* the lock file to compare with; NULL: none */
    const char *mode_value; /* of --explain, --graph, … */
    const char *color;      /* "auto", "always", "never" */
    const char *format;     /* "text", "json", "sarif" */
    bool rule_only, rule_too, phony; /* -M, -MD, -MP */
    bool trace;
    enum checks checks; /* the last of --checks and --no-checks */
};

/* Understands the command line. False after wrong usage (said). The strings
 * are those of argv; args_free releases the rest. */
bool args_parse(struct args *a, int argc, char **argv);
void args_free(struct args *a);

#endif
