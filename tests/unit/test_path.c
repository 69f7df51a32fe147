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
    assert_str(path_base(STR("a/b/")), "b");
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
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(paths_are_normalised),
        TEST(paths_are_joined),
        TEST(some_lead_away),
    };
    return tap_run(tests, NULL, NULL);
}
