/* SPDX-License-Identifier: MIT */
/* Slices, numbers and near misses at their edges. */
#include "fixture.h"

static void slices_are_clamped(void **state)
{
    struct str s = STR("abc");
    (void)state;
    assert_str(str_slice(s, 1, 1), "b");
    assert_str(str_slice(s, 1, SIZE_MAX), "bc");
    assert_str(str_slice(s, 9, 1), "");
    assert_str(str_from_off(s, 3), "");
    assert_str(str_from_off((struct str){NULL, 0}, 5), "");
    assert_str(str_part(STR("a,,b"), 0, ','), "a");
    assert_str(str_part(STR("a,,b"), 2, ','), "");
    assert_str(str_part(STR("a,,b"), 3, ','), "b");
    assert_str(str_part(STR("a,,b"), 9, ','), "");
}

static void things_are_found(void **state)
{
    struct str s = {"a\0b\0", 4}, none = {NULL, 0};
    (void)state;
    assert_int_equal(str_chr(s, '\0', 0), 1);
    assert_int_equal(str_chr(s, '\0', 2), 3);
    assert_int_equal(str_chr(s, '\0', 4), STR_NONE);
    assert_int_equal(str_rchr(s, '\0'), 3);
    assert_int_equal(str_rchr(none, 'a'), STR_NONE);
    assert_int_equal(str_find(STR("aab"), STR("ab"), 0), 1);
    assert_int_equal(str_find(STR("aab"), STR("ab"), 2), STR_NONE);
    assert_int_equal(str_find(STR("ab"), STR("abc"), 0), STR_NONE);
    assert_int_equal(str_find(STR("ab"), none, 2), 2);
    assert_true(str_starts(s, none));
    assert_false(str_starts(none, s));
    assert_true(str_ends(STR("a.spp"), STR(".spp")));
    assert_false(str_ends(STR("spp"), STR(".spp")));
}

static void lines_lose_one_end(void **state)
{
    (void)state;
    assert_str(str_chomp(STR("a\r\n")), "a");
    assert_str(str_chomp(STR("a\n\n")), "a\n");
    assert_str(str_chomp(STR("a\r")), "a\r");
    assert_str(str_chomp(STR("\n")), "");
    assert_str(str_chomp(STR("")), "");
}

static void check_int(struct str text, bool good, int64_t want)
{
    int64_t got = 0;
    assert_int_equal(str_to_int(text, &got), good);
    if (good)
        assert_true(got == want);
}

static void numbers_are_strict(void **state)
{
    (void)state;
    check_int(STR("9223372036854775807"), true, INT64_MAX);
    check_int(STR("-9223372036854775808"), true, INT64_MIN);
    check_int(STR("9223372036854775808"), false, 0);
    check_int(STR("-9223372036854775809"), false, 0);
    check_int(STR("0"), true, 0);
    check_int(STR("-0"), true, 0);
    check_int(STR("007"), false, 0);
    check_int(STR("+1"), false, 0);
    check_int(STR("-"), false, 0);
    check_int(STR(""), false, 0);
    check_int(STR("1 "), false, 0);
}

static void distances_are_optimal_alignments(void **state)
{
    (void)state;
    assert_int_equal(str_distance(STR("server"), STR("sever"), 2), 1);
    assert_int_equal(str_distance(STR("ab"), STR("ba"), 2), 1);
    assert_int_equal(str_distance(STR("IF"), STR("if"), 1), 0);
    assert_int_equal(str_distance(STR("kitten"), STR("sitting"), 5), 3);
    /* Optimal string alignment: a swapped pair is not edited again. */
    assert_int_equal(str_distance(STR("ca"), STR("abc"), 5), 3);
    assert_int_equal(str_distance(STR("abcdef"), STR("uvwxyz"), 2), 3);
    assert_int_equal(str_distance(STR(""), STR("abc"), 9), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(slices_are_clamped),
        TEST(things_are_found),
        TEST(lines_lose_one_end),
        TEST(numbers_are_strict),
        TEST(distances_are_optimal_alignments),
    };
    return tap_run(tests, NULL, NULL);
}
