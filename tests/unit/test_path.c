/* SPDX-License-Identifier: MIT */
/* Paths as text, at their edges. */
#include "base/path.h"

#include "fixture.h"

static void check_normal(struct fixture *f, const char *path, const char *want)
{
    struct str got = path_normalise(&f->arena, str_from(path));
    if (!str_eq(got, str_from(want)))
        fail_msg("'%s' gives '%.*s', not '%s'", path, STR_ARG(got), want);
}

static void paths_are_normalised(void **state)
{
    struct fixture *f = *state;
    check_normal(f, "a/./b//c/", "a/b/c");
    check_normal(f, "a/../b", "b");
    check_normal(f, "a/b/../../..", "..");
    check_normal(f, "../../a", "../../a");
    check_normal(f, "./", ".");
    check_normal(f, "", ".");
    check_normal(f, "/", "/");
    check_normal(f, "/../a", "/a");
    check_normal(f, "//a//", "/a");
    check_normal(f, "...", "...");
    check_normal(f, "..", "..");
    check_normal(f, "a/..", ".");
    check_normal(f, "/a/../..", "/");
    check_normal(f, "../a/..", "..");
    check_normal(f, "../..", "../..");
    check_normal(f, "a/b/../c/../../d", "d");
}

static void paths_are_joined(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    assert_str(path_join(a, STR("a"), STR("b")), "a/b");
    assert_str(path_join(a, STR("a/"), STR("b")), "a/b");
    assert_str(path_join(a, STR(""), STR("b")), "b");
    assert_str(path_join(a, STR("a"), STR("/b")), "/b");
    assert_str(path_join(a, STR("/"), STR("b")), "/b");
    assert_str(path_dir(STR("a/b/c")), "a/b");
    assert_str(path_dir(STR("c")), "");
    assert_str(path_dir(STR("/c")), "/");
    assert_str(path_dir(STR("a//b//")), "a");
    assert_str(path_dir(STR("/")), "/");
    assert_str(path_dir(STR("//a")), "/");
    assert_str(path_dir(STR("a/")), "");
    assert_str(path_base(STR("a/b/")), "b");
    assert_str(path_base(STR("b")), "b");
    assert_str(path_base(STR("/b")), "b");
    assert_str(path_base(STR("/")), "/");
    assert_str(path_base(STR("//")), "/");
}

static void check_below(const char *path, const char *dir, const char *want)
{
    struct str got = path_below(str_from(path), str_from(dir));
    if (!got.ptr != !want || (want && !str_eq(got, str_from(want))))
        fail_msg("%s below %s: '%.*s'", path, dir, STR_ARG(got));
}

static void some_are_below_others(void **state)
{
    (void)state;
    check_below("a/b/c", "a", "b/c");
    check_below("a/b/c", "a/b", "c");
    check_below("a", "a", "");
    check_below("ab", "a", NULL);
    check_below("a", "ab", NULL);
    check_below("a", "", NULL);
    check_below("a/b", ".", "a/b");
    check_below("/a", ".", NULL);
    check_below("..", ".", NULL);
    check_below("../a", ".", NULL);
    check_below("..a", ".", "..a");
    check_below("/a", "/", "a");
    check_below("/", "/", "");
    check_below("/a/b", "/a", "b");
    check_below("a", "/a", NULL);
    assert_true(path_is_absolute(STR("/")));
    assert_false(path_is_absolute(STR("a/")));
    assert_false(path_is_absolute(STR("")));
}

static void some_lead_away(void **state)
{
    struct fixture *f = *state;
    struct arena *a = &f->arena;
    assert_true(path_stays_inside(a, STR("a/../b")));
    assert_true(path_stays_inside(a, STR("..a")));
    assert_false(path_stays_inside(a, STR("a/../../b")));
    assert_false(path_stays_inside(a, STR("..")));
    assert_false(path_stays_inside(a, STR("/a")));
    assert_true(path_is_dotted(STR("./a")));
    assert_true(path_is_dotted(STR("../a")));
    assert_false(path_is_dotted(STR(".a/b")));
    assert_false(path_is_dotted(STR(".")));
    assert_false(path_is_dotted(STR("..")));
    assert_true(path_stays_inside(a, STR("..a/b")));
    assert_true(path_stays_inside(a, STR(".")));
    assert_true(path_stays_inside(a, STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(paths_are_normalised),
        TEST(paths_are_joined),
        TEST(some_are_below_others),
        TEST(some_lead_away),
    };
    return tap_run(tests, NULL, NULL);
}
