/* SPDX-License-Identifier: MIT */
/* A session that is used again gives what a new one gives. In: $srcdir,
 * $chapters. Out: TAP, one line for each chapter. Each of its examples is
 * expanded in a new session, and everything that can be read then is kept. In
 * another session it is expanded between other variants, failures and limits,
 * and all of that must be the same each time. */
#include "example.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- what a session gave, as text --- */

struct notes {
    char *text;
    size_t len, room;
};

static void put(struct notes *n, const char *bytes, size_t len)
{
    if (n->room - n->len <= len) {
        n->room = (n->room + len) * 2 + 1024;
        n->text = realloc(n->text, n->room);
        if (!n->text)
            abort();
    }
    memcpy(n->text + n->len, bytes, len);
    n->len += len;
    n->text[n->len] = '\0';
}

/* A line "== …" that says what follows, then the text. */
static void note(struct notes *n, const char *what, int status,
                 const char *text, size_t len)
{
    char head[200];
    put(n, head,
        (size_t)snprintf(head, sizeof head, "== %s: %d\n", what, status));
    put(n, text, len);
    put(n, "\n", 1);
}

static void trace(void *ctx, const char *line)
{
    note(ctx, "trace", 0, line, strlen(line));
}

static void note_results(struct notes *n, stagepp_session *s)
{
    for (size_t i = 0; i < stagepp_output_count(s); i++) {
        stagepp_output o = stagepp_get_output(s, i);
        note(n, o.name, 0, o.bytes, o.len);
    }
    for (size_t i = 0; i < stagepp_dep_count(s); i++)
        note(n, "dependency", 0, stagepp_get_dep(s, i),
             strlen(stagepp_get_dep(s, i)));
}

static void note_diagnostics(struct notes *n, stagepp_session *s)
{
    for (int format = STAGEPP_TEXT; format <= STAGEPP_SARIF; format++) {
        size_t len;
        const char *text = stagepp_diagnostics(s, (stagepp_format)format, &len);
        note(n, "diagnostics", format, text, len);
    }
}

/* Every question, as a run with that goal that goes on. */
static void note_answers(struct notes *n, stagepp_session *s)
{
    static const char *const tags[] = {"example.org/{name}", NULL};
    static const char *const args[] = {"A=1", NULL};
    static const struct {
        const char *name;
        stagepp_goal goal;
        const char *about;
    } questions[] = {
        {"lint", STAGEPP_GOAL_LINT, NULL},
        {"rule", STAGEPP_GOAL_DEPFILE, NULL},
        {"list", STAGEPP_GOAL_LIST, NULL},
        {"bake", STAGEPP_GOAL_BAKE, NULL},
        {"map", STAGEPP_GOAL_SOURCE_MAP, NULL},
        {"dot", STAGEPP_GOAL_GRAPH_DOT, NULL},
        {"mermaid", STAGEPP_GOAL_GRAPH_MERMAID, NULL},
        {"targets", STAGEPP_GOAL_TARGETS, NULL},
        {"line 1", STAGEPP_GOAL_EXPLAIN, "1"},
        {"line 3", STAGEPP_GOAL_EXPLAIN, "3"},
    };
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        stagepp_job job = {.goal = questions[i].goal,
                           .about = questions[i].about,
                           .checks = STAGEPP_LINT_ALL,
                           .target = {.main_path = "Dockerfile",
                                      .out_dir = "out",
                                      .rule_phony = 1,
                                      .bake = {"{dir}", tags, args}}};
        const char *text;
        size_t len;
        stagepp_status status = stagepp_run(s, &job, &text, &len);
        note(n, questions[i].name, (int)status, text, len);
    }
}

/* The lock file of the run, and what it says of the same run. */
static void note_lock(struct notes *n, stagepp_session *s)
{
    static const char path[] = "again.lock";
    char text[1 << 16] = "";
    int status = (int)stagepp_lock(s, path);
    FILE *f = fopen(path, "rb");
    size_t len = f ? fread(text, 1, sizeof text, f) : 0;
    if (f)
        fclose(f);
    note(n, "lock", status, text, len);
    note(n, "locked", (int)stagepp_check_lock(s, path), "", 0);
    remove(path);
}

static void note_questions(struct notes *n, stagepp_session *s)
{
    note_answers(n, s);
    note_lock(n, s);
    note_diagnostics(n, s);
}

static void note_expansion(struct notes *n, stagepp_session *s)
{
    stagepp_set_tracer(s, trace, n);
    int status = (int)stagepp_expand_file(s, "t.in");
    stagepp_set_tracer(s, NULL, NULL);
    note(n, "expand", status, "", 0);
    note_results(n, s);
    note_diagnostics(n, s);
}

/* Expands the template, and reads all there is. */
static void note_all(struct notes *n, stagepp_session *s)
{
    const char *text;
    size_t len;
    int status;
    note_expansion(n, s);
    note_questions(n, s);
    for (int f = STAGEPP_ANSWER_TEXT; f <= STAGEPP_ANSWER_MARKDOWN; f++) {
        status = (int)stagepp_params(s, "t.in", (stagepp_answer_format)f, &text,
                                     &len);
        note(n, "params", status, text, len);
    }
    note_diagnostics(n, s);
}

/* --- what may happen to a session in between --- */

struct subject {
    struct example *example;
    stagepp_session *session;
};

static void other_params(struct subject *of)
{
    stagepp_set_param(of->session, "no_such_parameter", "1");
    stagepp_set_param_json(of->session, "neither", "json", "[1, }", 5);
    stagepp_expand_file(of->session, "t.in");
}

static int load(void *ctx, const char *path, const char **bytes, size_t *len)
{
    const struct example *e = ctx;
    for (size_t i = 0; i < e->n; i++)
        if (strcmp(e->files[i].name, path) == 0) {
            *bytes = e->files[i].bytes;
            *len = e->files[i].len;
            return 0;
        }
    return 1;
}

static int load_others(void *ctx, const char *path, const char **bytes,
                       size_t *len)
{
    static const char text[] = "@let other = 1\nRUN other\n";
    int status = load(ctx, path, bytes, len);
    *bytes = text;
    *len = sizeof text - 1;
    return status;
}

/* Other files with the same names. */
static void other_files(struct subject *of)
{
    stagepp_set_loader(of->session, load_others, of->example);
    stagepp_expand_file(of->session, "t.in");
    stagepp_set_loader(of->session, load, of->example);
}

/* Files under other names: as parameters, and as templates. */
static void other_names(struct subject *of)
{
    const struct example *e = of->example;
    char path[300];
    for (size_t i = 0; i < e->n; i++) {
        snprintf(path, sizeof path, "./x/../%s", e->files[i].name);
        stagepp_set_param_file(of->session, "p", path);
        stagepp_expand_file(of->session, path);
        stagepp_expand_file(of->session, e->files[i].name);
    }
    stagepp_expand_file(of->session, "missing.in");
}

/* A list of the template's words, the last first, with which the session meets
 * its names in another order. */
static void other_order(struct subject *of)
{
    const struct example_file *t = of->example->files;
    char *text = malloc(2 * t->len + 8);
    size_t n = 0, end = t->len;
    if (!text)
        abort();
    n += (size_t)sprintf(text, "@{[");
    while (end) {
        size_t begin = end;
        while (begin && (isalnum((unsigned char)t->bytes[begin - 1]) ||
                         t->bytes[begin - 1] == '_'))
            begin--;
        memcpy(text + n, t->bytes + begin, end - begin);
        n += end - begin;
        if (end > begin)
            text[n++] = ',';
        end = begin ? begin - 1 : 0;
    }
    n += (size_t)sprintf(text + n, "1]}");
    stagepp_expand_buffer(of->session, "words", text, n);
    free(text);
}

static void nothing(struct subject *of)
{
    (void)of;
}

static void macros(struct subject *of)
{
    const char *text;
    size_t len;
    for (size_t i = 0; i < of->example->n; i++)
        stagepp_macros(of->session, of->example->files[i].name,
                       STAGEPP_ANSWER_JSON, &text, &len);
    stagepp_macros(of->session, NULL, STAGEPP_ANSWER_TEXT, &text, &len);
}

/* Names that this session has met before all others, and mistakes. */
static void buffer(struct subject *of)
{
    static const char text[] =
        "@let zzz = 1\n@define yyy(serve, sever, port) = zzz\nRUN <<E\n@endif\n"
        "E\n@{replace(\"aXb\", \"X\", \"@{yyy(1, 2, 3)}\")}@{no_name}\n";
    stagepp_expand_buffer(of->session, "b.in", text, sizeof text - 1);
    stagepp_expand_buffer(of->session, "t.in", text, sizeof text - 2);
}

static void dockerfile(struct subject *of)
{
    const char *text;
    size_t len;
    stagepp_lint_file(of->session, "t.in");
    stagepp_instructions(of->session, "t.in", &text, &len);
}

static void errors(struct subject *of)
{
    stagepp_set_warning(of->session, "error");
    stagepp_expand_file(of->session, "t.in");
    stagepp_set_warning(of->session, "no-error");
}

static void no_warning(struct subject *of)
{
    stagepp_set_warning(of->session, "no-foreign-directive");
    stagepp_expand_file(of->session, "t.in");
    stagepp_set_warning(of->session, "foreign-directive");
}

/* What all expansions get, so that none takes long, and what ends a run after a
 * part of its way. */
static const struct {
    const char *name;
    uint64_t usual, low[3];
} limit_list[] = {
    {"nesting", 200, {1, 2, 3}},     {"depth", 100, {1, 2, 3}},
    {"steps", 100000, {1, 7, 40}},   {"value", 1 << 20, {1, 4, 16}},
    {"output", 1 << 20, {1, 8, 40}}, {"memory", 32 << 20, {1, 70000, 300000}},
    {"input", 1 << 20, {1, 8, 40}},  {"errors", 100, {1, 1, 2}},
    {"match", 10000, {1, 20, 300}},
};

static void usual_limits(stagepp_session *s)
{
    for (size_t i = 0; i < sizeof limit_list / sizeof *limit_list; i++)
        stagepp_set_limit(s, limit_list[i].name, limit_list[i].usual);
}

static void low_limits(struct subject *of)
{
    for (size_t i = 0; i < sizeof limit_list / sizeof *limit_list; i++) {
        for (size_t k = 0; k < 3; k++) {
            stagepp_set_limit(of->session, limit_list[i].name,
                              limit_list[i].low[k]);
            stagepp_expand_file(of->session, "t.in");
        }
        usual_limits(of->session);
    }
}

static const struct {
    const char *name;
    void (*happen)(struct subject *of);
    bool compare; /* afterwards */
} events[] = {
    {"other names", nothing, true},
    {"other files", other_files, true},
    {"wrong parameters", other_params, false},
    {"questions about macros", macros, false},
    {"a text", buffer, false},
    {"a check of the template", dockerfile, true},
    {"warnings as errors", errors, false},
    {"without a warning", no_warning, false},
    {"low limits", low_limits, true},
};

/* --- comparing --- */

struct chapter {
    const char *name;
    int wrong;
};

static stagepp_session *session_for(struct example *e)
{
    stagepp_session *s = stagepp_new();
    if (!s)
        abort();
    stagepp_set_loader(s, load, e);
    usual_limits(s);
    return s;
}

/* Prints the first lines that differ, as comments. */
static void show(const struct example *e, const char *event,
                 const struct notes *want, const struct notes *got)
{
    const char *a = want->text, *b = got->text, *line_a = a, *line_b = b;
    for (; *a && *a == *b; a++, b++)
        if (*a == '\n') {
            line_a = a + 1;
            line_b = b + 1;
        }
    printf("# example%s, after %s:\n#   -%.*s\n#   +%.*s\n", e->title, event,
           (int)strcspn(line_a, "\n"), line_a, (int)strcspn(line_b, "\n"),
           line_b);
}

static void compare(struct chapter *c, const struct example *e,
                    const char *after, const struct notes *want,
                    const struct notes *got)
{
    if (want->len == got->len && memcmp(want->text, got->text, want->len) == 0)
        return;
    c->wrong++;
    show(e, after, want, got);
}

/* What a new session gives. Asking twice gives the same answers, and nothing
 * more is reported. */
static struct notes ask_new_session(struct chapter *c, struct example *e)
{
    stagepp_session *s = session_for(e);
    struct notes all = {0}, run = {0}, once = {0}, twice = {0};
    example_set_up(e, s, "");
    note_all(&all, s);
    note_expansion(&run, s);
    note_questions(&once, s);
    note_questions(&twice, s);
    compare(c, e, "the same questions", &once, &twice);
    stagepp_free(s);
    free(run.text);
    free(once.text);
    free(twice.text);
    return all;
}

static void try_example(void *ctx, struct example *e)
{
    struct chapter *c = ctx;
    struct subject of = {e, session_for(e)};
    struct notes want = ask_new_session(c, e);
    /* First under other names, and without the options: other limits. */
    other_order(&of);
    other_names(&of);
    stagepp_clear_params(of.session);
    example_set_up(e, of.session, "");
    for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
        struct notes got = {0};
        events[i].happen(&of);
        example_set_again(e, of.session, "");
        if (!events[i].compare)
            continue;
        note_all(&got, of.session);
        compare(c, e, events[i].name, &want, &got);
        free(got.text);
    }
    stagepp_free(of.session);
    free(want.text);
}

int main(void)
{
    const char *top = getenv("srcdir");
    char *source = realpath(top && *top ? top : ".", NULL);
    char dir[] = P_tmpdir "/stagepp-XXXXXX";
    char *chapters = getenv("chapters"), *rest = NULL;
    int number = 0;
    if (!source || !mkdtemp(dir) || chdir(dir) != 0)
        return 99;
    for (char *name = chapters ? strtok_r(chapters, " ", &rest) : NULL; name;
         name = strtok_r(NULL, " ", &rest)) {
        struct chapter c = {name, 0};
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", source, name);
        int n = example_each(path, try_example, &c);
        printf("%sok %d - %s: %d examples\n", n > 0 && !c.wrong ? "" : "not ",
               ++number, name, n);
        fflush(stdout);
    }
    printf("1..%d\n", number);
    free(source);
    return rmdir(dir) == 0 ? 0 : 99;
}
