/* SPDX-License-Identifier: MIT */
/* What callers of an arena rely on without seeing it, and the count of steps.
 */
#include "fixture.h"

#include <string.h>

static void blocks_are_aligned_and_apart(void **state)
{
    struct fixture *f = *state;
    char *last = NULL;
    for (size_t n = 0; n < 100; n++) {
        char *p = arena_alloc(&f->arena, n);
        assert_int_equal((uintptr_t)p % ARENA_ALIGN, 0);
        assert_ptr_not_equal(p, last);
        memset(p, 0xff, n);
        last = p;
    }
    char *z = arena_zalloc(&f->arena, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(z[i], 0);
}

static void large_blocks_have_room(void **state)
{
    struct fixture *f = *state;
    for (size_t n = 1; n < 20u << 20; n *= 3)
        memset(arena_alloc(&f->arena, n), 1, n);
}

static void the_newest_block_grows_in_place(void **state)
{
    struct fixture *f = *state;
    char *p = arena_alloc(&f->arena, 8);
    memcpy(p, "12345678", 8);
    assert_ptr_equal(arena_resize(&f->arena, p, 8, 24), p);
    char *q = arena_alloc(&f->arena, 8);
    assert_true(q >= p + 24);
    assert_non_null(arena_resize(&f->arena, NULL, 0, 8));
    char *r = arena_resize(&f->arena, p, 24, 32);
    assert_ptr_not_equal(r, p);
    assert_memory_equal(r, "12345678", 8);
}

static void rewinding_gives_back(void **state)
{
    struct fixture *f = *state;
    arena_alloc(&f->arena, 100);
    struct arena_mark mark = arena_mark(&f->arena);
    char *first = arena_alloc(&f->arena, 100);
    size_t most = 0;
    for (int round = 0; round < 50; round++) {
        arena_rewind(&f->arena, mark);
        assert_ptr_equal(arena_alloc(&f->arena, 100), first);
        for (int i = 0; i < 100; i++)
            arena_alloc(&f->arena, 10000);
        if (round == 0)
            most = f->arena.total;
        /* One chunk may be kept for the next round, but no more. */
        assert_true(f->arena.total <= most * 2);
    }
}

static void text_ends_with_nul(void **state)
{
    struct fixture *f = *state;
    struct str s = arena_str(&f->arena, (struct str){"a\0b", 3});
    assert_int_equal(s.len, 3);
    assert_memory_equal(s.ptr, "a\0b", 4);
    assert_string_equal(arena_cstr(&f->arena, STR("")), "");
    s = arena_printf(&f->arena, "%s-%d", "x", 7);
    assert_str(s, "x-7");
    assert_int_equal(s.ptr[3], '\0');
}

/* What comes next does not take the place of the NUL. */
static void check_nul(struct fixture *f, struct str s, size_t len)
{
    memset(arena_alloc(&f->arena, 8), 0xff, 8);
    assert_int_equal(s.len, len);
    assert_int_equal(s.ptr[len], '\0');
}

static void each_nul_has_its_room(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    static const char text[] = "0123456789abcdef0123456789abcdef";
    for (size_t n = 0; n < sizeof text; n++) {
        struct str s = {text, n};
        check_nul(f, arena_str(a, s), n);
        check_nul(f, (struct str){arena_cstr(a, s), n}, n);
        check_nul(f, ARENA_CONCAT(a, s), n);
        check_nul(f, ARENA_CONCAT(a, s, s), 2 * n);
        check_nul(f, arena_printf(a, "%.*s", (int)n, text), n);
    }
}

static void parts_are_joined(void **state)
{
    struct fixture *f = *state;
    struct str parts[] = {STR("a"), {NULL, 0}, {"b\0c", 3}};
    struct str s = arena_join(&f->arena, parts, 3, STR(", "));
    assert_int_equal(s.len, 8);
    assert_memory_equal(s.ptr, "a, , b\0c", 9);
    assert_str(arena_join(&f->arena, parts, 1, STR(", ")), "a");
    assert_str(arena_join(&f->arena, NULL, 0, STR(", ")), "");
    s = ARENA_CONCAT(&f->arena, STR("x"), STR("-"), STR("y"));
    assert_str(s, "x-y");
    assert_int_equal(s.ptr[3], '\0');
    /* Nothing is cut off, unlike with STR_ARG. */
    s = (struct str){arena_zalloc(&f->arena, 5000), 5000};
    assert_int_equal(ARENA_CONCAT(&f->arena, s, s).len, 10000);
}

static void a_block_takes_what_its_chunk_has_left(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    char *p = arena_alloc(a, 8);
    size_t room = 8 + (size_t)(a->end - a->top), total = a->total;
    assert_ptr_equal(arena_resize(a, p, 8, room), p);
    assert_ptr_equal(a->top, a->end);
    assert_ptr_not_equal(arena_resize(a, p, room, room + 8), p);
    p = arena_alloc(a, (size_t)(a->end - a->top));
    assert_ptr_equal(a->top, a->end);
    total = a->total;
    assert_non_null(p);
    arena_alloc(a, 0);
    assert_true(a->total > total);
}

/* Or to the end of it; and from the mark on only. */
static void pointers_are_newer_than_a_mark(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    struct arena_mark none = {NULL, NULL};
    char *old = arena_alloc(a, 16);
    struct arena_mark mark = arena_mark(a);
    assert_true(arena_newer(a, none, old));
    assert_true(arena_newer(a, mark, old + 16));
    assert_false(arena_newer(a, mark, old + 15));
    assert_false(arena_newer(a, none, &none));
    char *end = a->end;
    assert_true(arena_newer(a, mark, end));
    assert_false(arena_newer(a, mark, end + 1));
    char *large = arena_alloc(a, 1 << 20), *larger = arena_alloc(a, 2 << 20);
    assert_ptr_not_equal(a->end, end);
    assert_true(arena_newer(a, mark, larger));
    assert_true(arena_newer(a, mark, large));
    assert_true(arena_newer(a, mark, old + 16));
    assert_false(arena_newer(a, mark, old));
    mark = arena_mark(a);
    assert_false(arena_newer(a, mark, large));
    assert_true(arena_newer(a, none, old));
}

/* A session goes on with them. */
static void a_freed_arena_begins_anew(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    struct arena_mark mark = arena_mark(a);
    arena_alloc(a, 100000);
    arena_rewind(a, mark);
    assert_non_null(a->spare);
    arena_alloc(a, 200000);
    arena_free(a);
    assert_int_equal(a->total, 0);
    void *p = arena_alloc(a, 8);
    assert_in_range(a->total, 8, 99999);
    assert_true(arena_newer(a, mark, p));
}

static void memory_ends_at_the_limit(void **state)
{
    struct fixture *f = *state;
    f->fault.limits.max[LIMIT_MEMORY] = 1 << 20;
    arena_alloc(&f->arena, 1 << 20);
    assert_int_equal(f->arena.total, 1 << 20);
    assert_jumps(f, LIMIT_MEMORY, arena_alloc(&f->arena, 8));
    /* What is to be reported afterwards may take more. */
    f->fault.ended = true;
    assert_non_null(arena_alloc(&f->arena, 8));
    f->fault.ended = false;
}

static void too_much_jumps(void **state)
{
    struct fixture *f = *state;
    assert_jumps(f, LIMIT_MEMORY, arena_array(&f->arena, SIZE_MAX / 2, 8));
    assert_jumps(f, LIMIT_MEMORY, arena_alloc(&f->arena, SIZE_MAX));
    assert_jumps(f, LIMIT_MEMORY, arena_alloc(&f->arena, SIZE_MAX - 6));
    f->fault.limits.max[LIMIT_MEMORY] = 1 << 20;
    assert_jumps(f, LIMIT_MEMORY, arena_alloc(&f->arena, 2 << 20));
    arena_alloc(&f->arena, 1000);
}

/* The limit itself can be reached, and no sum is too large for it. */
static void steps_end_after_the_limit(void **state)
{
    struct fixture *f = *state;
    f->fault.limits.max[LIMIT_STEPS] = 10;
    f->fault.steps = 0;
    fault_steps(&f->fault, 9);
    fault_bytes(&f->fault, 1023);
    fault_bytes(&f->fault, 1024);
    assert_int_equal(f->fault.steps, 10);
    assert_jumps(f, LIMIT_STEPS, fault_steps(&f->fault, 1));
    f->fault.limits.max[LIMIT_STEPS] = UINT64_MAX;
    f->fault.steps = 2;
    fault_steps(&f->fault, UINT64_MAX - 2);
    assert_jumps(f, LIMIT_STEPS, fault_steps(&f->fault, 1));
    f->fault.steps = 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks_are_aligned_and_apart),
        TEST(large_blocks_have_room),
        TEST(the_newest_block_grows_in_place),
        TEST(rewinding_gives_back),
        TEST(text_ends_with_nul),
        TEST(each_nul_has_its_room),
        TEST(parts_are_joined),
        TEST(a_block_takes_what_its_chunk_has_left),
        TEST(pointers_are_newer_than_a_mark),
        TEST(a_freed_arena_begins_anew),
        TEST(memory_ends_at_the_limit),
        TEST(too_much_jumps),
        TEST(steps_end_after_the_limit),
    };
    return tap_run(tests, NULL, NULL);
}
