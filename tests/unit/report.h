/* SPDX-License-Identifier: MIT */
/* For tests that report or print: an arena, a buffer and diagnostics. */
#ifndef STAGEPP_UNIT_REPORT_H
#define STAGEPP_UNIT_REPORT_H

#include "../fence.h"
#include "../tap.h"
#include "base/buf.h"
#include "source/diag_print.h"

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

/* A file with nothing behind it, so that nobody reads too far. */
static inline struct source *add_source(struct fixture *f, const char *name,
                                        struct str text, uint32_t order)
{
    char *fence = fence_new(text.len);
    assert_non_null(fence);
    struct str copy = {fence_put(fence, text.ptr, text.len), text.len};
    return source_new(&f->arena, SOURCE_FILE, str_from(name), copy, order);
}

static inline void check_str(struct str got, const char *want)
{
    if (!str_eq(got, str_from(want)))
        fail_msg("got:\n%.*s\nwanted:\n%s", STR_ARG(got), want);
}

static inline void check_text(struct fixture *f, const char *want)
{
    buf_truncate(&f->out, 0);
    diag_print_text(&f->out, &f->diags, false);
    check_str(buf_str(&f->out), want);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
