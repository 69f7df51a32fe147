/* SPDX-License-Identifier: MIT */
/* The order of versions, each compared with each. */
#include "base/version.h"

#include "fixture.h"

static const char *const ascending[] = {"0",
                                        "0.0.1",
                                        "1.0dev1",
                                        "1a1",
                                        "1.0-alpha2",
                                        "1.0b1",
                                        "1.0-beta.2",
                                        "1rc1",
                                        "1.0-rc.2",
                                        "1.0.0",
                                        "1.0.1",
                                        "1.2",
                                        "1.10",
                                        "v2",
                                        "3.9",
                                        "3.13rc1",
                                        "3.13",
                                        "3.13.0.1",
                                        "99999999999999999998",
                                        "99999999999999999999"};

static void order_is_total(void **state)
{
    size_t n = sizeof ascending / sizeof *ascending;
    (void)state;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            int cmp =
                version_cmp(str_from(ascending[i]), str_from(ascending[j]));
            if ((cmp > 0) - (cmp < 0) != (i > j) - (i < j))
                fail_msg("%s and %s: %d", ascending[i], ascending[j], cmp);
        }
}

static void some_are_equal(void **state)
{
    (void)state;
    assert_int_equal(version_cmp(STR("1"), STR("1.0.0")), 0);
    assert_int_equal(version_cmp(STR("v1.2"), STR("1.2")), 0);
    assert_int_equal(version_cmp(STR("1.2+deb12"), STR("1.2+x")), 0);
    assert_int_equal(version_cmp(STR("1.0a1"), STR("1.0-alpha1")), 0);
    assert_int_equal(version_cmp(STR("01.2"), STR("1.02")), 0);
}

static void others_are_none(void **state)
{
    static const char *const wrong[] = {"",     "v",    "x1",  "1.",
                                        ".1",   "1..2", "1-",  "3.12-slim",
                                        "1.2 ", "1.x",  "1-2", "latest"};
    size_t rest;
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (version_valid(str_from(wrong[i]), &rest))
            fail_msg("'%s' counts as a version", wrong[i]);
    assert_false(version_valid(STR("3.12-slim"), &rest));
    assert_int_equal(rest, 4);
}

static void check_range(const char *v, const char *range,
                        enum version_match want)
{
    struct str bad;
    if (version_in(str_from(v), str_from(range), &bad) != want)
        fail_msg("%s in %s", v, range);
}

static void ranges_bound_versions(void **state)
{
    (void)state;
    check_range("3.12", ">=3.11,<4", VERSION_YES);
    check_range("4.0rc1", ">= 3.11, < 4", VERSION_NO);
    check_range("4", "<4", VERSION_NO);
    check_range("4", "<=4", VERSION_YES);
    check_range("3.12.0", "==3.12", VERSION_YES);
    check_range("3.12.1", "!=3.12", VERSION_YES);
    check_range("3.12", "~3", VERSION_BAD_RANGE);
    check_range("3.12", "", VERSION_BAD_RANGE);
    check_range("3.12", ">=3,", VERSION_BAD_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(order_is_total),
        TEST(some_are_equal),
        TEST(others_are_none),
        TEST(ranges_bound_versions),
    };
    return tap_run(tests, NULL, NULL);
}
