/* SPDX-License-Identifier: MIT */
/* The list as a table. */
#include "docker/check.h"

#define INSTRUCTION_ANY INSTRUCTION_UNKNOWN

struct row {
    enum check_when when;
    enum instruction_id id;
    enum diag_id rule;
    check_fn *look;
};

static const struct row table[] = {
#define X(when, instruction, rule, group, function)        \
    {CHECK_##when, INSTRUCTION_##instruction, DIAG_##rule, \
     check_##group##_##function},
#include "docker/check_list.h"
#undef X
};

void check_at(struct check *c, enum check_when when, struct spot at)
{
    enum instruction_id id = at.i ? at.i->id : INSTRUCTION_ANY;
    at.site = at.i && at.i->is_trigger ? c->stage->from : at.i;
    for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
        const struct row *row = &table[k];
        if (row->when == when &&
            (row->id == id || row->id == INSTRUCTION_ANY) &&
            finding_wants(&c->f, row->rule))
            row->look(c, &at);
    }
}
