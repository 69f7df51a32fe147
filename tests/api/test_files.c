/* SPDX-License-Identifier: MIT */
/* Files through the API: read by a loader or from the disk, where they are
 * looked for, and how they are written and compared. */
#include "help.h"

struct memory {
    int given;
    const char *inner;
};

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    struct memory *m = context;
    if (strcmp(path, "dir/bad.in") == 0)
        return 2;
    if (strcmp(path, "dir/t.in") == 0)
        *bytes = "@include \"./inner.in\"\n@import \"std/python\"\n";
    else if (strcmp(path, "dir/inner.in") == 0)
        *bytes = m->inner;
    else
        return 1;
    m->given++;
    *len = strlen(*bytes);
    return 0;
}

static void files_come_from_a_loader(void **state)
{
    stagepp_session *s = *state;
    struct memory m = {0, "RUN inner\n"};
    stagepp_set_loader(s, load, &m);
    assert_int_equal(stagepp_expand_file(s, "dir/t.in"), STAGEPP_OK);
    check_output(s, "RUN inner\n");
    assert_int_equal(stagepp_dep_count(s), 2);
    assert_string_equal(stagepp_get_dep(s, 0), "dir/t.in");
    assert_string_equal(stagepp_get_dep(s, 1), "dir/inner.in");
    assert_int_equal(stagepp_expand_file(s, "dir/t.in"), STAGEPP_OK);
    check_output(s, "RUN inner\n");
    assert_int_equal(m.given, 2); /* each is read once */
    assert_int_equal(stagepp_dep_count(s), 2);
    assert_int_equal(stagepp_expand_file(s, "dir/none.in"), STAGEPP_FAILED);
    check_diagnostic(s, 0, "unreadable", 0, 0);
    assert_int_equal(stagepp_expand_file(s, "dir/bad.in"), STAGEPP_FAILED);
    assert_int_equal(stagepp_dep_count(s), 0);
}

static void files_are_written_and_compared(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"t.in", "data.json", "main", "out/a", "out", NULL};
    char folder[64];
    stagepp_target target = {.main_path = "main", .out_dir = "out"};
    const char *text;
    size_t len;
    enter_folder(folder);
    write_to("data.json", "{\"x\": 1}");
    write_to("t.in", "@param d\nmain @{d.x}\n@file \"a\"\nA\n@end\n");
    assert_int_equal(stagepp_set_param_file(s, "d", "data.json"), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    assert_int_equal(stagepp_dep_count(s), 2);
    assert_int_equal(stagepp_list(s, &target, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "main\nout/a\n");
    assert_int_equal(stagepp_check(s, &target, &text, &len), STAGEPP_DIFFERS);
    assert_non_null(strstr(text, "+main 1\n"));
    assert_int_equal(stagepp_write(s, &target), STAGEPP_OK);
    check_file("main", "main 1\n");
    check_file("out/a", "A\n");
    assert_int_equal(stagepp_check(s, &target, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "");
    assert_int_equal(stagepp_depfile(s, &target, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "main out/a: t.in data.json\n");
    assert_int_equal(len, strlen(text));
    target.rule_targets = "all";
    target.rule_phony = 1;
    assert_int_equal(stagepp_depfile(s, &target, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "all: t.in data.json\ndata.json:\n");
    target.only = "a";
    assert_int_equal(stagepp_list(s, &target, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "out/a\n");
    target = (stagepp_target){.main_path = "t.in"};
    assert_int_equal(stagepp_write(s, &target), STAGEPP_FAILED);
    leave_folder(folder, files);
}

static void includes_are_searched_and_confined(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"inc/part", "inc", "root/t.in", "root", NULL};
    char folder[64];
    enter_folder(folder);
    stagepp_target target = {.main_path = "root/t.in"};
    assert_int_equal(expand(s, "@include \"part\"\n"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "not-found", 1, 10);
    target.main_path = NULL;
    target.out_dir = "inc";
    assert_int_equal(expand(s, "@file \"part\"\nRUN part\n@end\n"), STAGEPP_OK);
    assert_int_equal(stagepp_write(s, &target), STAGEPP_OK);
    target.out_dir = "root";
    assert_int_equal(
        expand(s, "@file \"t.in\"\n@raw\n@include \"part\"\n@end\n@end\n"),
        STAGEPP_OK);
    assert_int_equal(stagepp_write(s, &target), STAGEPP_OK);
    assert_int_equal(stagepp_add_include_dir(s, "inc"), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "root/t.in"), STAGEPP_OK);
    check_output(s, "RUN part\n");
    assert_int_equal(stagepp_set_root(s, "root"), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "root/t.in"), STAGEPP_OK);
    stagepp_free(s);
    *state = s = stagepp_new();
    assert_int_equal(stagepp_set_root(s, "inc"), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "root/t.in"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "outside-root", 0, 0);
    assert_int_equal(stagepp_set_root(s, NULL), STAGEPP_OK);
    assert_int_equal(stagepp_add_include_dir(s, "inc"), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "root/t.in"), STAGEPP_OK);
    leave_folder(folder, files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_from_a_loader),
        TEST(files_are_written_and_compared),
        TEST(includes_are_searched_and_confined),
    };
    return tap_run(tests, NULL, NULL);
}
