/* SPDX-License-Identifier: MIT */
/* What is said of a name that cannot stand where it is used. A name is looked
 * at twice: before the run, against everything that the program binds anywhere
 * (lang/judge), and in the run, against the scopes (eval). Both ask here, so a
 * mistake reads the same whenever it is found. */
#ifndef STAGEPP_LANG_RULES_H
#define STAGEPP_LANG_RULES_H

#include "base/near.h"
#include "lang/ast.h"
#include "source/diag.h"

/* As what a name is bound; or-ed. */
enum bound {
    BOUND_VALUE = 1,
    BOUND_MACRO = 2,
    BOUND_IMPORT = 4,
    BOUND_BUILTIN = 8
};

/* What can be seen from where a name is used. */
struct sight {
    void *ctx;
    /* As what name is bound; 0: it is not. */
    unsigned (*bound)(void *ctx, name_id name);
    /* Offers near each name that is bound as one of `wanted`; of the library
     * imported as `library`, or (NAME_NONE) in sight itself. NULL: the name is
     * bound elsewhere, which says more than any other name. */
    void (*offer)(void *ctx, name_id library, unsigned wanted,
                  struct near *near);
    const struct names *names;
    struct diags *diags;
    struct source *source;     /* of the use */
    const struct trace *chain; /* that led to it */
};

/* These report, and return the diagnostic for further notes or NULL. */

/* A name that is not a variable stands where a value is wanted. why: what to
 * write instead, if nothing similar is known; NULL: a string, or a binding; "":
 * nothing. */
struct diag *rules_not_value(const struct sight *s, name_id name,
                             struct loc loc, const char *why);
/* name(…) calls something that is not a macro or a builtin. */
struct diag *rules_not_callable(const struct sight *s, name_id name,
                                struct loc loc);
/* library.name(…), at loc, where library is not imported. */
struct diag *rules_not_library(const struct sight *s, name_id library,
                               struct loc loc);
/* library.name is wanted as a value or a macro, and is bound as something else,
 * or private, or (0) not bound. */
struct diag *rules_not_member(const struct sight *s, name_id library,
                              name_id name, struct loc loc, unsigned wanted,
                              unsigned bound);
/* `loop` in the condition of @for; outside of @for; `loop` as a value; loop.KEY
 * for another key. */
struct diag *rules_loop_in_condition(const struct sight *s, struct loc loc);
struct diag *rules_no_loop(const struct sight *s, struct loc loc);
struct diag *rules_bare_loop(const struct sight *s, struct loc loc);
struct diag *rules_bad_loop_key(const struct sight *s, struct loc loc);

/* The keys of `loop`. */
enum loop_key {
    LOOP_INDEX,
    LOOP_FIRST,
    LOOP_LAST,
    LOOP_LENGTH,
    LOOP_NONE
};
enum loop_key rules_loop_key(const struct step *s);

/* __file__ and its like: values that need no binding. */
enum special_name {
    SPECIAL_TEMPLATE,
    SPECIAL_FILE,
    SPECIAL_LINE,
    SPECIAL_VERSION,
    SPECIAL_OUTPUT,
    SPECIAL_NONE
};
enum special_name rules_special(struct str name);

#endif
