/* SPDX-License-Identifier: MIT */
/* A fuzz target: an input is a template, with further files and parameters
 * written as in the chapters of the language reference:
 *
 *   template
 *   --- file NAME
 *   text of the file
 *   --- param NAME=VALUE
 *
 * It is expanded repeatedly with small limits, and everything that can be read
 * afterwards is read. Besides crashes, the target looks for broken promises: an
 * error has a diagnostic, the same input gives the same bytes, each byte has a
 * known origin, an expansion leaves nothing over for the next, text without an
 * @ comes out unchanged. Slow work is done for one input in eight. */
#include "grammar.h"

#include "../positions/check.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_PARTS = 32
};

/* A piece of the input: a line that begins with "--- ", and what follows. */
struct part {
    char head[100]; /* "file lib.spp", "" for the template itself */
    const char *bytes;
    size_t len;
};

struct input {
    struct part parts[MOST_PARTS];
    size_t n;
    bool thorough;
};

/* --- the input --- */

/* The offset of the next line that begins with "--- ", or len. */
static size_t next_head(const char *bytes, size_t len, size_t from)
{
    static const char mark[] = "--- ";
    enum {
        MARK = sizeof mark - 1
    };
    for (size_t at = from; at + MARK <= len; at++)
        if ((at == 0 || bytes[at - 1] == '\n') &&
            memcmp(bytes + at, mark, MARK) == 0)
            return at;
    return len;
}

static void split(struct input *in, const char *bytes, size_t len)
{
    size_t at = next_head(bytes, len, 0);
    in->thorough = fuzz_one_in((struct str){bytes, len}, 8);
    in->parts[0] = (struct part){"", bytes, at};
    in->n = 1;
    while (at < len && in->n < MOST_PARTS) {
        struct part *p = &in->parts[in->n++];
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t line = end ? (size_t)(end - bytes) : len;
        size_t body = end ? line + 1 : len;
        size_t head = line - at - 4;
        if (head >= sizeof p->head)
            head = sizeof p->head - 1;
        memcpy(p->head, bytes + at + 4, head);
        p->head[head] = '\0';
        at = next_head(bytes, len, body);
        p->bytes = bytes + body;
        p->len = at - body;
    }
}

/* Files that each input gets, so that a template alone can reach everything. */
static const struct {
    const char *name, *text;
} files[] = {
    {"lib.spp", "@# A library.\n@library \"lib\" version \"2.1\"\n"
                "@import \"dir/deep\"\n@let c = [1, 2]\n"
                "@define f(x, y=\"d\", *rest) = [x, y, *rest]\n"
                "@# Documented.\n@define t(body=\"\", n=1)\nRUN @{n}\n"
                "    @{body}\n@end\n@define _p() = 1\n"},
    {"dir/deep.spp", "@define d(x) = x\n@define _p() = 2\n"},
    {"inc.in", "@let i = 1\n@define m(a) = a\nLABEL @{x ?? \"none\"}\n"
               "@include \"dir/leaf.in\"\n"},
    {"dir/leaf.in", "COPY leaf /\r\n@sinclude \"./missing.in\"\n"},
    {"self.in", "@if __line__ == 1\n@include \"self.in\"\n@end\n"},
    {"d.json", "{\"a\": [1, 2.50, \"x\", null, true], \"m\": {\"k\": {}}}\n"},
    {"bad.json", "{\"a\": [1, }\n"},
};

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    const struct input *in = context;
    static const char kind[] = "file ";
    for (size_t i = 1; i < in->n; i++) {
        const struct part *p = &in->parts[i];
        if (strncmp(p->head, kind, sizeof kind - 1) == 0 &&
            strcmp(p->head + sizeof kind - 1, path) == 0) {
            *bytes = p->bytes;
            *len = p->len;
            return 0;
        }
    }
    if (strcmp(path, "t.in") == 0) {
        *bytes = in->parts[0].bytes;
        *len = in->parts[0].len;
        return 0;
    }
    if (strcmp(path, "unreadable.in") == 0)
        return 2;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (strcmp(files[i].name, path) == 0) {
            *bytes = files[i].text;
            *len = strlen(files[i].text);
            return 0;
        }
    return 1;
}

static void set_params(stagepp_session *s, struct input *in)
{
    static const char kind[] = "param ";
    for (size_t i = 1; i < in->n; i++) {
        char *name = in->parts[i].head + sizeof kind - 1;
        if (strncmp(in->parts[i].head, kind, sizeof kind - 1) != 0)
            continue;
        char *value = strchr(name, '=');
        if (value)
            *value++ = '\0';
        stagepp_set_param(s, name, value);
        if (value)
            value[-1] = '=';
        else
            stagepp_set_param_json(s, name, "json", in->parts[i].bytes,
                                   in->parts[i].len);
    }
}

/* --- promises --- */

/* A hash of n bytes, so that each is read and runs can be compared. */
static uint64_t read_bytes(uint64_t hash, const char *bytes, size_t n)
{
    hash = fuzz_hash(hash, (struct str){bytes, n});
    promise(bytes[n] == '\0', "bytes end with NUL");
    return hash;
}

static uint64_t read_string(uint64_t hash, const char *text)
{
    return read_bytes(hash, text, strlen(text));
}

static uint64_t read_outputs(stagepp_session *s, uint64_t hash)
{
    static const stagepp_target target = {
        .main_path = "main", .out_dir = "out", .rule_phony = 1};
    const char *text = "";
    size_t len = 0;
    for (size_t i = 0; i < stagepp_output_count(s); i++) {
        stagepp_output o = stagepp_get_output(s, i);
        promise(o.name[0] || i == 0, "the main output comes first");
        hash = read_string(hash, o.name);
        hash = read_bytes(hash, o.bytes, o.len);
    }
    for (size_t i = 0; i < stagepp_dep_count(s); i++)
        hash = read_string(hash, stagepp_get_dep(s, i));
    if (stagepp_list(s, &target, &text, &len) == STAGEPP_OK)
        hash = read_bytes(hash, text, len);
    if (stagepp_depfile(s, &target, &text, &len) == STAGEPP_OK)
        hash = read_bytes(hash, text, len);
    return hash;
}

/* Reads all diagnostics; *errors gets the number of errors. */
static uint64_t read_diagnostics(stagepp_session *s, uint64_t hash,
                                 bool thorough, size_t *errors)
{
    static const stagepp_format formats[] = {STAGEPP_TEXT, STAGEPP_COLOUR,
                                             STAGEPP_JSON, STAGEPP_SARIF};
    size_t n = stagepp_diagnostic_count(s);
    *errors = 0;
    for (size_t i = 0; i < n; i++) {
        stagepp_diagnostic d = stagepp_get_diagnostic(s, i);
        *errors += d.severity == STAGEPP_ERROR;
        /* Except of @error "" and @warn "". */
        bool said =
            d.message[0] || !strcmp(d.id, "error") || !strcmp(d.id, "warn");
        promise(said && d.id[0], "a diagnostic says something");
        promise(!d.file[0] == !d.line && !d.line == !d.column, "a place");
        hash = read_string(hash, d.message) + d.line + d.column + d.length;
    }
    size_t nformats = thorough ? sizeof formats / sizeof *formats : 0;
    for (size_t i = 0; i < nformats; i++) {
        size_t len;
        const char *text = stagepp_diagnostics(s, formats[i], &len);
        promise(!n == !len || (formats[i] == STAGEPP_SARIF && len),
                "diagnostics are printed");
        hash = read_bytes(hash, text, len);
    }
    return hash;
}

/* --- a run --- */

/* A template without anything special is its own expansion. */
static void unchanged(stagepp_session *s, const struct part *t)
{
    if (t->len && memchr(t->bytes, '@', t->len))
        return;
    promise(stagepp_output_count(s) == 1, "plain text is accepted");
    stagepp_output o = stagepp_get_output(s, 0);
    promise(o.len == t->len && (!o.len || !memcmp(o.bytes, t->bytes, o.len)),
            "plain text comes out unchanged");
}

static uint64_t expand(stagepp_session *s, const struct input *in, bool first)
{
    const struct part *t = &in->parts[0];
    size_t errors;
    stagepp_status status = stagepp_expand_buffer(s, "t.in", t->bytes, t->len);
    size_t n = stagepp_output_count(s);
    uint64_t hash = read_diagnostics(s, status, in->thorough, &errors);
    promise((status == STAGEPP_OK) == (errors == 0), "an error is explained");
    promise(status == STAGEPP_OK || n == 0, "no outputs after an error");
    if (in->n == 1)
        unchanged(s, t);
    if (first || in->thorough)
        promise(check_outputs(s) == 0, "positions are right");
    return read_outputs(s, hash);
}

static void trace(void *context, const char *line)
{
    uint64_t *hash = context;
    *hash = read_string(*hash, line);
}

/* The checks of the outputs, reported at the template, and the origin of a line
 * of each. */
static void look_closer(stagepp_session *s)
{
    static const stagepp_target target = {.main_path = "Dockerfile"};
    const char *text;
    size_t len, errors;
    if (stagepp_output_count(s) == 0)
        return;
    for (size_t i = 0; i < stagepp_output_count(s); i++) {
        char where[64];
        const char *name = stagepp_get_output(s, i).name;
        snprintf(where, sizeof where, "%.40s:%u", *name ? name : "Dockerfile",
                 (unsigned)i + 1);
        if (stagepp_explain(s, &target, where, &text, &len) == STAGEPP_OK)
            promise(len > 0 && text[len - 1] == '\n', "a line is explained");
    }
    stagepp_status status = stagepp_lint(s, &target, STAGEPP_LINT_ALL);
    read_diagnostics(s, 0, true, &errors);
    promise(status == STAGEPP_OK || errors > 0, "what is refused is explained");
    if (stagepp_graph(s, &target, STAGEPP_GRAPH_MERMAID, &text, &len) ==
        STAGEPP_OK)
        read_bytes(0, text, len);
}

/* A glob that only `name` matches. */
static void quote(char *glob, const char *name)
{
    for (; *name; name++) {
        if (strchr("*?[\\", *name))
            *glob++ = '\\';
        *glob++ = *name;
    }
    *glob = '\0';
}

/* Output number i is the same when it is written alone. Nothing is reported
 * then that was not before, since less is expanded. */
static void alone(stagepp_session *s, const struct input *in, size_t i)
{
    char name[64], glob[2 * sizeof name];
    stagepp_output o = stagepp_get_output(s, i);
    uint64_t hash = read_bytes((uint64_t)o.mode, o.bytes, o.len);
    if (!o.name[0] || strlen(o.name) >= sizeof name)
        return;
    strcpy(name, o.name);
    quote(glob, name);
    stagepp_job job = {.goal = STAGEPP_GOAL_EXPAND,
                       .path = "t.in",
                       .bytes = in->parts[0].bytes,
                       .len = in->parts[0].len,
                       .target = {.only = glob}};
    promise(stagepp_run(s, &job, NULL, NULL) == STAGEPP_OK, "it is expanded");
    size_t n = stagepp_output_count(s);
    promise(n == 1 || n == 2, "other blocks are not");
    o = stagepp_get_output(s, n - 1);
    promise(strcmp(o.name, name) == 0, "its name is the same");
    promise(read_bytes((uint64_t)o.mode, o.bytes, o.len) == hash,
            "an output does not depend on others");
}

/* Questions about the template, each of which begins a new expansion. */
static void ask(stagepp_session *s)
{
    const char *text;
    size_t len;
    for (int i = STAGEPP_ANSWER_TEXT; i <= STAGEPP_ANSWER_MARKDOWN; i++) {
        stagepp_answer_format format = (stagepp_answer_format)i;
        if (stagepp_params(s, "t.in", format, &text, &len) == STAGEPP_OK)
            read_bytes(0, text, len);
        if (stagepp_macros(s, "lib", format, &text, &len) == STAGEPP_OK)
            read_bytes(0, text, len);
    }
    stagepp_expand_file(s, "inc.in");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in;
    stagepp_session *s = stagepp_new();
    if (!s)
        return 0;
    split(&in, (const char *)data, size);
    stagepp_set_loader(s, load, &in);
    stagepp_set_limit(s, "steps", 500);
    stagepp_set_limit(s, "depth", 50);
    stagepp_set_limit(s, "value", 1 << 12);
    stagepp_set_limit(s, "output", 1 << 13);
    stagepp_set_limit(s, "memory", 16 << 20);
    stagepp_set_limit(s, "match", 10000);
    set_params(s, &in);
    uint64_t first = expand(s, &in, true);
    /* Questions, other templates and another variant in between do not leave
     * anything over. */
    if (in.thorough) {
        look_closer(s);
        for (size_t i = 0; i < 3 && i < stagepp_output_count(s); i++) {
            alone(s, &in, i);
            expand(s, &in, false);
        }
        ask(s);
    }
    stagepp_clear_params(s);
    if (in.n > 1) {
        uint64_t traced = FUZZ_HASH;
        stagepp_set_tracer(s, trace, &traced);
        stagepp_set_recording(s, 1);
        expand(s, &in, true);
        stagepp_set_recording(s, 0);
        stagepp_set_tracer(s, NULL, NULL);
    }
    set_params(s, &in);
    uint64_t last = expand(s, &in, false);
    promise(last == first, "the same input gives the same results");
    stagepp_free(s);
    return 0;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max,
                               unsigned int seed)
{
    return grammar_mutate(data, size, max, seed, true);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *data1, size_t size1,
                                 const uint8_t *data2, size_t size2,
                                 uint8_t *out, size_t max, unsigned int seed)
{
    return grammar_cross((struct str){(const char *)data1, size1},
                         (struct str){(const char *)data2, size2}, out, max,
                         seed);
}
