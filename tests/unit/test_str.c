/* SPDX-License-Identifier: MIT */
/* Slices, numbers and near misses at their edges. */
#include "base/near.h"

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

static void lines_have_a_start(void **state)
{
    (void)state;
    struct str text = STR("ab\n\nc");
    static const size_t starts[] = {0, 0, 0, 3, 4, 4};
    for (size_t at = 0; at < sizeof starts / sizeof *starts; at++)
        assert_int_equal(str_line_start(text, at), starts[at]);
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

static void strings_have_an_order(void **state)
{
    static const struct str ascending[] = {{NULL, 0},  {"\0", 1}, {"a", 1},
                                           {"a\0", 2}, {"ab", 2}, {"b", 1},
                                           {"\377", 1}};
    size_t n = sizeof ascending / sizeof *ascending;
    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            int order = str_cmp(ascending[i], ascending[k]);
            assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
            assert_int_equal(str_eq(ascending[i], ascending[k]), i == k);
        }
}

static void blanks_are_trimmed(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\n\v\f\ra b\r\f\v\n\t ")), "a b");
    assert_str(str_trim(STR("\ba\016")), "\ba\016");
    assert_str(str_trim(STR(" \n ")), "");
    assert_str(str_trim(STR("")), "");
    assert_true(str_is_blank(STR(" \t ")));
    assert_true(str_is_blank(STR("")));
    assert_false(str_is_blank(STR(" \n")));
    assert_false(str_is_blank(STR("a ")));
    assert_true(str_has_nul(STR("a\0b")));
    assert_true(str_has_nul(STR("\0")));
    assert_false(str_has_nul(STR("ab")));
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
    assert_int_equal(str_distance(STR("abc"), STR(""), 9), 3);
    assert_int_equal(str_distance(STR("abc"), STR("abc"), 0), 0);
    assert_int_equal(str_distance(STR("abc"), STR("abd"), 0), 1);
    assert_int_equal(str_distance(STR("abcd"), STR("badc"), 2), 2);
    assert_int_equal(str_distance(STR("xabcd"), STR("abcdx"), 2), 2);
    assert_int_equal(str_distance(STR("abab"), STR("baba"), 2), 2);
    assert_int_equal(str_distance(STR("abcxyz"), STR("abc"), 3), 3);
    assert_int_equal(str_distance(STR("abcxyz"), STR("abc"), 2), 3);
}

static void check_near(const char *word, const char *name, bool want)
{
    struct near n = near_start(str_from(word));
    if (near_offer(&n, str_from(name)) != want)
        fail_msg("'%s' is%s near '%s'", word, want ? " not" : "", name);
}

static void names_are_near(void **state)
{
    (void)state;
    check_near("abcde", "abcdx", true);
    check_near("abcxy", "abcde", false); /* two edits of five letters */
    check_near("abcdxy", "abcdef", true);
    check_near("abcxyz", "abcdef", false);
    check_near("ab", "a", false); /* all of it */
    check_near("x", "y", false);
    check_near("ax", "ab", true);
    check_near("", "ab", false);
    check_near("abcdef", "abcd", false);
    check_near("abcd", "abcdef", true);
    check_near("abc", "abcdef", false);
    check_near("ABCDEF", "abcdef", true);
    struct near n = near_start(STR("abcdef"));
    assert_true(near_offer(&n, STR("abcdxy")));
    assert_true(near_offer(&n, STR("abcdex")));
    assert_false(near_offer(&n, STR("abcdey"))); /* the first of these wins */
    assert_str(n.best, "abcdex");
}

static void long_names_are_never_near(void **state)
{
    char a[66], b[66];
    (void)state;
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    b[0] = 'b';
    assert_int_equal(str_distance((struct str){a, 64}, (struct str){b, 64}, 2),
                     1);
    assert_int_equal(str_distance((struct str){a, 65}, (struct str){b, 65}, 2),
                     3);
    assert_int_equal(str_distance((struct str){a, 64}, (struct str){b, 65}, 2),
                     3);
    assert_int_equal(str_distance((struct str){a, 62}, (struct str){a, 64}, 2),
                     2);
    assert_int_equal(str_distance((struct str){a, 61}, (struct str){a, 64}, 2),
                     3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(slices_are_clamped),        TEST(things_are_found),
        TEST(lines_have_a_start),        TEST(lines_lose_one_end),
        TEST(numbers_are_strict),        TEST(strings_have_an_order),
        TEST(blanks_are_trimmed),        TEST(names_are_near),
        TEST(long_names_are_never_near), TEST(distances_are_optimal_alignments),
    };
    return tap_run(tests, NULL, NULL);
}
