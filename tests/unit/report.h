/* SPDX-License-Identifier: MIT */
/* For tests that report or print: an arena, a buffer and diagnostics. */
#ifndef STAGEPP_UNIT_REPORT_H
#define STAGEPP_UNIT_REPORT_H

#include "../tap.h"
#include "base/buf.h"
#include "source/diag.h"

struct fixture {
    struct fault fault;
    struct arena arena;
    struct buf out;
    struct diags diags;
};

static int set_up(void **state)
{
    static struct fixture f;
    limit_defaults(&f.fault.limits);
    if (setjmp(f.fault.env) != 0)
        return -1;
    arena_init(&f.arena, &f.fault);
    buf_init(&f.out, &f.fault, LIMIT_OUTPUT);
    diag_init(&f.diags, &f.arena, &f.fault);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    buf_free(&f->out);
    arena_free(&f->arena);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
