/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is a Dockerfile, which is checked as it is, and
 * again as the output of a template, where less is certain: no errors may come
 * of it that the file did not have, and without any it has a graph. To search:
 *
 *   clang -g -O1 -fsanitize=fuzzer,address,undefined -Iinclude -Isrc \
 *     -D_GNU_SOURCE -DSTAGEPP_BUILDING -o /tmp/fuzz \
 *     tests/fuzz/fuzz_docker.c \
 *     src/base/[a-z]*.c src/source/[a-z]*.c src/lang/[a-z]*.c \
 *     src/library/[a-z]*.c src/eval/[a-z]*.c src/docker/[a-z]*.c \
 *     src/driver/[a-z]*.c $(pkg-config --cflags --libs libpcre2-8 json-c)
 *   mkdir -p /tmp/found && /tmp/fuzz -dict=tests/fuzz/docker.dict \
 *     -timeout=5 /tmp/found tests/fuzz/corpus-docker
 */
#include <stagepp.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(int promise, const char *what)
{
    if (promise)
        return;
    fprintf(stderr, "broken promise: %s\n", what);
    abort();
}

static size_t count_errors(stagepp_session *s)
{
    size_t errors = 0;
    for (size_t i = 0; i < stagepp_diagnostic_count(s); i++)
        errors += stagepp_get_diagnostic(s, i).severity == STAGEPP_ERROR;
    return errors;
}

static stagepp_session *new_session(void)
{
    stagepp_session *s = stagepp_new();
    expect(s != NULL, "a session");
    stagepp_set_limit(s, "memory", 100000000);
    stagepp_set_warning(s, "no-DanglingContinuation");
    return s;
}

/* As a file; whether it has errors. */
static int check_alone(const char *text, size_t size)
{
    stagepp_session *s = new_session();
    size_t len;
    stagepp_status status = stagepp_lint_buffer(s, "in", text, size);
    size_t errors = count_errors(s);
    expect((status == STAGEPP_OK) == (errors == 0), "a status of the errors");
    stagepp_diagnostics(s, STAGEPP_TEXT, &len);
    stagepp_free(s);
    return errors > 0;
}

/* What it consists of can be told of a Dockerfile without errors. */
static void ask(stagepp_session *s, const stagepp_target *target)
{
    static const char *const tags[] = {"${R}/a:{name}", NULL};
    const stagepp_bake_options options = {"{dir}/x", tags, NULL};
    stagepp_target file = *target;
    const char *text;
    size_t len;
    stagepp_status status[5] = {
        stagepp_graph(s, target, STAGEPP_GRAPH_DOT, &text, &len),
        stagepp_graph(s, target, STAGEPP_GRAPH_MERMAID, &text, &len),
        stagepp_targets(s, target, 0, &text, &len),
        stagepp_targets(s, target, 1, &text, &len)};
    file.main_path = "a/Dockerfile";
    status[4] = stagepp_bake(s, &file, &options, &text, &len);
    for (size_t i = 0; i < 5; i++)
        expect(status[i] == STAGEPP_OK, "an answer");
}

/* As the output of a template, if it comes out at all. */
static void check_output(const char *text, size_t size, int refused)
{
    stagepp_session *s = new_session();
    stagepp_target target = {0};
    if (stagepp_expand_buffer(s, "in", text, size) == STAGEPP_OK &&
        stagepp_output_count(s) == 1) {
        stagepp_lint(s, &target, STAGEPP_LINT_ALL);
        expect(count_errors(s) == 0 || refused, "no other errors");
        if (count_errors(s) == 0)
            ask(s, &target);
    }
    stagepp_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    if (size)
        memcpy(text, data, size);
    int refused = check_alone(text, size);
    if (!memchr(text, '@', size))
        check_output(text, size, refused);
    free(text);
    return 0;
}
