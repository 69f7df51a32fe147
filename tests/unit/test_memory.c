/* SPDX-License-Identifier: MIT */
/* Makes the n-th allocation fail, for n = 1, 2, 3, … until none is left: each
 * run ends with a status, everything is freed, and the session works for the
 * next expansion. The linker leads all allocations of the library through here,
 * including PCRE2's constructors. Memory comes in chunks, and each run needs
 * only a few, so paddings of different lengths change what is at the end of a
 * chunk. */
#include "../tap.h"

#include <stagepp.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* --- allocations that fail --- */

static unsigned countdown; /* the allocation that fails; 0: none */
static bool forever;       /* and all those after it */
static bool failed;
static long blocks; /* the number of blocks that are not freed */

static bool fails(void)
{
    bool now = countdown && (countdown == 1 || --countdown == 0);
    if (now && !forever)
        countdown = 0;
    else if (now)
        countdown = 1;
    failed = failed || now;
    return now;
}

#define WRAP(type, name, parameters, arguments)          \
    type __real_##name parameters;                       \
    type __wrap_##name parameters;                       \
    type __wrap_##name parameters                        \
    {                                                    \
        return fails() ? NULL : __real_##name arguments; \
    }

void *__real_malloc(size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_malloc(size_t n)
{
    void *p = fails() ? NULL : __real_malloc(n);
    blocks += p != NULL;
    return p;
}

void *__real_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_calloc(size_t n, size_t size)
{
    void *p = fails() ? NULL : __real_calloc(n, size);
    blocks += p != NULL;
    return p;
}

void *__real_aligned_alloc(size_t align, size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n);
void *__wrap_aligned_alloc(size_t align, size_t n)
{
    void *p = fails() ? NULL : __real_aligned_alloc(align, n);
    blocks += p != NULL;
    return p;
}

void *__real_realloc(void *old, size_t n);
void *__wrap_realloc(void *old, size_t n);
void *__wrap_realloc(void *old, size_t n)
{
    void *p = fails() ? NULL : __real_realloc(old, n);
    blocks += p != NULL && old == NULL;
    return p;
}

void __real_free(void *p);
void __wrap_free(void *p);
void __wrap_free(void *p)
{
    blocks -= p != NULL;
    __real_free(p);
}

WRAP(pcre2_compile_context *, pcre2_compile_context_create_8,
     (pcre2_general_context * c), (c))
WRAP(pcre2_match_context *, pcre2_match_context_create_8,
     (pcre2_general_context * c), (c))
WRAP(pcre2_match_data *, pcre2_match_data_create_8,
     (uint32_t groups, pcre2_general_context *c), (groups, c))

pcre2_code *__real_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE len,
                                   uint32_t options, int *code,
                                   PCRE2_SIZE *offset,
                                   pcre2_compile_context *c);
pcre2_code *__wrap_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE len,
                                   uint32_t options, int *code,
                                   PCRE2_SIZE *offset,
                                   pcre2_compile_context *c);
pcre2_code *__wrap_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE len,
                                   uint32_t options, int *code,
                                   PCRE2_SIZE *offset, pcre2_compile_context *c)
{
    if (!fails())
        return __real_pcre2_compile_8(text, len, options, code, offset, c);
    *code = PCRE2_ERROR_HEAP_FAILED;
    return NULL;
}

/* --- the templates --- */

static const char good[] =
    "@import \"std/python\"\n"
    "@import \"lib\"\n"
    "@param pad = \"\"\n"
    "@let room = repeat(\"x\", len(pad) * 3)\n"
    "@let all = [upper(x) for x in split(\"a,b,c\", \",\")]\n"
    "@let d = data(\"d.json\")\n"
    "# @{len(room)} @{d.a | json} @{d.m.k}\n"
    "@for v in [\"3.9\", \"3.13\"]\n"
    "@file \"py@{v}/Dockerfile\"\n"
    "@python.base(version=v)\n"
    "@defer\n"
    "LABEL @{all | join(\" \")}\n"
    "@end\n"
    "@end\n"
    "@end\n"
    "@include \"inc.in\"\n"
    "@if matches(pad, '(a+)b') or glob(\"a.py\", \"*.p[xy]\")\n"
    "    @lib.run(sub(\"a-b\", '(\\w)-', '$1+'), \"z\")\n"
    "@end\n"
    "@join \" && \\\\\"\n"
    "    RUN a\n"
    "    b\n"
    "@end\n"
    "@for c in matrix({x: [1, 2], y: [\"a\", \"b\"]}, exclude=[{x: 1, y: "
    "\"a\"}])\n"
    "@{c.x}@{c.y} @{ver(\"1.2\") < ver(\"1.10\")}\n"
    "@end\n"
    "@warn \"seen\"\n";

static const char unknown[] = "@param pad = \"\"\n"
                              "@define f(x)\n"
                              "@{unknown} @{x} @{lenn(x)}\n"
                              "@end\n"
                              "@f(2, 3)\n"
                              "@if false\n"
                              "@{pda} @{f(y=1)}\n"
                              "@end\n";

static const char wrong[] = "@param pad = \"\"\n"
                            "@let room = repeat(\"x\", len(pad) * 3)\n"
                            "@define f(x)\n"
                            "@{x + \"a\"}\n"
                            "@if x < 10\n"
                            "    @f(x + 1)\n"
                            "@end\n"
                            "@end\n"
                            "@f(0)\n"
                            "@{data(\"d.json\").z} @{room[-1]}\n"
                            "@{matches(pad, \"(\")} @{glob(pad, \"[\")}\n"
                            "@include \"nothing.in\"\n"
                            "@error \"stop\"\n";

static const char stages[] = "@param pad = \"\"\n"
                             "@for v in [1, 2]\n"
                             "@file \"v@{v}/Dockerfile\"\n"
                             "# V the version@{pad}\n"
                             "ARG V=1\n"
                             "FROM a:$V AS b\n"
                             "FROM a AS a\n"
                             "COPY --from=b /x /x\n"
                             "@end\n"
                             "@end\n";

static const char asking[] = "@# How much.\n"
                             "@param pad = \"\"\n"
                             "@param m = {} \n"
                             "@# Which.\n"
                             "@param n = 1 in [1, 2]\n"
                             "@{pad} @{m | json} @{n}\n";

/* A template whose Dockerfile has mistakes, which are reported at its places.
 */
static const char building[] =
    "@param pad = \"\"\n"
    "@define copy(from)\n"
    "COPY --from=@{from} \\\n"
    "    \"$A\" ${B:-c} /x/\n"
    "@end\n"
    "# check=experimental=all\n"
    "ARG V=\"1\"\n"
    "FROM alpine:$V as One\n"
    "ENV A b\n"
    "RUN --mount=\"type=cache\",target=/root/@{len(pad) % 7} <<EOF\n"
    "apt-get update\n"
    "EOF\n"
    "FROM one\n"
    "@copy(\"one\")\n"
    "EXPOSE 80/TCP\n"
    "CMD [\"sh\", \"-c\", \"a\\u00e9 && b\"]\n";

static const char lib[] = "@# A library.\n"
                          "@define run(a, b=\"x\", *rest)\n"
                          "RUN @{a} @{b | sh} \\\n"
                          "    @{_twice(rest | len)}\n"
                          "@end\n"
                          "@define _twice(n) = n * 2\n";

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    (void)context;
    *bytes = strcmp(path, "t.in") == 0      ? asking
             : strcmp(path, "lib.spp") == 0 ? lib
             : strcmp(path, "inc.in") == 0 ? "@let i = 1\nCOPY @{i} @{all[0]}\n"
             : strcmp(path, "d.json") == 0
                 ? "{\"a\": [1, 2.5, 99999999999999999"
                   "999], \"m\": {\"k\": \"v\"}}"
                 : NULL;
    *len = *bytes ? strlen(*bytes) : 0;
    return *bytes ? 0 : 1;
}

/* --- runs --- */

struct result {
    stagepp_status status;
    char text[1 << 16]; /* everything that can be read */
};

static struct result asked;

/* What is done in a session. */
typedef void task_fn(stagepp_session *s, const char *text, struct result *r);

static void add(struct result *r, const char *text)
{
    size_t len = strlen(r->text);
    snprintf(r->text + len, sizeof r->text - len, "%s\n", text);
}

static void expand(stagepp_session *s, const char *text, struct result *r)
{
    static const stagepp_target target = {.main_path = "main", .rule_phony = 1};
    const char *list;
    size_t len;
    r->text[0] = '\0';
    r->status = stagepp_expand_buffer(s, "t.in", text, strlen(text));
    for (size_t i = 0; i < stagepp_output_count(s); i++) {
        stagepp_output o = stagepp_get_output(s, i);
        add(r, o.name);
        add(r, o.bytes);
    }
    for (size_t i = 0; i < stagepp_dep_count(s); i++)
        add(r, stagepp_get_dep(s, i));
    if (stagepp_list(s, &target, &list, &len) == STAGEPP_OK)
        add(r, list);
    if (stagepp_depfile(s, &target, &list, &len) == STAGEPP_OK)
        add(r, list);
    for (size_t i = 0; i < stagepp_diagnostic_count(s); i++)
        add(r, stagepp_get_diagnostic(s, i).message);
    for (int format = STAGEPP_TEXT; format <= STAGEPP_SARIF; format++)
        add(r, stagepp_diagnostics(s, (stagepp_format)format, &len));
}

/* The questions, and other work that takes memory; the text is that of t.in. */
static void ask(stagepp_session *s, const char *text, struct result *r)
{
    static const stagepp_target target = {.main_path = "no-such-file"};
    static const char json[] = "{\"k\": [1, 2.5]}";
    stagepp_status status[7];
    const char *said;
    size_t len;
    r->text[0] = '\0';
    status[0] = stagepp_set_param_json(s, "m", "json", json, strlen(json));
    status[1] = stagepp_add_include_dir(s, "dir");
    for (int i = 2; i < 4; i++)
        if (!(status[i] = stagepp_params(
                  s, "t.in", i == 2 ? STAGEPP_ANSWER_JSON : STAGEPP_ANSWER_TEXT,
                  &said, &len)))
            add(r, said);
    if (!(status[4] =
              stagepp_macros(s, "lib", STAGEPP_ANSWER_JSON, &said, &len)))
        add(r, said);
    if (!(status[5] = stagepp_builtins(s, &said, &len)))
        add(r, said);
    expand(s, text, &asked);
    add(r, asked.text);
    status[6] = asked.status;
    if (stagepp_check(s, &target, &said, &len) == STAGEPP_DIFFERS)
        add(r, said);
    add(r, stagepp_quote_make(s, "a b"));
    r->status = STAGEPP_OK;
    for (size_t i = 0; i < sizeof status / sizeof *status; i++)
        if (status[i] > r->status)
            r->status = status[i];
}

/* What is known about Dockerfiles. */
static void inspect(stagepp_session *s, const char *text, struct result *r)
{
    static const char *const tags[] = {"a/b:{name}", NULL};
    static const char *const args[] = {"V=2", NULL};
    static const stagepp_target target = {.main_path = "dir/Dockerfile",
                                          .bake = {"{dir}", tags, args}};
    stagepp_status status[7];
    const char *said[7] = {"", "", "", "", "", "", ""};
    size_t len;
    r->text[0] = '\0';
    r->status = stagepp_expand_buffer(s, "t.in", text, strlen(text));
    if (r->status != STAGEPP_OK)
        return;
    status[0] = stagepp_lint(s, &target, STAGEPP_LINT_AUTO);
    status[1] = stagepp_graph(s, &target, STAGEPP_GRAPH_DOT, &said[1], &len);
    status[2] =
        stagepp_graph(s, &target, STAGEPP_GRAPH_MERMAID, &said[2], &len);
    status[3] =
        stagepp_targets(s, &target, STAGEPP_ANSWER_JSON, &said[3], &len);
    status[4] = stagepp_bake(s, &target, &said[4], &len);
    status[5] = stagepp_explain(s, &target, "8", &said[5], &len);
    status[6] = stagepp_source_map(s, &target, &said[6], &len);
    for (size_t i = 0; i < 7; i++) {
        add(r, said[i]);
        if (status[i] > r->status)
            r->status = status[i];
    }
    add(r, stagepp_diagnostics(s, STAGEPP_SARIF, &len));
}

/* The contents of the outputs. */
static void look(stagepp_session *s, const char *text, struct result *r)
{
    static const char *const tags[] = {"${R}/{name}", NULL};
    static const char *const args[] = {"V=1", NULL};
    static const stagepp_target target = {.out_dir = "out",
                                          .bake = {"{dir}", tags, args}};
    const char *said;
    size_t len;
    r->text[0] = '\0';
    r->status = stagepp_expand_buffer(s, "t.in", text, strlen(text));
    for (int i = 0; i < 6 && r->status == STAGEPP_OK; i++) {
        r->status = i < 2   ? stagepp_graph(s, &target, (stagepp_graph_format)i,
                                            &said, &len)
                    : i < 5 ? stagepp_targets(s, &target,
                                              (stagepp_answer_format)(i - 2),
                                              &said, &len)
                            : stagepp_bake(s, &target, &said, &len);
        if (r->status == STAGEPP_OK)
            add(r, said);
    }
}

static stagepp_session *begin(size_t pad)
{
    char value[8192];
    memset(value, 'p', sizeof value);
    value[pad] = '\0';
    stagepp_session *s = stagepp_new();
    if (!s)
        return NULL;
    stagepp_set_loader(s, load, NULL);
    if (stagepp_set_param(s, "pad", value) == STAGEPP_OK)
        return s;
    assert_true(failed);
    stagepp_free(s);
    return NULL;
}

/* One run in which the n-th allocation fails, and one in the same session in
 * which none does; false if there are less than n allocations. */
static bool run(task_fn *task, const char *text, size_t pad, unsigned n,
                const struct result *want)
{
    static struct result got;
    blocks = 0;
    failed = false;
    countdown = n;
    stagepp_session *s = begin(pad);
    assert_true(s || failed);
    if (s) {
        task(s, text, &got);
        countdown = 0;
        assert_true(got.status == want->status ||
                    (failed && got.status == STAGEPP_FAILED));
        if (got.status == STAGEPP_FAILED && task == expand)
            assert_int_equal(stagepp_output_count(s), 0);
        task(s, text, &got);
        assert_int_equal(got.status, want->status);
        assert_string_equal(got.text, want->text);
    }
    countdown = 0;
    stagepp_free(s);
    assert_int_equal(blocks, 0);
    return failed;
}

static void try_all(task_fn *task, const char *text, stagepp_status status)
{
    static struct result want;
    enum {
        MOST = 8000,
        STEP = 61
    };
    for (size_t pad = 0; pad < MOST; pad += STEP) {
        stagepp_session *s = begin(pad);
        assert_non_null(s);
        task(s, text, &want);
        assert_int_equal(want.status, status);
        stagepp_free(s);
        unsigned n = 1;
        for (forever = false; run(task, text, pad, n, &want); n++)
            ;
        assert_true(n > 5);
        n = 1;
        for (forever = true; run(task, text, pad, n, &want); n++)
            ;
    }
}

static void an_expansion_without_memory(void **state)
{
    (void)state;
    try_all(expand, good, STAGEPP_OK);
}

static void unknown_names_without_memory(void **state)
{
    (void)state;
    try_all(expand, unknown, STAGEPP_DIFFERS);
}

static void mistakes_without_memory(void **state)
{
    (void)state;
    try_all(expand, wrong, STAGEPP_DIFFERS);
}

static void questions_without_memory(void **state)
{
    (void)state;
    try_all(ask, asking, STAGEPP_OK);
}

static void dockerfiles_without_memory(void **state)
{
    (void)state;
    try_all(inspect, building, STAGEPP_OK);
}

static void stages_without_memory(void **state)
{
    (void)state;
    try_all(look, stages, STAGEPP_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_expansion_without_memory),
        cmocka_unit_test(unknown_names_without_memory),
        cmocka_unit_test(mistakes_without_memory),
        cmocka_unit_test(questions_without_memory),
        cmocka_unit_test(dockerfiles_without_memory),
        cmocka_unit_test(stages_without_memory),
    };
    return tap_run(tests, NULL, NULL);
}
