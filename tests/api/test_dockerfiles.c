/* SPDX-License-Identifier: MIT */
/* What the API knows about Dockerfiles: checks, positions, stages, targets for
 * bake. */
#include "help.h"

static void has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in:\n%s", part, text);
}

static void dockerfiles_are_checked(void **state)
{
    static const char file[] = "FROM alpine as base\nWORKDIR x\n";
    stagepp_session *s = *state;
    stagepp_target target = {.main_path = "Dockerfile"};
    stagepp_job job = {.goal = STAGEPP_GOAL_LINT_FILE,
                       .path = "f",
                       .bytes = file,
                       .len = strlen(file)};
    assert_int_equal(stagepp_run(s, &job, NULL, NULL), STAGEPP_OK);
    assert_int_equal(stagepp_diagnostic_count(s), 2);
    assert_string_equal(stagepp_get_diagnostic(s, 1).id, "WorkdirRelativePath");
    assert_int_equal(stagepp_get_diagnostic(s, 1).line, 2);
    assert_int_equal(stagepp_lint_file(s, "/nowhere"), STAGEPP_FAILED);
    const char *text;
    size_t len;
    job.goal = STAGEPP_GOAL_INSTRUCTIONS;
    assert_int_equal(stagepp_run(s, &job, &text, &len), STAGEPP_OK);
    has(text, "{\"lines\": [2, 2], \"name\": \"WORKDIR\"");
    assert_int_equal(stagepp_instructions(s, "/nowhere", &text, &len),
                     STAGEPP_FAILED);
    /* An output is reported at the template, if it has a Dockerfile's name. */
    expand(s, "@let x = 1\nFROM alpine AS a@{x}\nRNU\n");
    assert_int_equal(stagepp_lint(s, &target, STAGEPP_LINT_AUTO),
                     STAGEPP_DIFFERS);
    assert_int_equal(stagepp_get_diagnostic(s, 0).line, 3);
    expand(s, "FROM alpine\nRNU\n");
    target.main_path = "notes";
    assert_int_equal(stagepp_lint(s, &target, STAGEPP_LINT_AUTO), STAGEPP_OK);
    assert_int_equal(stagepp_lint(s, &target, STAGEPP_LINT_ALL),
                     STAGEPP_DIFFERS);
}

static void lines_are_explained(void **state)
{
    stagepp_session *s = *state;
    stagepp_target target = {.main_path = "Dockerfile"};
    const char *text;
    size_t len;
    expand(s, "@define f(x)\nRUN @{x}\n@end\nFROM a\n@f(1)\n");
    assert_int_equal(stagepp_explain(s, &target, "2", &text, &len), STAGEPP_OK);
    has(text, "in macro f(1)");
    assert_int_equal(stagepp_explain(s, &target, "3", &text, &len),
                     STAGEPP_FAILED);
    assert_int_equal(stagepp_source_map(s, &target, &text, &len), STAGEPP_OK);
    has(text, "\"names\": [\"f\"]");
}

static void nothing_is_known_before_the_first_expansion(void **state)
{
    stagepp_session *s = *state;
    stagepp_target target = {0};
    const char *text;
    size_t len;
    assert_int_equal(stagepp_lint(s, &target, STAGEPP_LINT_ALL), STAGEPP_OK);
    assert_int_not_equal(
        stagepp_graph(s, &target, STAGEPP_GRAPH_DOT, &text, &len), STAGEPP_OK);
    assert_int_not_equal(
        stagepp_targets(s, &target, STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_OK);
    assert_int_not_equal(stagepp_bake(s, &target, &text, &len), STAGEPP_OK);
    assert_int_not_equal(stagepp_explain(s, &target, "1", &text, &len),
                         STAGEPP_OK);
    assert_int_not_equal(stagepp_source_map(s, &target, &text, &len),
                         STAGEPP_OK);
}

static const char set[] = "@for name in [\"web\", \"job\"]\n"
                          "@file \"@{name}/Dockerfile\"\n"
                          "ARG VERSION\n"
                          "FROM alpine:$VERSION AS @{name}\n"
                          "@end\n"
                          "@end\n"
                          "@file \"notes.txt\"\n"
                          "@end\n";

static void stages_are_shown(void **state)
{
    stagepp_session *s = *state;
    stagepp_target target = {.only = "web/*"};
    const char *text;
    size_t len;
    assert_int_equal(expand(s, set), STAGEPP_OK);
    assert_int_equal(stagepp_graph(s, &target, STAGEPP_GRAPH_DOT, &text, &len),
                     STAGEPP_OK);
    assert_int_equal(len, strlen(text));
    assert_string_equal(text, "digraph stages {\n"
                              "    rankdir=LR;\n"
                              "    node [shape=box];\n"
                              "    \"alpine:$VERSION\" [shape=ellipse];\n"
                              "    \"web\" [peripheries=2];\n"
                              "    \"alpine:$VERSION\" -> \"web\";\n"
                              "}\n");
    assert_int_equal(
        stagepp_graph(s, &target, STAGEPP_GRAPH_MERMAID, &text, &len),
        STAGEPP_OK);
    assert_string_equal(text, "flowchart LR\n"
                              "    i0([\"alpine:$VERSION\"])\n"
                              "    s0[\"web\"]:::target\n"
                              "    i0 --> s0\n"
                              "    classDef target stroke-width:3px\n");
    assert_int_equal(
        stagepp_targets(s, &target, STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_OK);
    assert_string_equal(text, "ARG VERSION\n"
                              "web (default)  FROM alpine:$VERSION\n");
    target.only = NULL;
    assert_int_equal(
        stagepp_targets(s, &target, STAGEPP_ANSWER_JSON, &text, &len),
        STAGEPP_OK);
    assert_non_null(strstr(text, "\"path\": \"web/Dockerfile\""));
    assert_non_null(strstr(text, "\"path\": \"job/Dockerfile\""));
    assert_null(strstr(text, "notes"));
    target.only = "*.txt";
    assert_int_equal(
        stagepp_targets(s, &target, STAGEPP_ANSWER_TEXT, &text, &len),
        STAGEPP_DIFFERS);
    check_diagnostic(s, 0, "no-output", 0, 0);
}

static void targets_for_bake_are_made(void **state)
{
    stagepp_session *s = *state;
    stagepp_target target = {.out_dir = "out", .bake_path = "bake.json"};
    const char *tags[] = {"{name}:${TAG}", NULL};
    const char *args[] = {"VERSION=3", NULL};
    const char *wrong[] = {"VERSIN=3", NULL};
    const char *text;
    size_t len;
    char folder[64];
    enter_folder(folder);
    assert_int_equal(expand(s, set), STAGEPP_OK);
    assert_int_equal(stagepp_bake(s, &target, &text, &len), STAGEPP_OK);
    assert_null(strstr(text, "variable"));
    target.bake = (stagepp_bake_options){"{dir}", tags, wrong};
    assert_int_equal(stagepp_bake(s, &target, &text, &len), STAGEPP_FAILED);
    assert_string_equal(text, "");
    target.bake.args = args;
    assert_int_equal(expand(s, set), STAGEPP_OK);
    assert_int_equal(stagepp_write(s, &target), STAGEPP_OK);
    check_file("bake.json",
               "{\n"
               "  \"variable\": {\n"
               "    \"TAG\": {\"default\": null}\n"
               "  },\n"
               "  \"group\": {\n"
               "    \"default\": {\"targets\": [\"web\", \"job\"]}\n"
               "  },\n"
               "  \"target\": {\n"
               "    \"web\": {\n"
               "      \"context\": \"web\",\n"
               "      \"dockerfile\": \"../out/web/Dockerfile\",\n"
               "      \"tags\": [\"web:${TAG}\"],\n"
               "      \"args\": {\"VERSION\": \"3\"}\n"
               "    },\n"
               "    \"job\": {\n"
               "      \"context\": \"job\",\n"
               "      \"dockerfile\": \"../out/job/Dockerfile\",\n"
               "      \"tags\": [\"job:${TAG}\"],\n"
               "      \"args\": {\"VERSION\": \"3\"}\n"
               "    }\n"
               "  }\n"
               "}\n");
    leave_folder(folder,
                 (const char *const[]){"bake.json", "out/web/Dockerfile",
                                       "out/job/Dockerfile", "out/notes.txt",
                                       "out/web", "out/job", "out", NULL});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(dockerfiles_are_checked),
        TEST(lines_are_explained),
        TEST(nothing_is_known_before_the_first_expansion),
        TEST(stages_are_shown),
        TEST(targets_for_bake_are_made),
    };
    return tap_run(tests, NULL, NULL);
}
