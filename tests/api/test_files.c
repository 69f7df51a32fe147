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

/* A file with the name of a library that is compiled in, by two paths, once
 * that library has been read. */
static int load_namesake(void *context, const char *path, const char **bytes,
                         size_t *len)
{
    (void)context;
    if (strcmp(path, "t.in") == 0)
        *bytes = "@import \"std/python\"\n"
                 "@let x = \"check\"\n"
                 "@include \"./std/@{x}.spp\"\n"
                 "@include \"./a/../std/@{x}.spp\"\n"
                 "@include \"../out.in\"\n";
    else if (strstr(path, "python"))
        return 1;
    else if (strcmp(path, "std/check.spp") == 0)
        *bytes = "RUN mine\n";
    else
        *bytes = "RUN out\n";
    *len = strlen(*bytes);
    return 0;
}

static void a_loader_is_not_confused_by_names(void **state)
{
    stagepp_session *s = *state;
    stagepp_set_loader(s, load_namesake, NULL);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    check_output(s, "RUN mine\nRUN mine\nRUN out\n");
}

static void a_root_confines_a_loader(void **state)
{
    stagepp_session *s = *state;
    stagepp_set_loader(s, load_namesake, NULL);
    assert_int_equal(stagepp_set_root(s, "."), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "outside-root", 5, 10);
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

static int load_computed(void *context, const char *path, const char **bytes,
                         size_t *len)
{
    *bytes = strcmp(path, "t.in") == 0 ? context : "RUN inner\n";
    *len = strlen(*bytes);
    return strcmp(path, "none.in") == 0;
}

static int load_mistakes(void *context, const char *path, const char **bytes,
                         size_t *len)
{
    (void)context;
    (void)path;
    *bytes = "@for x\ny\n@end\n";
    *len = strlen(*bytes);
    return 0;
}

static void questions_are_about_the_files_of_their_run(void **state)
{
    char found[] = "@let f = \"inner\"\n@include \"@{f}.in\"\n";
    char missing[] = "@let f = \"none\"\n@sinclude \"@{f}.in\"\nRUN a\n";
    static const stagepp_target target = {.main_path = "Dockerfile"};
    stagepp_session *s = *state;
    const char *text;
    size_t len;
    stagepp_set_loader(s, load_computed, found);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    stagepp_set_loader(s, load_mistakes, NULL);
    assert_int_equal(stagepp_explain(s, &target, "1", &text, &len), STAGEPP_OK);
    assert_non_null(strstr(text, "inner.in:1:"));
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_DIFFERS);
    /* A file that appears, with mistakes, is not what the run saw. */
    stagepp_set_loader(s, load_computed, missing);
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    stagepp_set_loader(s, load_mistakes, NULL);
    assert_int_equal(stagepp_explain(s, &target, "1", &text, &len),
                     STAGEPP_FAILED);
    check_diagnostic(s, 0, "unreadable", 0, 0);
    assert_int_equal(stagepp_dep_count(s), 1);
}

static void a_status_is_that_of_its_run(void **state)
{
    static const char loop[] = "@for i in range(0, 9)\n@end\n";
    const char *files[] = {"x.lock", NULL};
    stagepp_session *s = *state;
    stagepp_job job = {.path = "t.in",
                       .bytes = loop,
                       .len = sizeof loop - 1,
                       .lock = "x.lock"};
    const char *text;
    size_t len;
    char folder[64];
    enter_folder(folder);
    write_to("x.lock", "{\"stagepp-lock\": 1, \"files\": []}");
    assert_int_equal(stagepp_set_limit(s, "steps", 5), STAGEPP_OK);
    assert_int_equal(stagepp_expand_file(s, "missing.in"), STAGEPP_FAILED);
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_DIFFERS);
    assert_int_equal(stagepp_check_lock(s, "x.lock"), STAGEPP_DIFFERS);
    assert_int_equal(stagepp_set_limit(s, "steps", 100000), STAGEPP_OK);
    assert_int_equal(stagepp_macros(s, NULL, STAGEPP_ANSWER_TEXT, &text, &len),
                     STAGEPP_OK);
    assert_int_equal(stagepp_check_lock(s, "x.lock"), STAGEPP_OK);
    leave_folder(folder, files);
}

/* A long text may be passed on without a copy: its end must not be cut off in
 * the file that it comes from. */
static void outputs_have_modes_and_ends(void **state)
{
    static char text[100001];
    stagepp_session *s = *state;
    const char *files[] = {"t.in", "long", NULL};
    char folder[64];
    enter_folder(folder);
    memset(text, 'x', sizeof text - 2);
    text[sizeof text - 2] = '\n';
    write_to("long", text);
    write_to("t.in", "@file \"a\" chomp mode \"0711\"\n@include \"long\"\n"
                     "@end\n@file \"b\"\n@include \"long\"\n@end\nmain\n");
    assert_int_equal(stagepp_expand_file(s, "t.in"), STAGEPP_OK);
    assert_int_equal(stagepp_output_count(s), 3);
    assert_int_equal(stagepp_get_output(s, 0).mode, -1);
    stagepp_output a = stagepp_get_output(s, 1), b = stagepp_get_output(s, 2);
    assert_int_equal(a.mode, 0711);
    assert_int_equal(a.len, sizeof text - 2);
    assert_int_equal(a.bytes[a.len - 1], 'x');
    assert_int_equal(a.bytes[a.len], '\0');
    assert_int_equal(b.mode, -1);
    assert_int_equal(b.len, sizeof text - 1);
    assert_string_equal(b.bytes, text);
    leave_folder(folder, files);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(files_come_from_a_loader),
        TEST(a_loader_is_not_confused_by_names),
        TEST(a_root_confines_a_loader),
        TEST(files_are_written_and_compared),
        TEST(includes_are_searched_and_confined),
        TEST(questions_are_about_the_files_of_their_run),
        TEST(a_status_is_that_of_its_run),
        TEST(outputs_have_modes_and_ends),
    };
    return tap_run(tests, NULL, NULL);
}
