/* SPDX-License-Identifier: MIT */
/* What the layers below the driver need, for targets without a session. */
#ifndef STAGEPP_FUZZ_WORLD_H
#define STAGEPP_FUZZ_WORLD_H

#include "fuzz.h"

#include "base/buf.h"
#include "eval/builtin.h"
#include "lang/ast.h"
#include "source/diag.h"

/* Nothing in it depends on chance, so that an input does the same each time. */
struct world {
    struct fault fault; /* small limits */
    struct arena arena;
    struct arena work;  /* for what is freed in between */
    struct names names; /* those of the functions come first */
    struct builtins *builtins;
    struct diags diags;
    struct source *source; /* "in", with the text that was given */
};

/* From here on, jumps of the fault are caught; true like setjmp's first
 * return. */
#define WORLD_TRY(w) (setjmp((w)->fault.env) == 0)
void world_init(struct world *w);
/* Names, diagnostics and the source; may jump. */
void world_open(struct world *w, struct str text);
void world_free(struct world *w);
/* Checks that each diagnostic has a text and a valid place. Returns a hash of
 * all of them. */
uint64_t world_diagnostics(struct world *w);

#endif
