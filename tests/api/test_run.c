/* SPDX-License-Identifier: MIT */
/* Whole runs: a job in one call, as the command has it done. */
#include "help.h"

static void a_run_reads_checks_and_writes(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"t.in",  "inc.in", "lock", "out/a/Dockerfile",
                           "out/a", "out",    "m",    "b.json",
                           NULL};
    stagepp_job job = {.goal = STAGEPP_GOAL_LOCK, .path = "t.in"};
    const char *text;
    size_t len;
    char folder[64];
    enter_folder(folder);
    write_to("inc.in", "# included\n");
    write_to("t.in", "main\n@include \"inc.in\"\n"
                     "@file \"a/Dockerfile\"\nFROM a as b\n@end\n");
    job.about = "lock";
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "");
    job.goal = STAGEPP_GOAL_WRITE;
    job.lock = "lock";
    job.target = (stagepp_target){.out_dir = "out", .rule_path = "-"};
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "t out/a/Dockerfile: t.in inc.in\n"
                              "main\n# included\n");
    assert_int_equal(len, strlen(text));
    check_diagnostic(s, 0, "FromAsCasing", 4, 8);
    check_file("out/a/Dockerfile", "FROM a as b\n");
    /* What is written beside the outputs is made of them. */
    job.checks = STAGEPP_LINT_NONE;
    job.target = (stagepp_target){.only = "a/*",
                                  .out_dir = "out",
                                  .map_path = "m",
                                  .bake_path = "b.json"};
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "");
    assert_int_equal(stagepp_diagnostic_count(s), 0);
    job.goal = STAGEPP_GOAL_CHECK;
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "");
    remove("m");
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_DIFFERS);
    assert_non_null(strstr(text, "+++ m (expanded)\n"));
    job.target = (stagepp_target){.out_dir = "out"};
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_FAILED);
    check_diagnostic(s, 0, "usage", 0, 0);
    leave_folder(folder, files);
}

/* Its results are the main output and what matches. */
static void a_run_may_be_about_some_outputs(void **state)
{
    static const char text[] = "main\n@for n in [\"a\", \"b\"]\n@file n\n"
                               "@if n == \"a\"\n@error n\n@end\n@{n}\n"
                               "@end\n@end\n";
    stagepp_session *s = *state;
    char only[] = "b";
    stagepp_job job = {.goal = STAGEPP_GOAL_EXPAND,
                       .path = "t.in",
                       .bytes = text,
                       .len = sizeof text - 1,
                       .target = {.only = only}};
    stagepp_target all = {.main_path = "m"}, one = {.only = "b"};
    const char *list;
    size_t len;
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_OK);
    only[0] = '?'; /* strings are copied */
    assert_int_equal(stagepp_output_count(s), 2);
    assert_string_equal(stagepp_get_output(s, 0).bytes, "main\n");
    assert_string_equal(stagepp_get_output(s, 1).name, "b");
    assert_string_equal(stagepp_get_output(s, 1).bytes, "b\n");
    assert_int_equal(stagepp_list(s, &all, &list, &len), STAGEPP_OK);
    assert_string_equal(list, "m\nb\n");
    /* It is expanded again for this, the same blocks. */
    assert_int_equal(stagepp_explain(s, &one, "1", &list, &len), STAGEPP_OK);
    assert_non_null(strstr(list, "t.in:7:1"));
    one.only = "a";
    assert_int_equal(stagepp_list(s, &one, &list, &len), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "no-output", 0, 0);
    assert_int_equal(stagepp_expand_buffer(s, "t.in", text, sizeof text - 1),
                     STAGEPP_DIFFERS);
}

static void a_lock_is_written_and_compared(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"t.in", "inc.in", "lock", NULL};
    char folder[64];
    enter_folder(folder);
    write_to("inc.in", "a\n");
    write_to("t.in", "@include \"inc.in\"\n");
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    assert_int_equal(stagepp_check_lock(s, "lock"), STAGEPP_FAILED);
    assert_int_equal(stagepp_lock(s, "lock"), STAGEPP_OK);
    assert_int_equal(stagepp_check_lock(s, "lock"), STAGEPP_OK);
    assert_int_equal(stagepp_lock(s, "no/such/folder"), STAGEPP_FAILED);
    write_to("inc.in", "b\n");
    stagepp_session *other = stagepp_new();
    assert_int_equal(stagepp_expand_file(other, "t.in"), STAGEPP_OK);
    assert_int_equal(stagepp_check_lock(other, "lock"), STAGEPP_DIFFERS);
    check_diagnostic(other, 0, "lock", 4, 14);
    stagepp_free(other);
    leave_folder(folder, files);
}

/* Serves "t.in", and "late.spp" only when it is asked for again. */
struct late {
    const char *text;
    int asked;
};

static int load_late(void *context, const char *path, const char **bytes,
                     size_t *len)
{
    struct late *late = context;
    if (strcmp(path, "t.in") == 0)
        *bytes = late->text;
    else if (strcmp(path, "late.spp") == 0 && late->asked++ > 0)
        *bytes = "@let x = 1\n";
    else
        return 1;
    *len = strlen(*bytes);
    return 0;
}

static void a_library_may_come_too_late(void **state)
{
    stagepp_session *s = *state;
    struct late late = {"@if true\n@import \"./late.spp\" as l\n@end\n", 0};
    stagepp_set_loader(s, load_late, &late);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_FAILED);
    check_diagnostic(s, 0, "unreadable", 2, 9);
    assert_non_null(
        strstr(stagepp_get_diagnostic(s, 0).message, "was not there"));
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
}

static void a_loader_has_the_same_limits(void **state)
{
    stagepp_session *s = *state;
    struct late late = {"1234", 0};
    stagepp_set_loader(s, load_late, &late);
    stagepp_set_limit(s, "input", 4);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    late.text = "12345";
    stagepp_set_loader(s, load_late, &late);
    assert_int_not_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    check_diagnostic(s, 0, "limit", 0, 0);
}

static void a_limit_counts_for_what_is_kept(void **state)
{
    stagepp_session *s = *state;
    struct late late = {"@let x = ((((1))))\n@{x}\n", 0};
    stagepp_set_loader(s, load_late, &late);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    stagepp_set_limit(s, "nesting", 4);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    stagepp_set_limit(s, "nesting", 3);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "limit", 1, 13);
}

/* The lowest descriptor that is free. */
static int next_descriptor(void)
{
    int fd = dup(0);
    close(fd);
    return fd;
}

static void a_session_leaves_no_descriptor(void **state)
{
    const char *files[] = {"lib.spp", "t.in", "out/a", "out", NULL};
    stagepp_job job = {.goal = STAGEPP_GOAL_WRITE,
                       .path = "t.in",
                       .target = {.out_dir = "out", .only = "a"}};
    const char *text;
    size_t len;
    char folder[64];
    (void)state;
    enter_folder(folder);
    write_to("lib.spp", "@let x = 1\n");
    write_to("t.in", "@import \"lib\" as l\n@file \"a\"\n@{l.x}\n@end\n");
    int before = next_descriptor();
    for (int i = 0; i < 3; i++) {
        stagepp_session *s = stagepp_new();
        stagepp_set_root(s, ".");
        stagepp_add_include_dir(s, ".");
        assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
        assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
        stagepp_free(s);
    }
    assert_int_equal(next_descriptor(), before);
    check_file("out/a", "1\n");
    leave_folder(folder, files);
}

/* After an error nothing is written; what was used is compared with the lock
 * even if a limit has ended the expansion. */
static void a_run_ends_at_the_first_error(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"t.in", "inc.in", "lock", "a", NULL};
    stagepp_job job = {.goal = STAGEPP_GOAL_LOCK, .path = "t.in"};
    const char *text;
    size_t len;
    char folder[64];
    enter_folder(folder);
    write_to("t.in", "@include \"inc.in\"\n@file \"a\"\nRNU\n@end\n");
    write_to("inc.in", "");
    job.about = "lock";
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_OK);
    job.goal = STAGEPP_GOAL_WRITE;
    job.lock = "lock";
    job.checks = STAGEPP_LINT_ALL;
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_DIFFERS);
    assert_string_equal(text, "");
    assert_int_equal(stagepp_output_count(s), 1);
    assert_int_equal(access("a", F_OK), -1);
    /* Files are read once a session. */
    stagepp_free(s);
    *state = s = stagepp_new();
    write_to("inc.in", "@for i in range(0, 2000)\n@end\n");
    stagepp_set_limit(s, "steps", 1000);
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_DIFFERS);
    assert_int_equal(stagepp_diagnostic_count(s), 2);
    check_diagnostic(s, 0, "lock", 4, 14);
    check_diagnostic(s, 1, "limit", 1, 1);
    job.lock = "none";
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_FAILED);
    leave_folder(folder, files);
}

/* What cannot be done is refused, whatever the job lacks. */
static void a_job_may_lack_things(void **state)
{
    stagepp_session *s = *state;
    const char *text;
    size_t len;
    for (int goal = 0; goal <= STAGEPP_GOAL_INSTRUCTIONS; goal++) {
        stagepp_job job = {.goal = (stagepp_goal)goal};
        stagepp_status status = stagepp_run(s, &job, &text, &len);
        assert_true(status == STAGEPP_OK || stagepp_diagnostic_count(s) > 0);
        assert_int_equal(len, strlen(text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_run_reads_checks_and_writes),
        TEST(a_run_may_be_about_some_outputs),
        TEST(a_lock_is_written_and_compared),
        TEST(a_library_may_come_too_late),
        TEST(a_loader_has_the_same_limits),
        TEST(a_limit_counts_for_what_is_kept),
        TEST(a_session_leaves_no_descriptor),
        TEST(a_run_ends_at_the_first_error),
        TEST(a_job_may_lack_things),
    };
    return tap_run(tests, NULL, NULL);
}
