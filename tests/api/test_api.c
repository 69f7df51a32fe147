/* SPDX-License-Identifier: MIT */
/* The library as any program uses it: through <stagepp.h> alone. */
#include "help.h"

#include <pthread.h>

/* --- results --- */

static void version_is_the_headers(void **state)
{
    char want[40];
    (void)state;
    snprintf(want, sizeof want, "%d.%d.%d", STAGEPP_VERSION_MAJOR,
             STAGEPP_VERSION_MINOR, STAGEPP_VERSION_PATCH);
    assert_string_equal(stagepp_version(), want);
}

static void the_nearest_word_is_found(void **state)
{
    static const char *const words[] = {"check", NULL, "checks", "MD"};
    (void)state;
    assert_int_equal(stagepp_nearest("chek", words, 4), 0);
    assert_int_equal(stagepp_nearest("Cehcks", words, 4), 2);
    assert_int_equal(stagepp_nearest("MMD", words, 4), 3);
    assert_int_equal(stagepp_nearest("graph", words, 4), 4);
    assert_int_equal(stagepp_nearest("", words, 4), 4);
    assert_int_equal(stagepp_nearest("check", NULL, 0), 0);
}

static void a_buffer_is_expanded(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(expand(s, "@let x = 1\nRUN @{x}\n"), STAGEPP_OK);
    check_output(s, "RUN 1\n");
    assert_int_equal(stagepp_diagnostic_count(s), 0);
    assert_int_equal(stagepp_dep_count(s), 0);
    assert_int_equal(expand(s, ""), STAGEPP_OK);
    check_output(s, "");
}

static void bytes_have_a_length(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(stagepp_expand_buffer(s, "-", "a\0b", 3), STAGEPP_OK);
    stagepp_output o = stagepp_get_output(s, 0);
    assert_int_equal(o.len, 3);
    assert_memory_equal(o.bytes, "a\0b", 4);
}

static void nothing_before_the_first_expansion(void **state)
{
    stagepp_session *s = *state;
    stagepp_target target = {0};
    const char *text;
    size_t len;
    assert_int_equal(stagepp_output_count(s), 0);
    assert_int_equal(stagepp_dep_count(s), 0);
    assert_int_equal(stagepp_diagnostic_count(s), 0);
    assert_int_equal(stagepp_list(s, &target, &text, &len), STAGEPP_OK);
    assert_int_equal(len, 0);
    assert_string_equal(text, "");
    assert_string_equal(stagepp_diagnostics(s, STAGEPP_TEXT, &len), "");
    assert_string_equal(stagepp_diagnostics(s, STAGEPP_JSON, &len), "");
    assert_non_null(
        strstr(stagepp_diagnostics(s, STAGEPP_SARIF, &len), "\"results\": []"));
}

static void a_session_goes_on_after_errors(void **state)
{
    stagepp_session *s = *state;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(expand(s, "@let x = 1\nRUN @{y}\n@{z}\n"),
                         STAGEPP_DIFFERS);
        assert_int_equal(stagepp_output_count(s), 0);
        assert_int_equal(stagepp_diagnostic_count(s), 2);
        check_diagnostic(s, 0, "unknown-name", 2, 7);
        check_diagnostic(s, 1, "unknown-name", 3, 3);
        assert_int_equal(expand(s, "RUN a\n"), STAGEPP_OK);
        check_output(s, "RUN a\n");
    }
}

static void files_are_named(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(
        expand(s, "@file \"a/./b\"\nA\n@end\n@file \"c\"\nC\n@end\n"),
        STAGEPP_OK);
    assert_int_equal(stagepp_output_count(s), 2);
    assert_string_equal(stagepp_get_output(s, 0).name, "a/b");
    assert_string_equal(stagepp_get_output(s, 0).bytes, "A\n");
    assert_string_equal(stagepp_get_output(s, 1).name, "c");
    assert_int_equal(expand(s, "main\n@file \"a\"\nA\n@end\n"), STAGEPP_OK);
    assert_int_equal(stagepp_output_count(s), 2);
    assert_string_equal(stagepp_get_output(s, 0).name, "");
    assert_string_equal(stagepp_get_output(s, 0).bytes, "main\n");
}

/* --- options --- */

static void parameters_come_as_text(void **state)
{
    stagepp_session *s = *state;
    const char *t = "@param p = 80\n@param b = false\n@{p + 1} @{b}\n";
    assert_int_equal(stagepp_set_param(s, "p", "90"), STAGEPP_OK);
    assert_int_equal(stagepp_set_param(s, "b", NULL), STAGEPP_OK);
    assert_int_equal(expand(s, t), STAGEPP_OK);
    check_output(s, "91 true\n");
    assert_int_equal(stagepp_set_param(s, "p", "x"), STAGEPP_OK);
    assert_int_equal(expand(s, t), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "bad-param", 1, 3);
    /* A declaration in another template does not count. */
    assert_int_equal(expand(s, "FROM a\n"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "unknown-param", 1, 1);
    stagepp_clear_params(s);
    assert_int_equal(expand(s, t), STAGEPP_OK);
    check_output(s, "81 false\n");
}

static void parameters_come_as_json(void **state)
{
    stagepp_session *s = *state;
    const char *json = "{\"a\": [1, 2]}", *bad = "{\"a\": }";
    const char *t = "@param m\n@{m.a | json}\n";
    assert_int_equal(stagepp_set_param_json(s, "m", "cfg", json, strlen(json)),
                     STAGEPP_OK);
    assert_int_equal(expand(s, t), STAGEPP_OK);
    check_output(s, "[1, 2]\n");
    assert_int_equal(stagepp_set_param_json(s, "m", "cfg", bad, strlen(bad)),
                     STAGEPP_OK);
    assert_int_equal(expand(s, t), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "json", 1, 7);
    assert_string_equal(stagepp_get_diagnostic(s, 0).file, "cfg");
}

static void options_are_checked(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(stagepp_set_limit(s, "speed", 1), STAGEPP_FAILED);
    check_diagnostic(s, 0, "usage", 0, 0);
    assert_string_equal(stagepp_get_diagnostic(s, 0).file, "");
    assert_int_equal(stagepp_set_limit(s, "depth", UINT64_MAX), STAGEPP_FAILED);
    assert_int_equal(stagepp_set_warning(s, "no-nonsense"), STAGEPP_FAILED);
    assert_int_equal(stagepp_set_param_file(s, "m", "/no/such.json"),
                     STAGEPP_FAILED);
    assert_int_equal(stagepp_set_root(s, "/no/such/folder"), STAGEPP_FAILED);
    /* Now everything is outside: a mistake in the input. */
    assert_int_equal(stagepp_set_param_file(s, "m", "/no/such.json"),
                     STAGEPP_DIFFERS);
    assert_int_equal(expand(s, "a\n"), STAGEPP_OK);
    assert_int_equal(stagepp_diagnostic_count(s), 0);
}

static void limits_hold(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(stagepp_set_limit(s, "steps", 100), STAGEPP_OK);
    assert_int_equal(expand(s, "@for i in range(0, 101)\n@end\n"),
                     STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "limit", 1, 1);
    assert_int_equal(stagepp_set_limit(s, "steps", 1000), STAGEPP_OK);
    assert_int_equal(expand(s, "@for i in range(0, 101)\n@end\n"), STAGEPP_OK);
    assert_int_equal(stagepp_set_limit(s, "input", 4), STAGEPP_OK);
    assert_int_equal(expand(s, "RUN\n"), STAGEPP_OK);
    assert_int_equal(expand(s, "RUN a\n"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "limit", 0, 0);
}

/* There is still room for reports, and for what is read afterwards. */
static void the_memory_limit_can_be_explained(void **state)
{
    stagepp_session *s = *state;
    static const char text[] = "@let x = repeat(\"xx\", 20000)\n"
                               "@file x\n@{x}\n@end\n";
    const char *said;
    size_t len;
    for (uint64_t max = 1; max < 300000; max += 1000) {
        assert_int_equal(stagepp_set_limit(s, "memory", max), STAGEPP_OK);
        stagepp_status status = expand(s, text);
        if (status == STAGEPP_OK)
            break;
        assert_int_equal(status, STAGEPP_DIFFERS);
        check_diagnostic(s, 0, "limit", stagepp_get_diagnostic(s, 0).line,
                         stagepp_get_diagnostic(s, 0).column);
        said = stagepp_diagnostics(s, STAGEPP_TEXT, &len);
        assert_non_null(strstr(said, "--limit memory=N"));
    }
    assert_int_equal(stagepp_output_count(s), 1);
    assert_int_equal(stagepp_get_output(s, 0).len, 40001);
}

/* Also in a session that has met the text before the option. */
static void diagnostics_of_options_come_first(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(expand(s, "a\n"), STAGEPP_OK);
    assert_int_equal(stagepp_set_param(s, "none", "1"), STAGEPP_OK);
    assert_int_equal(expand(s, "@warn \"w\"\n"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "unknown-param", 1, 1);
    check_diagnostic(s, 1, "warn", 1, 1);
}

static void warnings_are_set(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(expand(s, "@app(1)\n"), STAGEPP_OK);
    assert_int_equal(stagepp_get_diagnostic(s, 0).severity, STAGEPP_WARNING);
    assert_int_equal(stagepp_set_warning(s, "error=unknown-macro"), STAGEPP_OK);
    assert_int_equal(expand(s, "@app(1)\n"), STAGEPP_DIFFERS);
    assert_int_equal(stagepp_get_diagnostic(s, 0).severity, STAGEPP_ERROR);
    assert_int_equal(stagepp_set_warning(s, "no-unknown-macro"), STAGEPP_OK);
    assert_int_equal(expand(s, "@app(1)\n"), STAGEPP_OK);
    assert_int_equal(stagepp_diagnostic_count(s), 0);
}

/* --- asking --- */

static void things_are_described(void **state)
{
    stagepp_session *s = *state;
    const char *files[] = {"t.in", NULL};
    char folder[64];
    const char *text;
    size_t len;
    enter_folder(folder);
    write_to("t.in", "@# which one\n@param server = \"a\" in [\"a\", \"b\"]\n");
    assert_int_equal(
        stagepp_params(s, "t.in", STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_OK);
    assert_non_null(strstr(text, "server"));
    assert_non_null(strstr(text, "which one"));
    assert_int_equal(
        stagepp_params(s, "t.in", STAGEPP_ANSWER_JSON, &text, &len),
        STAGEPP_OK);
    assert_non_null(strstr(text, "\"server\""));
    /* Only of this template, whatever was asked before. */
    stagepp_job job = {.goal = STAGEPP_GOAL_PARAMS,
                       .path = "-",
                       .bytes = "@param here = 1\nnot in this run",
                       .len = 16};
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
    assert_string_equal(text, "here: int = 1\n");
    assert_int_equal(
        stagepp_params(s, "none.in", STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_FAILED);
    assert_int_equal(stagepp_macros(s, NULL, STAGEPP_ANSWER_TEXT, &text, &len),
                     STAGEPP_OK);
    assert_non_null(strstr(text, "python.production("));
    assert_int_equal(
        stagepp_macros(s, "std/python", STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_OK);
    assert_non_null(strstr(text, "base("));
    assert_null(strstr(text, "_command"));
    assert_int_equal(
        stagepp_macros(s, "std/cobol", STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_DIFFERS);
    assert_int_equal(stagepp_builtins(s, &text, &len), STAGEPP_OK);
    assert_non_null(strstr(text, "upper("));
    leave_folder(folder, files);
}

static void diagnostics_have_four_forms(void **state)
{
    stagepp_session *s = *state;
    const char *text;
    size_t len;
    assert_int_equal(expand(s, "@let x = 1\nRUN @{y}\n"), STAGEPP_DIFFERS);
    stagepp_diagnostic d = stagepp_get_diagnostic(s, 0);
    assert_int_equal(d.severity, STAGEPP_ERROR);
    assert_string_equal(d.file, "t.in");
    assert_int_equal(d.length, 1);
    assert_non_null(strstr(d.message, "'y'"));
    text = stagepp_diagnostics(s, STAGEPP_TEXT, &len);
    assert_non_null(strstr(text, "t.in:2:7: error: "));
    assert_null(strstr(text, "\033"));
    assert_int_equal(len, strlen(text));
    assert_non_null(
        strstr(stagepp_diagnostics(s, STAGEPP_COLOUR, &len), "\033["));
    assert_non_null(
        strstr(stagepp_diagnostics(s, STAGEPP_JSON, &len), "\"unknown-name\""));
    text = stagepp_diagnostics(s, STAGEPP_SARIF, &len);
    assert_non_null(strstr(text, "\"ruleId\": \"unknown-name\""));
    assert_int_equal(len, strlen(text));
}

static void messages_hold_no_nul(void **state)
{
    stagepp_session *s = *state;
    assert_int_equal(expand(s, "@error \"\\u{0}a\\u{0}\"\n"), STAGEPP_DIFFERS);
    assert_string_equal(stagepp_get_diagnostic(s, 0).message, "\\x00a\\x00");
}

/* The second time the included file is an older source than the buffer. */
static void diagnostics_have_one_order(void **state)
{
    stagepp_session *s = *state;
    char dir[64];
    enter_folder(dir);
    write_to("part.in", "@{unknown_b}\n");
    for (int run = 0; run < 2; run++) {
        assert_int_equal(expand(s, "@{unknown_a}\n@include \"part.in\"\n"),
                         STAGEPP_DIFFERS);
        assert_int_equal(stagepp_diagnostic_count(s), 2);
        assert_string_equal(stagepp_get_diagnostic(s, 0).file, "t.in");
        assert_string_equal(stagepp_get_diagnostic(s, 1).file, "part.in");
    }
}

/* A later expansion judges names again: f.in was fine where x is bound, and
 * h.in where g.in binds gg. */
static void names_are_checked_each_time(void **state)
{
    stagepp_session *s = *state;
    static const char late[] = "@param p = \"f\"\n@include p + \".in\"\n"
                               "@let h = \"h.in\"\n@include h\n";
    char dir[64];
    enter_folder(dir);
    write_to("f.in", "@if false\n@{x}\n@end\n");
    write_to("e.in", "");
    write_to("g.in", "@let gg = 1\n");
    write_to("h.in", "@if false\n@{gg}\n@end\n");
    write_to("late.in", late);
    assert_int_equal(expand(s, "@let x = 1\n@let f = \"f.in\"\n@include f\n"),
                     STAGEPP_OK);
    assert_int_equal(expand(s, "@let f = \"f.in\"\n@include f\n"),
                     STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "unknown-name", 2, 3);
    stagepp_set_param(s, "p", "g");
    assert_int_equal(stagepp_expand_file(s, "late.in"), STAGEPP_OK);
    stagepp_set_param(s, "p", "e");
    assert_int_equal(stagepp_expand_file(s, "late.in"), STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "unknown-name", 2, 3);
}

static void names_are_quoted_for_make(void **state)
{
    stagepp_session *s = *state;
    const char *first = stagepp_quote_make(s, "a b$c");
    assert_string_equal(first, "a\\ b$$c");
    assert_int_equal(expand(s, "a\n"), STAGEPP_OK);
    assert_string_equal(first, "a\\ b$$c");
}

static void count_lines(void *context, const char *line)
{
    assert_null(strchr(line, '\n'));
    ++*(int *)context;
}

static void calls_are_traced(void **state)
{
    stagepp_session *s = *state;
    int calls = 0;
    const char *t = "@define f(n)\nx\n@end\n@f(1)\n@{f(2)}\n";
    stagepp_set_tracer(s, count_lines, &calls);
    assert_int_equal(expand(s, t), STAGEPP_OK);
    assert_int_equal(calls, 2);
    stagepp_set_tracer(s, NULL, NULL);
    assert_int_equal(expand(s, t), STAGEPP_OK);
    assert_int_equal(calls, 2);
}

/* --- threads --- */

static void *work(void *arg)
{
    const char *number = arg;
    for (int i = 0; i < 50; i++) {
        stagepp_session *s = stagepp_new();
        char want[40];
        snprintf(want, sizeof want, "RUN %s x%s\n", number, number);
        stagepp_set_param(s, "n", number);
        if (expand(s, "@param n\nRUN @{n} @{sub(\"y\" + n, \"y\", \"x\")}\n") ||
            strcmp(stagepp_get_output(s, 0).bytes, want) != 0)
            return (void *)"wrong";
        if (!expand(s, "@{nothing}\n"))
            return (void *)"no error";
        stagepp_free(s);
    }
    return NULL;
}

static void two_sessions_in_two_threads(void **state)
{
    pthread_t threads[2];
    char numbers[2][2] = {"1", "2"};
    void *wrong;
    (void)state;
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, numbers[i]),
                         0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
}

static void freeing_nothing_is_fine(void **state)
{
    (void)state;
    stagepp_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_is_the_headers),
        cmocka_unit_test(the_nearest_word_is_found),
        cmocka_unit_test(freeing_nothing_is_fine),
        TEST(a_buffer_is_expanded),
        TEST(bytes_have_a_length),
        TEST(nothing_before_the_first_expansion),
        TEST(a_session_goes_on_after_errors),
        TEST(files_are_named),
        TEST(parameters_come_as_text),
        TEST(parameters_come_as_json),
        TEST(options_are_checked),
        TEST(limits_hold),
        TEST(the_memory_limit_can_be_explained),
        TEST(diagnostics_of_options_come_first),
        TEST(warnings_are_set),
        TEST(things_are_described),
        TEST(diagnostics_have_four_forms),
        TEST(messages_hold_no_nul),
        TEST(diagnostics_have_one_order),
        TEST(names_are_checked_each_time),
        TEST(names_are_quoted_for_make),
        TEST(calls_are_traced),
        cmocka_unit_test(two_sessions_in_two_threads),
    };
    return tap_run(tests, NULL, NULL);
}
