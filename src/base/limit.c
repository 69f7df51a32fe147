/* SPDX-License-Identifier: MIT */
/* The table of limits. */
#include "base/limit.h"

static const struct {
    struct str name;
    uint64_t value, ceiling;
    const char *why;
} table[LIMIT_COUNT] = {
#define X(id, name, value, ceiling, why) {STR_INIT(name), value, ceiling, why},
#include "base/limit_list.h"
#undef X
};

void limit_defaults(struct limits *l)
{
    for (int i = 0; i < LIMIT_COUNT; i++)
        l->max[i] = table[i].value;
}

enum limit limit_by_name(struct str name)
{
    int i = 0;
    while (i < LIMIT_COUNT && !str_eq(table[i].name, name))
        i++;
    return (enum limit)i;
}

const char *limit_name(enum limit which)
{
    return table[which].name.ptr;
}

struct str limit_what(enum limit which)
{
    struct str why = str_from(table[which].why);
    size_t end = str_chr(why, ';', 0);
    return end == STR_NONE ? why : str_slice(why, 0, end);
}

uint64_t limit_ceiling(enum limit which)
{
    return table[which].ceiling;
}

bool limit_set(struct limits *l, enum limit which, uint64_t value)
{
    if (value == 0 || value > table[which].ceiling)
        return false;
    l->max[which] = value;
    return true;
}
