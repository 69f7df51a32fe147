/* SPDX-License-Identifier: MIT */
/* The examples of a chapter of the language reference, for programs that do
 * more with their templates than tests/spec/run.sh. */
#ifndef STAGEPP_API_EXAMPLE_H
#define STAGEPP_API_EXAMPLE_H

#include <stagepp.h>
#include <stddef.h>

enum {
    EXAMPLE_FILES = 32
};

struct example_file {
    const char *name;
    const char *bytes;
    size_t len;
};

struct example {
    const char *title;
    const char *args; /* the words between "stagepp" and "t.in" */
    struct example_file files[EXAMPLE_FILES]; /* first the template, "t.in" */
    size_t n;
};

typedef void example_user(void *ctx, struct example *e);

/* Calls f for each example of the chapter at path; how many there are, -1 if it
 * cannot be read. An example is gone after its call. */
int example_each(const char *path, example_user *f, void *ctx);
/* Sets s up as the arguments say, as far as they are not about the command: -D,
 * --data, --limit, -I, --root, -W. Paths are below dir, "" for those that a
 * loader knows. */
void example_set_up(const struct example *e, stagepp_session *s,
                    const char *dir);
/* The same after stagepp_clear_params, without -I and --root, which stay. */
void example_set_again(const struct example *e, stagepp_session *s,
                       const char *dir);

#endif
