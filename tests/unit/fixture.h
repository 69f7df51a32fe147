/* SPDX-License-Identifier: MIT */
/* What most unit tests need: an arena whose jumps are caught. */
#ifndef STAGEPP_UNIT_FIXTURE_H
#define STAGEPP_UNIT_FIXTURE_H

#include "../tap.h"
#include "base/arena.h"

struct fixture {
    struct fault fault;
    struct arena arena;
};

static int set_up(void **state)
{
    static struct fixture f;
    limit_defaults(&f.fault.limits);
    arena_init(&f.arena, &f.fault);
    *state = &f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    arena_free(&f->arena);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* Runs the statement, which must jump because of the limit. */
#define assert_jumps(f, limit, statement)          \
    do {                                           \
        if (setjmp((f)->fault.env) == 0) {         \
            statement;                             \
            fail_msg("no jump: %s", #statement);   \
        }                                          \
        assert_int_equal((f)->fault.which, limit); \
    } while (0)

#define assert_str(got, want)                                    \
    do {                                                         \
        struct str got_ = (got), want_ = STR(want);              \
        assert_int_equal(got_.len, want_.len);                   \
        if (want_.len)                                           \
            assert_memory_equal(got_.ptr, want_.ptr, want_.len); \
    } while (0)

#endif
