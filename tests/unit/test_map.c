/* SPDX-License-Identifier: MIT */
/* Keys keep their order and their index, few of them and many. */
#include "base/map.h"

#include "fixture.h"

static struct str key_of(struct fixture *f, int i)
{
    return arena_printf(&f->arena, "key-%d", i);
}

static void keys_are_numbered_in_order(void **state)
{
    struct fixture *f = *state;
    struct map m = {0};
    bool added;
    assert_int_equal(map_find(&m, STR("a")), MAP_NONE);
    for (uint32_t i = 0; i < 10000; i++) {
        struct str key = key_of(f, (int)i);
        assert_int_equal(map_put(&m, &f->arena, key, &added), i);
        assert_true(added);
        /* Across the bounds from rows to slots, and from slots to more. */
        assert_int_equal(map_find(&m, key_of(f, 0)), 0);
        assert_int_equal(map_find(&m, key), i);
    }
    for (uint32_t i = 0; i < 10000; i += 7) {
        assert_int_equal(map_put(&m, &f->arena, key_of(f, (int)i), &added), i);
        assert_false(added);
    }
    assert_int_equal(m.n, 10000);
    assert_int_equal(map_find(&m, STR("key-10000")), MAP_NONE);
}

static void keys_are_bytes(void **state)
{
    struct fixture *f = *state;
    struct map m = {0};
    assert_int_equal(map_put(&m, &f->arena, (struct str){"a\0b", 3}, NULL), 0);
    assert_int_equal(map_put(&m, &f->arena, (struct str){"a\0c", 3}, NULL), 1);
    assert_int_equal(map_put(&m, &f->arena, STR("a"), NULL), 2);
    assert_int_equal(map_put(&m, &f->arena, STR(""), NULL), 3);
    assert_int_equal(map_find(&m, (struct str){"a\0c", 3}), 1);
    assert_int_equal(map_find(&m, (struct str){NULL, 0}), 3);
}

static void a_map_is_found_from_another_arena(void **state)
{
    struct fixture *f = *state;
    struct arena other;
    struct map m = {0};
    arena_init(&other, &f->fault);
    for (int i = 0; i < 100; i++)
        map_put(&m, i % 2 ? &other : &f->arena, key_of(f, i), NULL);
    for (uint32_t i = 0; i < 100; i++)
        assert_int_equal(map_find(&m, key_of(f, (int)i)), i);
    arena_free(&other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keys_are_numbered_in_order),
        TEST(keys_are_bytes),
        TEST(a_map_is_found_from_another_arena),
    };
    return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
