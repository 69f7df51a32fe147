/* SPDX-License-Identifier: MIT */
/* Builtins on paths, as text. */
#include "eval/builtin.h"

#include "base/path.h"

bool builtin_basename(struct builtin_call *c, struct value *result)
{
    *result = value_str(path_base(value_text(c->args[0])));
    return true;
}

bool builtin_dirname(struct builtin_call *c, struct value *result)
{
    struct str dir = path_dir(value_text(c->args[0]));
    *result = value_str(dir.len ? dir : STR("."));
    return true;
}

bool builtin_joinpath(struct builtin_call *c, struct value *result)
{
    builtin_foresee(c, (uint64_t)c->args[0].len + c->args[1].len + 1);
    *result = value_str(
        path_join(c->arena, value_text(c->args[0]), value_text(c->args[1])));
    return true;
}
