/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is a Dockerfile. Its instructions take lines in the
 * order of the file, with only blanks and comments between them, and each
 * report has a place in it. It is checked as a file, and as the output of a
 * template, where less is certain: that must not give errors that the file does
 * not have. Without errors, it has a graph and a list of its stages, which is
 * valid JSON if that is the format. Some of the inputs go through a session. */
#include "world.h"

#include "docker/docker.h"
#include "docker/listing.h"
#include "docker/targets.h"
#include "docker/text.h"
#include "eval/value_data.h"
#include "eval/value_json.h"

#include <stagepp.h>

#include <stdlib.h>

/* --- the instructions --- */

/* The number of line ends from offset `from` to `to`. */
static uint32_t line_ends(struct str text, uint32_t from, uint32_t to)
{
    uint32_t n = 0;
    for (; from < to; from++)
        n += text.ptr[from] == '\n';
    return n;
}

/* Nothing in [from, to) means anything to the builder. */
static void check_gap(struct str text, uint32_t from, uint32_t to)
{
    struct str gap = str_slice(text, from, to - from);
    if (from == 0 && str_starts(gap, STR("\xEF\xBB\xBF")))
        gap = str_from_off(gap, 3);
    while (gap.ptr && gap.len) {
        struct str line = text_trim(text_cut(&gap, '\n'));
        promise(line.len == 0 || line.ptr[0] == '#',
                "between instructions are blank lines and comments");
    }
}

static void check_part(const struct instruction *i, struct str part,
                       size_t size)
{
    uint32_t off, len;
    instruction_place(i, part, &off, &len);
    promise(off >= i->off && off <= size && len <= size - off,
            "a part of an instruction has a place in it");
    fuzz_hash(0, part);
}

static void check_instruction(const struct instruction *i, struct str text)
{
    promise(i->off < i->end && i->end <= text.len, "it takes bytes");
    promise(i->first_line <= i->last_line && i->first_line > 0, "and lines");
    for (uint32_t k = 0; k < i->flags.n; k++)
        check_part(i, i->flags.at[k], text.len);
    for (uint32_t k = 0; k < i->args.n; k++)
        check_part(i, i->args.at[k], text.len);
    for (uint32_t k = 0; k < i->heredocs.n; k++) {
        struct str c = i->heredocs.at[k].content;
        promise(c.len == 0 || (c.ptr >= text.ptr + i->off &&
                               c.ptr + c.len <= text.ptr + i->end),
                "the text of a heredoc is in its instruction");
    }
    if (i->trigger)
        fuzz_hash(0, i->trigger->line);
}

static void check_order(const struct dockerfile *d, struct str text)
{
    uint32_t at = 0, line = 1, last = 0;
    for (uint32_t k = 0; k < d->list.n; k++) {
        const struct instruction *i = d->list.at[k];
        check_instruction(i, text);
        promise(i->off >= at && i->first_line > last, "they come in order");
        check_gap(text, at, i->off);
        line += line_ends(text, at, i->off);
        promise(line == i->first_line, "the first line is where it begins");
        line += line_ends(text, i->off, i->end - 1);
        promise(line == i->last_line, "the last line is where it ends");
        line += text.ptr[i->end - 1] == '\n';
        at = i->end;
        last = i->last_line;
    }
    check_gap(text, at, (uint32_t)text.len);
}

static void check_findings(const struct findings *f, size_t size)
{
    uint32_t errors = 0;
    for (uint32_t k = 0; k < f->list.n; k++) {
        const struct finding *found = f->list.at[k];
        promise(found->message.len > 0, "a report says something");
        promise(found->off <= size && found->len <= size - found->off,
                "and has a place in the text");
        for (uint32_t i = 0; i < found->notes.n; i++)
            promise(found->notes.at[i].off <= size &&
                        found->notes.at[i].len <= size - found->notes.at[i].off,
                    "so have its notes");
        errors += diag_is_error(found->id);
    }
    promise(errors == f->errors, "errors are counted");
}

/* --- the checks --- */

static bool read_ignore(void *ctx, struct str *text)
{
    (void)ctx;
    *text = STR("# comment\n*.o\n!keep\n/src/**\n");
    return true;
}

static struct check *run_check(struct world *w, struct str text, bool any)
{
    struct check *c = arena_new(&w->arena, struct check);
    c->ignore = read_ignore;
    c->any_values = any;
    docker_check(c, &w->arena, text);
    check_findings(&c->f, text.len);
    return c;
}

static void expect_json(struct world *w, struct buf *out)
{
    struct value v;
    struct data_error err;
    promise(value_data_read(&w->arena, DATA_JSON, buf_str(out), &v, &err),
            "the list as JSON is valid JSON");
    buf_truncate(out, 0);
}

static void ask(struct world *w, struct buf *out, const struct model *m)
{
    const struct graph_file files[] = {{STR("a"), m}, {STR(""), m}};
    graph_dot(out, files, 2);
    graph_mermaid(out, files, 2);
    targets_write(out, files, 1);
    promise(out->len > 0, "there is a graph");
    buf_truncate(out, 0);
    targets_write_json(out, files, 2);
    expect_json(w, out);
}

static void check(struct world *w, struct buf *out, struct str text)
{
    struct check *alone = run_check(w, text, false);
    check_order(&alone->d, text);
    promise(alone->d.parsed || alone->f.errors > 0, "a refusal is reported");
    if (alone->d.parsed && fuzz_one_in(text, 4)) {
        listing_write(out, &alone->d);
        expect_json(w, out);
    }
    struct check *output = run_check(w, text, true);
    promise(output->f.errors == 0 || alone->f.errors > 0,
            "no error depends on values");
    if (output->f.errors == 0)
        ask(w, out, &output->m);
}

static void check_tried(struct world *w, struct buf *out, struct str text)
{
    if (WORLD_TRY(w))
        check(w, out, text);
}

/* --- through a session --- */

static size_t count_errors(stagepp_session *s)
{
    size_t errors = 0;
    for (size_t i = 0; i < stagepp_diagnostic_count(s); i++)
        errors += stagepp_get_diagnostic(s, i).severity == STAGEPP_ERROR;
    return errors;
}

static void ask_session(stagepp_session *s, const stagepp_target *target)
{
    static const char *const tags[] = {"${R}/a:{name}", NULL};
    stagepp_target file = *target;
    const char *text;
    size_t len;
    file.main_path = "a/Dockerfile";
    file.bake = (stagepp_bake_options){"{dir}/x", tags, NULL};
    promise(stagepp_bake(s, &file, &text, &len) == STAGEPP_OK &&
                stagepp_targets(s, target, STAGEPP_ANSWER_TEXT, &text, &len) ==
                    STAGEPP_OK,
            "without errors there is an answer");
}

static void check_session(struct str text)
{
    stagepp_session *s = stagepp_new();
    stagepp_target target = {0};
    size_t len;
    if (!s)
        return;
    stagepp_set_limit(s, "memory", 100000000);
    stagepp_job job = {.goal = STAGEPP_GOAL_LINT_FILE,
                       .path = "in",
                       .bytes = text.len ? text.ptr : "",
                       .len = text.len};
    stagepp_status status = stagepp_run(s, &job, NULL, NULL);
    size_t errors = count_errors(s);
    promise((status == STAGEPP_OK) == (errors == 0), "a status of the errors");
    stagepp_diagnostics(s, STAGEPP_TEXT, &len);
    stagepp_set_warning(s, "no-DanglingContinuation");
    if (str_chr(text, '@', 0) == STR_NONE &&
        stagepp_expand_buffer(s, "in", text.ptr, text.len) == STAGEPP_OK &&
        stagepp_output_count(s) == 1) {
        stagepp_lint(s, &target, STAGEPP_LINT_ALL);
        promise(count_errors(s) == 0 || errors, "no other errors");
        if (count_errors(s) == 0)
            ask_session(s, &target);
    }
    stagepp_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world w;
    struct buf out;
    struct str text = {(const char *)data, size};
    char *copy = fuzz_copy(text);
    text.ptr = copy;
    world_init(&w);
    buf_init(&out, &w.fault, LIMIT_COUNT);
    check_tried(&w, &out, text);
    buf_free(&out);
    world_free(&w);
    if (fuzz_one_in(text, 32))
        check_session(text);
    free(copy);
    return 0;
}
