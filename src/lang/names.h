/* SPDX-License-Identifier: MIT */
/* Unknown names are errors even where they are not reached. This pass walks
 * a root template (or library) with its literal includes, gathers every name
 * that anything in it binds, and reports variables, calls, library members and
 * signatures that cannot be right whatever the parameters are. */
#ifndef STAGEPP_LANG_NAMES_H
#define STAGEPP_LANG_NAMES_H

#include "lang/signature.h"

struct names_env {
    struct arena *arena; /* for the pass's own tables */
    struct names *names;
    struct diags *diags;
    signature_lookup builtin;
    void *builtin_ctx;
};

/* Checks root, the files it includes by literal paths and the libraries it
 * imports (the loader has linked them). `more` is one file whose
 * bindings count as visible besides (the includer of a computed include), or
 * NULL. False if anything was reported. */
bool names_check(struct names_env *env, struct file *root, struct file *more);

/* Where root, or a file that it includes by a literal path, first binds name,
 * as a macro or else as a variable; false if nowhere. */
bool names_where(struct arena *a, struct file *root, name_id name, bool macro,
                 struct span *where);

#endif
