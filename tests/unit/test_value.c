/* SPDX-License-Identifier: MIT */
/* A value never changes, although values that are made from one another share
 * memory. */
#include "eval/value.h"

#include "fixture.h"

static struct value text(const char *s)
{
    return value_str(str_from(s));
}

static struct value pair(struct arena *a, const char *key, int64_t n)
{
    struct value m = value_map_new(a);
    value_map_set(&m, str_from(key), value_int(n));
    return m;
}

static void strings_grow_apart(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    struct value ab = value_str_join(a, text("a"), text("b"));
    struct value abc = value_str_join(a, ab, text("c"));
    struct value abd = value_str_join(a, ab, text("d"));
    struct value twice = value_str_join(a, abc, abc);
    assert_str(value_text(ab), "ab");
    assert_str(value_text(abc), "abc");
    assert_str(value_text(abd), "abd");
    assert_str(value_text(twice), "abcabc");
    assert_str(value_text(value_str_join(a, text(""), ab)), "ab");
    assert_str(value_text(value_str_join(a, ab, text(""))), "ab");
}

static void strings_grow_in_linear_memory(void **state)
{
    struct fixture *f = *state;
    struct value s = text("");
    for (int i = 0; i < 100000; i++)
        s = value_str_join(&f->arena, s, text("0123456789"));
    assert_int_equal(s.len, 1000000);
    assert_true(f->arena.total < 16u << 20);
}

static void lists_grow_apart(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    struct value one = value_list_add(a, value_list_new(a, 0), value_int(1));
    struct value two = value_list_add(a, one, value_int(2));
    struct value three = value_list_add(a, one, value_int(3));
    struct value both = value_list_join(a, two, two);
    assert_int_equal(one.len, 1);
    assert_int_equal(value_item(two, 1).u.i, 2);
    assert_int_equal(value_item(three, 1).u.i, 3);
    assert_int_equal(both.len, 4);
    assert_int_equal(value_item(both, 3).u.i, 2);
    assert_int_equal(two.len, 2);
}

static void maps_grow_apart(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    struct value x = pair(a, "x", 1);
    struct value xy = value_map_join(a, x, pair(a, "y", 2));
    struct value xz = value_map_join(a, x, pair(a, "z", 3));
    struct value changed = value_map_join(a, xy, pair(a, "x", 9));
    assert_null(value_map_get(x, STR("y")));
    assert_int_equal(x.len, 1);
    assert_int_equal(value_map_get(xy, STR("y"))->u.i, 2);
    assert_null(value_map_get(xz, STR("y")));
    assert_int_equal(value_map_get(xz, STR("z"))->u.i, 3);
    assert_int_equal(value_map_get(xy, STR("x"))->u.i, 1);
    assert_int_equal(value_map_get(changed, STR("x"))->u.i, 9);
    assert_str(value_map_key(changed, 0), "x");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(strings_grow_apart),
        TEST(strings_grow_in_linear_memory),
        TEST(lists_grow_apart),
        TEST(maps_grow_apart),
    };
    return tap_run(tests, NULL, NULL);
}
