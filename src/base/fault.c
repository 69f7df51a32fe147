/* SPDX-License-Identifier: MIT */
/* The jump. */
#include "base/fault.h"

#include <unistd.h>

_Noreturn void fault_raise(struct fault *f, enum limit which)
{
    if (f->reading)
        close(f->reading - 1);
    f->reading = 0;
    f->which = which;
    longjmp(f->nested ? f->inner : f->env, 1);
}
