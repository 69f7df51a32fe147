/* SPDX-License-Identifier: MIT */
/* The jump. */
#include "base/fault.h"

_Noreturn void fault_raise(struct fault *f, enum limit which)
{
    if (f->release)
        f->release(f->held);
    f->release = NULL;
    f->which = which;
    longjmp(f->nested ? f->inner : f->env, 1);
}
