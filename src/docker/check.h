/* SPDX-License-Identifier: MIT */
/* A check is a function that looks at a Dockerfile at some moment while it is
 * read as the builder reads it, and warns of what it finds. All checks are in
 * check_list.h. To add one, add its rule to source/diag_list.h, a row to
 * check_list.h, the function to the file of its group (check_<group>.c), and an
 * example to tests/spec/23-checks.md. What the builder refuses is found where
 * it is read instead: dockerfile.c, command.c, stage.c, from.c, walk.c. */
#ifndef STAGEPP_DOCKER_CHECK_H
#define STAGEPP_DOCKER_CHECK_H

#include "docker/stage.h"

/* Gives the text of the .dockerignore that belongs to the Dockerfile; false
 * when there is none. It is only called when a rule wants it. */
typedef bool check_ignore(void *ctx, struct str *text);

/* True if the template has a variable of that name at a place of the text; with
 * CHECK_ANYWHERE, if it has one at all. */
typedef bool check_name(void *ctx, struct str name, uint32_t off);
#define CHECK_ANYWHERE UINT32_MAX

/* What the instructions of a stage have set so far. A stage that is built on it
 * inherits that. */
struct check_state {
    struct env env;
    struct str workdir; /* absolute */
    bool workdir_open; /* it depends on the image, or a variable without a value
                        */
    bool workdir_set;
    bool shell_set;
};

/* A mark of another template language in an instruction. */
struct leftover_found {
    const struct instruction *i;
    struct finding *found;
};

/* The names of all ARGs and ENVs, once a check has asked for them. */
struct check_declared {
    bool known;
    struct map args, envs;
};

/* A Dockerfile that is being checked. */
struct check {
    struct findings f;
    struct dockerfile d;
    struct model m;
    /* What only the caller knows: */
    check_ignore *ignore;      /* may be NULL */
    check_name *template_name; /* may be NULL */
    void *ctx;                 /* of both */
    struct words external;     /* names of stages that come from elsewhere */
    /* Build arguments may be given, so nothing is refused that depends on a
     * variable without a value. When false, the verdict is that of a build
     * without arguments, on images that set only PATH. */
    bool any_values;

    VEC(struct leftover_found) leftovers; /* in order */
    struct check_declared declared;
    struct apt *apt; /* what check_apt.c knows of the last RUN it has read */

    /* Where the walk through the stages is: */
    const struct stage *stage;
    struct check_state *now;
    /* For CHECK_BUILT, the last USER and SHELL: */
    const struct instruction *user, *shell;
    /* By kind, the last instruction before that the stage may have once. */
    const struct instruction *last[INSTRUCTION_COUNT];
};

/* The moments at which checks are called. */
enum check_when {
    CHECK_READ,    /* an instruction was read; it may be wrong */
    CHECK_TAKEN,   /* the instruction makes sense by itself */
    CHECK_STAGES,  /* once: the stages are known */
    CHECK_GLOBALS, /* once: the ARGs before the first FROM have values */
    CHECK_UNSET, /* a word uses a variable without a value: part is its name */
    CHECK_VALUE, /* a word got its value, where a rule asks for it */
    CHECK_BUILT  /* an instruction of a Dockerfile that the builder takes */
};

/* What a check looks at. */
struct spot {
    const struct instruction *i;
    /* Where it is reported: a trigger of ONBUILD at the FROM where it runs. */
    const struct instruction *site;
    struct str part;               /* the word, as it is written */
    struct str value;              /* the word with its variables replaced */
    const struct word_names *used; /* by the word; only of FROM */
    enum diag_id rule;             /* of the check that is called */
};

typedef void check_fn(struct check *c, const struct spot *at);
/* The prototypes of all checks. */
#define X(when, instruction, rule, group, function) \
    check_fn check_##group##_##function;
#include "docker/check_list.h"
#undef X

/* Calls the checks of that moment; at.site and at.rule need not be set. */
void check_at(struct check *c, enum check_when when, struct spot at);

/* What a check found: reports its rule, in general at the site. */
#define check_report(c, at, part, ...) \
    check_report_of((c), (at), (at)->site, part, __VA_ARGS__)
#define check_report_of(c, at, i, part, ...) \
    instruction_report(&(c)->f, (i), (part), (at)->rule, __VA_ARGS__)

/* True if the template has a variable of that name where name, a part of i,
 * stands. */
bool check_names_has(struct check *c, const struct instruction *i,
                     struct str name);
/* True if name, which nothing sets for i, is a variable of the template, and
 * that will be said. */
bool check_names_is_template(struct check *c, const struct instruction *i,
                             struct str name);

/* True if user, a USER or NULL, is certainly not root. */
bool check_users_is_other(const struct instruction *user);
/* The ARG before the first FROM that declares name; NULL when there is none. */
const struct instruction *check_names_global(const struct check *c,
                                             struct str name);
/* True if something was found in i that the builder takes for something else.
 */
bool check_leftovers_has(const struct check *c, const struct instruction *i);
/* What the builder refuses for such a mark, or the checks say of it, is said at
 * the mark, and once. */
void check_leftovers_settle(struct check *c);

#endif
