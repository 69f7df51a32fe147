/* SPDX-License-Identifier: MIT */
/* Builtins on paths, as text. */
#include "eval/builtin.h"

#include "base/path.h"

struct value builtin_basename(struct builtin_call *c)
{
    return value_str(path_base(value_text(c->args[0])));
}

struct value builtin_dirname(struct builtin_call *c)
{
    struct str dir = path_dir(value_text(c->args[0]));
    return value_str(dir.len ? dir : STR("."));
}

struct value builtin_joinpath(struct builtin_call *c)
{
    builtin_foresee(c, (uint64_t)c->args[0].len + c->args[1].len + 1);
    return value_str(
        path_join(c->arena, value_text(c->args[0]), value_text(c->args[1])));
}
