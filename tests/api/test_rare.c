/* SPDX-License-Identifier: MIT */
/* What seldom happens, and cannot be written as an example of a chapter: what a
 * loader does, what is long, and what the command does not ask for. */
#include "help.h"

/* A library that is there from the second question on. */
static int load_late(void *context, const char *path, const char **bytes,
                     size_t *len)
{
    unsigned *asked = context;
    if (strcmp(path, "lib.spp") != 0 || (*asked)++ == 0)
        return 1;
    *bytes = "@define f() = 1\n";
    *len = strlen(*bytes);
    return 0;
}

static void a_file_that_appears_late_is_not_used(void **state)
{
    stagepp_session *s = *state;
    const char text[] = "@import \"lib.spp\"\n@{lib.f()}\n";
    unsigned asked = 0;
    stagepp_set_loader(s, load_late, &asked);
    assert_int_equal(expand(s, text), STAGEPP_FAILED);
    check_diagnostic(s, 0, "unreadable", 1, 9);
    assert_non_null(strstr(stagepp_get_diagnostic(s, 0).message,
                           "was not there when the template was read"));
    assert_int_equal(expand(s, text), STAGEPP_OK);
}

static int load_long(void *context, const char *path, const char **bytes,
                     size_t *len)
{
    (void)path;
    *bytes = context;
    *len = strlen(*bytes);
    return 0;
}

static void a_loader_is_limited_like_the_disk(void **state)
{
    stagepp_session *s = *state;
    char text[] = "some bytes\n";
    stagepp_set_loader(s, load_long, text);
    for (int again = 0; again < 2; again++) {
        stagepp_set_limit(s, "input", sizeof text - 2);
        assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_DIFFERS);
        check_diagnostic(s, 0, "limit", 0, 0);
        stagepp_set_limit(s, "input", sizeof text - 1);
        assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    }
}

static void no_path_is_no_file(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(stagepp_expand_file(s, ""), STAGEPP_FAILED);
    check_diagnostic(s, 0, "unreadable", 0, 0);
    stagepp_set_root(s, "/");
    assert_int_equal(stagepp_expand_file(s, ""), STAGEPP_FAILED);
    check_diagnostic(s, 0, "unreadable", 0, 0);
}

/* A name with a line break. */
static void what_make_cannot_read_is_not_written(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"t.in", NULL};
    stagepp_job job = {.goal = STAGEPP_GOAL_WRITE,
                       .path = "t.in",
                       .target = {.main_path = "c\nd", .rule_path = "-"}};
    char folder[64];
    enter_folder(folder);
    write_to("t.in", "FROM a:1\n");
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_FAILED);
    assert_int_equal(stagepp_diagnostic_count(s), 1);
    check_file("t.in", "FROM a:1\n");
    leave_folder(folder, files); /* there is nothing else in it */
}

static void a_map_needs_an_output(void **state)
{
    stagepp_session *s = *state;
    const char text[] = "@file \"a\"\nx\n@end\n";
    const stagepp_target target = {.only = "b"};
    const char *map;
    size_t len;
    assert_int_equal(expand(s, text), STAGEPP_OK);
    assert_int_equal(stagepp_source_map(s, &target, &map, &len),
                     STAGEPP_DIFFERS);
    assert_int_equal(len, 0);
    assert_int_equal(stagepp_diagnostic_count(s), 1);
}

static void bake_finds_an_absolute_path_anywhere(void **state)
{
    stagepp_session *s = *state;
    const char text[] = "FROM a:1\n";
    const stagepp_target target = {.main_path = "/srv/Dockerfile"};
    const char *bake;
    size_t len;
    assert_int_equal(expand(s, text), STAGEPP_OK);
    assert_int_equal(stagepp_bake(s, &target, &bake, &len), STAGEPP_OK);
    assert_non_null(strstr(bake, "\"dockerfile\": \"/srv/Dockerfile\""));
}

/* Nobody wrote it by hand, and nobody would read so many reports. */
static void an_output_of_many_megabytes_is_not_checked(void **state)
{
    stagepp_session *s = *state;
    enum {
        LONG = (16 << 20) + 100
    };
    char *text = malloc(LONG + 4);
    assert_non_null(text);
    memset(text, '\n', LONG);
    for (size_t i = 0; i < LONG; i += 4096)
        text[i] = '#';
    memcpy(text, "RNU\n", 4);
    const stagepp_target target = {.main_path = "Dockerfile"};
    assert_int_equal(stagepp_expand_buffer(s, "t.in", text, 4), STAGEPP_OK);
    assert_int_equal(stagepp_lint(s, &target, STAGEPP_LINT_ALL),
                     STAGEPP_DIFFERS);
    assert_int_equal(stagepp_expand_buffer(s, "t.in", text, LONG), STAGEPP_OK);
    assert_int_equal(stagepp_lint(s, &target, STAGEPP_LINT_ALL), STAGEPP_OK);
    free(text);
}

static void a_message_is_cut(void **state)
{
    stagepp_session *s = *state;
    const char text[] = "@warn repeat(\"x\", 5000)\n";
    assert_int_equal(expand(s, text), STAGEPP_OK);
    assert_int_equal(strlen(stagepp_get_diagnostic(s, 0).message), 4096);
}

/* The excerpt of a long line begins some way before the mistake, but not
 * within a character. */
static void an_excerpt_begins_with_a_character(void **state)
{
    stagepp_session *s = *state;
    char text[8000];
    size_t n = 0, len;
    text[n++] = '-';
    while (n < 6001) {
        memcpy(text + n, "\xc3\xa9", 2);
        n += 2;
    }
    for (size_t more = 0; more < 2; more++) {
        memcpy(text + n, &"--@{none}\n"[1 - more], 9 + more);
        assert_int_equal(stagepp_expand_buffer(s, "t.in", text, n + 9 + more),
                         STAGEPP_DIFFERS);
        const char *said = stagepp_diagnostics(s, STAGEPP_TEXT, &len);
        assert_non_null(strstr(said, "-@{none}"));
        assert_null(strstr(said, "\\x"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_that_appears_late_is_not_used),
        TEST(a_loader_is_limited_like_the_disk),
        TEST(no_path_is_no_file),
        TEST(what_make_cannot_read_is_not_written),
        TEST(a_map_needs_an_output),
        TEST(bake_finds_an_absolute_path_anywhere),
        TEST(an_output_of_many_megabytes_is_not_checked),
        TEST(a_message_is_cut),
        TEST(an_excerpt_begins_with_a_character),
    };
    return tap_run(tests, NULL, NULL);
}
