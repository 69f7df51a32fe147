/* SPDX-License-Identifier: MIT */
/* Rules for make and ninja, as gcc -M writes them. */
#ifndef STAGEPP_DRIVER_DEPFILE_H
#define STAGEPP_DRIVER_DEPFILE_H

#include "base/buf.h"

/* Adds name quoted for make: blanks, '#' and '$' lose their meaning. */
void depfile_quote(struct buf *out, struct str name);
enum depfile_role {
    DEPFILE_DEP,
    DEPFILE_TARGET /* begins a rule */
};

/* Why name cannot stand in a rule, because make would read something else, a
 * command at worst; NULL if it can. */
const char *depfile_objection(struct str name, enum depfile_role role);
/* Adds "targets: deps", with long lines continued. targets is already quoted.
 * Each dependency from number `phony` on gets an empty rule, so that make goes
 * on when it is deleted. depfile_objection has none to any of them. */
void depfile_rule(struct buf *out, struct str targets, const struct str *deps,
                  size_t n, size_t phony);

#endif
