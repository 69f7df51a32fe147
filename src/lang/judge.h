/* SPDX-License-Identifier: MIT */
/* Unknown names are errors even where they are not reached. This pass visits
 * a root template (or library) with its literal includes, gathers every name
 * that anything in it binds, and reports variables, calls, library members and
 * signatures that cannot be right whatever the parameters are. */
#ifndef STAGEPP_LANG_JUDGE_H
#define STAGEPP_LANG_JUDGE_H

#include "lang/signature.h"

/* A value that is to be bound to a typed name. */
struct judge_binding {
    const struct expr *expr;
    const struct type *type;
    struct source *source;   /* of expr */
    struct source *declared; /* of the type (NULL: a builtin's) … */
    struct loc name;         /* … and of the name it is written after */
    name_id key;             /* of a **rest: the argument's; else NAME_NONE */
    struct str callee;       /* "mod.macro" for an argument of a library's
                                macro; else empty */
};

struct judge {
    struct arena *arena; /* for the pass's own tables, given back at its end */
    struct names *names;
    struct diags *diags;
    signature_lookup builtin;
    void *builtin_ctx;
    name_id builtins_end; /* the name of each builtin is below it */
    /* Whether what is known of b->expr before the run fits b->type; if not,
     * and `report`, it says so. NULL: literals are not judged. */
    bool (*fits)(void *ctx, const struct judge_binding *b, bool report);
    void *fits_ctx;
};

/* What was judged in a run; begins as {0}. */
struct judged {
    struct arena *arena;
    VEC(bool) good; /* by source->order */
    bool endless;   /* a type is: nothing can be held against it */
    VEC(const struct file *) late; /* computed includes */
};

/* Judges root, the files it includes by literal paths and the libraries it
 * imports, which are linked. False if anything was reported. */
bool judge_root(struct judge *j, struct judged *done, const struct file *root);
/* Judges a computed include of root, unless that was done: what root and other
 * computed includes bind counts as visible. */
bool judge_late(struct judge *j, struct judged *done, const struct file *root,
                const struct file *file);

#endif
