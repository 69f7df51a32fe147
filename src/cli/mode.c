/* SPDX-License-Identifier: MIT */
/* The table of modes. */
#include "cli/mode.h"

static const struct mode modes[] = {
    {OPTION_COUNT, mode_expand, TEMPLATE | EXPANDS | BAKES},
#define X(id, function, with) {OPTION_##id, function, with},
#include "cli/mode_list.h"
#undef X
};

const struct mode *mode_of(const struct option *option)
{
    for (size_t i = 1; option && i < sizeof modes / sizeof *modes; i++)
        if (modes[i].option == option->id)
            return &modes[i];
    return &modes[0];
}
