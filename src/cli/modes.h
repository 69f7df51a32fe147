/* SPDX-License-Identifier: MIT */
/* What stagepp can do, one function and one file a mode. Each returns the exit
 * status; diagnostics of the session are printed by the caller. */
#ifndef STAGEPP_CLI_MODES_H
#define STAGEPP_CLI_MODES_H

#include "cli/args.h"

#include <stagepp.h>

/* One run: the command line, the session, and the template if it came from
 * standard input (its bytes must live as long as the session). */
struct run {
    const struct args *args;
    stagepp_session *session;
    char *input;
};

/* Gives the session the options. */
stagepp_status run_set_up(struct run *r);
/* Expands the template, and compares with the lock if that is wanted. */
stagepp_status run_expand(struct run *r);
/* Checks the outputs that are Dockerfiles, unless --no-checks. */
stagepp_status run_lint(struct run *r);
/* What a mode gives that asks the library for a text: writes it, if the status
 * of that is STAGEPP_OK. */
stagepp_status run_answer(stagepp_status status, const char *text, size_t len);
/* True if the expanded template has text outside its @file blocks. */
bool run_has_main(const struct run *r);
/* Where outputs go, as the library wants it. */
stagepp_target run_target(const struct run *r);

stagepp_status mode_expand(struct run *r);
stagepp_status mode_check(struct run *r);
stagepp_status mode_check_only(struct run *r);
stagepp_status mode_instructions(struct run *r);
stagepp_status mode_list(struct run *r);
stagepp_status mode_lock(struct run *r);
stagepp_status mode_explain(struct run *r);
stagepp_status mode_graph(struct run *r);
stagepp_status mode_targets(struct run *r);
stagepp_status mode_params(struct run *r);
stagepp_status mode_macros(struct run *r);
stagepp_status mode_help(const struct args *a);
stagepp_status mode_version(void);

/* The file of --bake: adds it to what target has written. */
stagepp_status bake_make(struct run *r, stagepp_target *target);
/* What Graphviz makes of the dot text, allocated; NULL after a failure
 * (said). */
char *svg_draw(const char *dot, size_t len, size_t *svg_len);

/* The rule of -M and -MD. */
struct rule {
    const char *text;
    size_t len;
    char *path; /* where it goes; NULL: standard output */
};
stagepp_status rule_make(struct run *r, struct rule *rule);

#endif
