/* SPDX-License-Identifier: MIT */
/* Does everything that the library can do, with a template that has each
 * directive, and makes the n-th allocation fail, for n = 1, 2, 3, … until none
 * is left; then the n-th and all after it. Each call gives the right bytes, or
 * fails and reports it; each output is the old or the new one; nothing leaks;
 * and the session works again once there is memory. */
#include "../tap.h"
#include "allocate.h"
#include "project.h"
#include "tree.h"

#include <stagepp.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* --- what is done --- */

enum {
    MOST_STEPS = 64
};

/* Memory is taken in chunks, and all this needs only a few: a padding of
 * another length at the start changes what is at the end of a chunk. */
enum {
    MOST_PAD = 8000,
    PAD_STEP = 61
};

static char pad[MOST_PAD + PAD_STEP];

/* What each step gave, in the order of the steps. */
struct result {
    unsigned n;
    bool fell; /* a step failed */
    char *text[MOST_STEPS];
};

struct work {
    stagepp_session *s;
    struct result *r;
    const struct result *want; /* NULL: any result */
    int version;
    bool again; /* nothing fails */
};

static const stagepp_target outputs = {.main_path = "out/Dockerfile",
                                       .out_dir = "out"};
static const stagepp_target first = {
    .main_path = "out/Dockerfile", .out_dir = "out", .only = "*/Dockerfile"};
static const stagepp_target one = {
    .main_path = "out/Dockerfile", .out_dir = "out", .only = "out/*"};

static const char *const output_names[] = {
    "out/Dockerfile", "out/py3.9/Dockerfile", "out/py3.13/Dockerfile",
    "out/rule.d",     "out/bake.json",        "out/map.json",
    "out/other"};

enum {
    OUTPUTS = sizeof output_names / sizeof *output_names
};

/* Whether the session reports a lack of memory. */
static bool says_so(stagepp_session *s)
{
    for (size_t i = 0; i < stagepp_diagnostic_count(s); i++)
        if (strcmp(stagepp_get_diagnostic(s, i).id, "no-memory") == 0)
            return true;
    return false;
}

static bool is_always; /* there is no memory for a report, either */

/* Records a step; false if it failed, for lack of memory. */
static bool step(struct work *w, stagepp_status status, stagepp_status good,
                 const char *text, size_t len)
{
    unsigned i = w->r->n;
    assert_true(i < MOST_STEPS);
    if (status != good) {
        /* From here on, there is memory again, also for reports. */
        allocate_end();
        if (!allocate_failed() || w->again || status != STAGEPP_FAILED)
            fprintf(stderr, "# allocation %u, step %u, status %d: %s\n",
                    allocate_target(), i, status,
                    stagepp_diagnostics(w->s, STAGEPP_TEXT, &len));
        assert_true(allocate_failed() && !w->again);
        assert_int_equal(status, STAGEPP_FAILED);
        assert_true(says_so(w->s) || is_always);
        w->r->fell = true;
        return false;
    }
    w->r->n++;
    if (!w->want) {
        w->r->text[i] = malloc(len + 1);
        assert_non_null(w->r->text[i]);
        if (len)
            memcpy(w->r->text[i], text, len);
        w->r->text[i][len] = '\0';
        return true;
    }
    if (strlen(w->want->text[i]) == len &&
        (!len || memcmp(w->want->text[i], text, len) == 0))
        return true;
    allocate_end();
    fprintf(stderr, "# allocation %u%s, step %u gave:\n%.*s\n# and not:\n%s\n",
            allocate_target(), w->again ? ", and all again" : "", i, (int)len,
            text ? text : "", w->want->text[i]);
    fail();
    return false;
}

static bool set_up_session(struct work *w)
{
    stagepp_session *s = w->s;
    static const char json[] = "[1, \"a\", 2.50]";
    return step(w, stagepp_set_limit(s, "depth", 90), STAGEPP_OK, NULL, 0) &&
           step(w, stagepp_set_warning(s, "no-MaintainerDeprecated"),
                STAGEPP_OK, NULL, 0) &&
           step(w, stagepp_add_include_dir(s, "."), STAGEPP_OK, NULL, 0) &&
           step(w, stagepp_set_param(s, "v", w->version ? "1" : "0"),
                STAGEPP_OK, NULL, 0) &&
           step(w,
                stagepp_set_param_json(s, "list", "json", json, strlen(json)),
                STAGEPP_OK, NULL, 0) &&
           step(w, stagepp_set_param_file(s, "m", "m.json"), STAGEPP_OK, NULL,
                0);
}

static bool expand(struct work *w)
{
    stagepp_session *s = w->s;
    if (!step(w, stagepp_expand_file(s, "t.in"), STAGEPP_OK, NULL, 0))
        return false;
    for (size_t i = 0; i < stagepp_output_count(s); i++) {
        stagepp_output o = stagepp_get_output(s, i);
        step(w, STAGEPP_OK, STAGEPP_OK, o.name, strlen(o.name));
        step(w, STAGEPP_OK, STAGEPP_OK, o.bytes, o.len);
    }
    for (size_t i = 0; i < stagepp_dep_count(s); i++)
        step(w, STAGEPP_OK, STAGEPP_OK, stagepp_get_dep(s, i),
             strlen(stagepp_get_dep(s, i)));
    return step(w, stagepp_lint(s, &outputs, STAGEPP_LINT_AUTO), STAGEPP_OK,
                NULL, 0);
}

/* CALL(function, arguments before text and length) */
#define CALL(good, function, ...)                                         \
    do {                                                                  \
        text = "";                                                        \
        len = 0;                                                          \
        stagepp_status status = function(w->s, __VA_ARGS__, &text, &len); \
        if (!step(w, status, good, text, len))                            \
            return false;                                                 \
    } while (0)

static bool ask(struct work *w)
{
    const char *text;
    size_t len;
    CALL(STAGEPP_OK, stagepp_graph, &outputs, STAGEPP_GRAPH_DOT);
    CALL(STAGEPP_OK, stagepp_graph, &first, STAGEPP_GRAPH_MERMAID);
    CALL(STAGEPP_OK, stagepp_targets, &outputs, STAGEPP_ANSWER_TEXT);
    CALL(STAGEPP_OK, stagepp_targets, &first, STAGEPP_ANSWER_JSON);
    CALL(STAGEPP_OK, stagepp_list, &outputs);
    CALL(STAGEPP_OK, stagepp_explain, &one, "9");
    return true;
}

/* Returns whether everything was written. */
static bool write_all(struct work *w)
{
    static const char *const tags[] = {"a/b:{name}", NULL};
    static const char *const args[] = {"V=2", NULL};
    stagepp_target all = outputs, mapped = one;
    stagepp_job rule = {.goal = STAGEPP_GOAL_DEPFILE, .target = outputs};
    const char *text;
    size_t len;
    all.rule_phony = 1;
    all.bake = (stagepp_bake_options){"{dir}", tags, args};
    CALL(STAGEPP_OK, stagepp_depfile, &all);
    CALL(STAGEPP_OK, stagepp_bake, &all);
    CALL(STAGEPP_OK, stagepp_source_map, &mapped);
    CALL(STAGEPP_DIFFERS, stagepp_check, &outputs);
    all.rule_path = "out/rule.d";
    all.bake_path = "out/bake.json";
    mapped.map_path = "out/map.json";
    rule.target.rule_path = "out/other";
    CALL(STAGEPP_OK, stagepp_run, &rule);
    return step(w, stagepp_write(w->s, &all), STAGEPP_OK, NULL, 0) &&
           step(w, stagepp_write(w->s, &mapped), STAGEPP_OK, NULL, 0);
}

/* Without memory, these give "". */
static bool say(struct work *w)
{
    for (int format = STAGEPP_TEXT; format <= STAGEPP_SARIF; format++) {
        size_t len;
        const char *text =
            stagepp_diagnostics(w->s, (stagepp_format)format, &len);
        if (!step(w, len ? STAGEPP_OK : STAGEPP_FAILED, STAGEPP_OK, text, len))
            return false;
    }
    const char *text = stagepp_quote_make(w->s, "a b$");
    return step(w, *text ? STAGEPP_OK : STAGEPP_FAILED, STAGEPP_OK, text,
                strlen(text));
}

/* Calls that do not need an expansion, or end the previous one. */
static bool ask_other(struct work *w)
{
    static const char plain[] = "FROM a\nRUN [\"b\"]\n";
    const char *text;
    size_t len;
    CALL(STAGEPP_OK, stagepp_params, "t.in", STAGEPP_ANSWER_JSON);
    CALL(STAGEPP_OK, stagepp_run,
         &(stagepp_job){.goal = STAGEPP_GOAL_PARAMS,
                        .path = "t.in",
                        .bytes = project_template,
                        .len = strlen(project_template)});
    CALL(STAGEPP_OK, stagepp_macros, "lib", STAGEPP_ANSWER_JSON);
    CALL(STAGEPP_OK, stagepp_macros, "lib", STAGEPP_ANSWER_MARKDOWN);
    CALL(STAGEPP_OK, stagepp_macros, "std/python", STAGEPP_ANSWER_TEXT);
    text = "";
    len = 0;
    if (!step(w, stagepp_builtins(w->s, &text, &len), STAGEPP_OK, text, len) ||
        !step(w, stagepp_lint_file(w->s, "plain"), STAGEPP_OK, NULL, 0))
        return false;
    stagepp_job job = {.goal = STAGEPP_GOAL_LINT_FILE,
                       .path = "p",
                       .bytes = plain,
                       .len = sizeof plain - 1};
    CALL(STAGEPP_OK, stagepp_run, &job);
    job.goal = STAGEPP_GOAL_INSTRUCTIONS;
    CALL(STAGEPP_OK, stagepp_run, &job);
    CALL(STAGEPP_OK, stagepp_instructions, "plain");
    return true;
}

static void count_line(void *context, const char *line)
{
    ++*(unsigned *)context;
    (void)line;
}

/* Does everything, as far as there is memory. */
static void work(struct work *w)
{
    static unsigned lines;
    w->r->n = 0;
    w->r->fell = false;
    stagepp_set_tracer(w->s, count_line, &lines);
    stagepp_set_recording(w->s, w->version);
    stagepp_clear_params(w->s);
    (void)(set_up_session(w) && expand(w) && ask(w) && write_all(w) && say(w) &&
           ask_other(w));
}

/* --- the series --- */

static struct result wanted[2];
static char *files[2][OUTPUTS];

static void free_texts(struct result *r)
{
    for (unsigned i = 0; i < r->n; i++)
        free(r->text[i]);
}

/* Each output exists, old or new; with `all`, all are new. */
static void check_files(int version, bool all)
{
    for (int i = 0; i < OUTPUTS; i++) {
        bool new = tree_holds(output_names[i], files[version][i]);
        if (!new && (all || !tree_holds(output_names[i], files[!version][i]))) {
            fprintf(stderr, "# %s\n", output_names[i]);
            fail();
        }
    }
    assert_int_equal(tree_temporaries("."), 0);
}

/* Puts the outputs of that version in place. */
static void old_files(int version)
{
    for (int i = 0; i < OUTPUTS; i++)
        tree_write(output_names[i], files[version][i]);
}

/* A session in which the n-th allocation fails and which then does everything
 * once more; false if there are less than n allocations. */
static bool try_one(unsigned n, bool always, int version)
{
    struct result got;
    long before = allocate_blocks();
    unsigned open = tree_descriptors();
    is_always = always;
    allocate_begin(n, always);
    stagepp_session *s = stagepp_new();
    struct work w = {s, &got, &wanted[version], version, false};
    if (s)
        work(&w);
    allocate_end();
    bool failed = allocate_failed();
    assert_true(s || failed);
    check_files(version, s && !got.fell);
    if (s) {
        w.again = true;
        old_files(!version);
        work(&w);
        assert_int_equal(got.n, wanted[version].n);
    }
    stagepp_free(s);
    if (allocate_blocks() != before)
        fprintf(stderr, "# allocation %u: leak\n", n);
    assert_int_equal(allocate_blocks(), before);
    assert_int_equal(tree_descriptors(), open);
    return failed;
}

static int set_up(void **state)
{
    (void)state;
    size_t len;
    tree_enter();
    project_write();
    mkdir("out", 0777);
    /* The files must exist first, so that there can be a difference. */
    for (int round = 0; round < 4; round++) {
        int version = round % 2;
        stagepp_session *s = stagepp_new();
        struct work w = {s, &wanted[version], NULL, version, true};
        assert_non_null(s);
        if (round >= 2) {
            free_texts(&wanted[version]);
            old_files(!version);
        }
        work(&w);
        stagepp_free(s);
        for (int i = 0; i < OUTPUTS && round < 2; i++) {
            files[version][i] = tree_read(output_names[i], &len);
            assert_non_null(files[version][i]);
        }
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int version = 0; version < 2; version++) {
        free_texts(&wanted[version]);
        for (int i = 0; i < OUTPUTS; i++)
            free(files[version][i]);
    }
    tree_leave();
    return 0;
}

/* With recorded positions (version 1), and without. */
static unsigned try_each(bool always)
{
    unsigned tried = 0;
    for (int version = 0; version < 2; version++) {
        unsigned n = 0;
        do
            old_files(!version);
        while (try_one(++n, always, version));
        assert_true(n > 20);
        tried += n - 1;
    }
    return tried;
}

/* With paddings of all lengths if STAGEPP_TEST_ALL=1; else with a few, which
 * differ each time. */
static void try_all(bool always)
{
    const char *all = getenv("STAGEPP_TEST_ALL");
    size_t step = all && *all ? PAD_STEP : MOST_PAD / 4;
    size_t from = (size_t)time(NULL) % step;
    unsigned tried = try_each(always);
    for (size_t len = from; len < MOST_PAD; len += step) {
        memset(pad, 'p', len);
        pad[len] = '\0';
        tried += try_each(always);
    }
    pad[0] = '\0';
    print_message("# %u allocations, paddings from %zu\n", tried, from);
}

static void one_allocation_fails(void **state)
{
    (void)state;
    try_all(false);
}

static void all_fail_from_then_on(void **state)
{
    (void)state;
    try_all(true);
}

/* Without this, the tests would cover less than they claim. */
static void other_libraries_are_reached(void **state)
{
    (void)state;
    allocate_begin(0, false);
    pcre2_match_context_free(pcre2_match_context_create(NULL));
    allocate_end();
    if (allocate_count() > 0)
        return;
    print_message("# PCRE2 has another malloc here\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(other_libraries_are_reached),
        cmocka_unit_test(one_allocation_fails),
        cmocka_unit_test(all_fail_from_then_on),
    };
    return tap_run(tests, set_up, tear_down);
}
