/* SPDX-License-Identifier: MIT */
/* Each row of the list becomes a condition and a call. */
#include "docker/check.h"

/* For any instruction: the condition compares the id with itself. */
#define INSTRUCTION_ANY id

void check_at(struct check *c, enum check_when when, struct spot at)
{
    enum instruction_id id = at.i ? at.i->id : INSTRUCTION_UNKNOWN;
    at.site = at.i && at.i->is_trigger ? c->stage->from : at.i;
    c->f.above = at.i ? at.i->options : NULL;
#define X(moment, instruction, name, group, function)                \
    at.rule = DIAG_##name;                                           \
    if (when == CHECK_##moment && id == INSTRUCTION_##instruction && \
        finding_wants(&c->f, at.rule))                               \
        check_##group##_##function(c, &at);
#include "docker/check_list.h"
#undef X
    c->f.above = NULL;
}
