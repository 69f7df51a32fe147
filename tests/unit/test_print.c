/* SPDX-License-Identifier: MIT */
/* Diagnostics as they are printed: every shape of the line and its underline,
 * and JSON. Each test reports and compares the whole text. */
#include "report.h"

#include <stdio.h>
#include <string.h>

/* Underlines len bytes at off of a text and compares all but the first line. */
static void check_excerpt(struct fixture *f, struct str text, uint32_t off,
                          uint32_t len, const char *want)
{
    struct source *s = add_source(f, "a", text, 0);
    diag_report(&f->diags, DIAG_TYPE, (struct span){s, off, len}, NULL, "x");
    buf_truncate(&f->out, 0);
    diag_print_text(&f->out, &f->diags, false);
    struct str got = buf_str(&f->out);
    check_str(str_from_off(got, str_chr(got, '\n', 0) + 1), want);
    diag_clear(&f->diags);
}

/* --- text --- */

static void test_plain(void **state)
{
    struct fixture *f = *state;
    struct source *s = add_source(
        f, "web.in", STR("FROM x\n@python.production(server=sever)\n"), 0);
    struct diag *d =
        diag_report(&f->diags, DIAG_UNKNOWN_NAME, (struct span){s, 33, 5}, NULL,
                    "'%s'; did you mean '%s'?", "sever", "server");
    diag_note(&f->diags, d, (struct span){s, 0, 4}, "see here");
    diag_note(&f->diags, d, source_nowhere, "and think");
    diag_report(&f->diags, DIAG_USER_WARNING, source_nowhere, NULL, "beware");
    diag_report(&f->diags, DIAG_UNREADABLE, source_nowhere, NULL, "x: no");
    check_text(f, "web.in:2:27: error: unknown name 'sever'; did you mean "
                  "'server'? [unknown-name]\n"
                  "    2 | @python.production(server=sever)\n"
                  "      |                           ^~~~~\n"
                  "web.in:1:1: note: see here\n"
                  "    1 | FROM x\n"
                  "      | ^~~~\n"
                  "  note: and think\n"
                  "stagepp: warning: beware [warn]\n"
                  "stagepp: error: x: no [unreadable]\n");
}

static void test_colour(void **state)
{
    struct fixture *f = *state;
    struct source *s = add_source(f, "a", STR("text"), 0);
    struct diag *d = diag_report(&f->diags, DIAG_USER_WARNING,
                                 (struct span){s, 0, 4}, NULL, "m");
    diag_note(&f->diags, d, source_nowhere, "n");
    diag_report(&f->diags, DIAG_TYPE, source_nowhere, NULL, "e");
    diag_print_text(&f->out, &f->diags, true);
    check_str(buf_str(&f->out),
              "\x1b[1ma:1:1:\x1b[0m \x1b[1;35mwarning:\x1b[0m m [warn]\n"
              "    1 | text\n"
              "      | \x1b[32m^~~~\x1b[0m\n"
              "  \x1b[1;36mnote:\x1b[0m n\n"
              "\x1b[1mstagepp:\x1b[0m \x1b[1;31merror:\x1b[0m e [type]\n");
}

static void test_chain(void **state)
{
    struct fixture *f = *state;
    struct source *s = add_source(f, "a", STR("text"), 0);
    struct trace outer = {NULL, TRACE_DEFER, STR(""), {s, 0, 1}, 1};
    struct trace file = {&outer, TRACE_INCLUDE, STR("x.in"), {s, 1, 1}, 2};
    struct trace lib = {&file, TRACE_IMPORT, STR("std/x"), {s, 2, 1}, 3};
    struct trace top = {&lib, TRACE_MACRO, STR("x.f"), {s, 3, 1}, 4};
    struct diag *d =
        diag_report(&f->diags, DIAG_TYPE, source_nowhere, &top, "m");
    diag_note(&f->diags, d, source_nowhere, "one");
    diag_note(&f->diags, d, source_nowhere, "two");
    check_text(f, "stagepp: error: m [type]\n"
                  "  note: one\n"
                  "  note: two\n"
                  "a:1:4: note: in macro x.f called here\n"
                  "a:1:3: note: in library std/x imported here\n"
                  "a:1:2: note: in file x.in included here\n"
                  "a:1:1: note: in the @defer block here\n");
}

static struct diag *report_deep(struct fixture *f, uint32_t depth)
{
    static char digits[1000][16];
    struct source *s = add_source(f, "a", STR("text"), 0);
    const struct trace *up = NULL;
    for (uint32_t i = 1; i <= depth; i++) {
        struct trace *t = arena_new(&f->arena, struct trace);
        snprintf(digits[i], sizeof digits[i], "f%u", i);
        *t = (struct trace){up, TRACE_MACRO, str_from(digits[i]), {s, 0, 1}, i};
        up = t;
    }
    return diag_report(&f->diags, DIAG_TYPE, source_nowhere, up, "depth %u",
                       depth);
}

static void test_long_chain(void **state)
{
    struct fixture *f = *state;
    struct diag *d = report_deep(f, 20);
    assert_int_equal(d->notes.n, 20);
    d = report_deep(f, 21);
    assert_int_equal(d->notes.n, 21);
    check_str(d->notes.at[10].message, "… 1 more");
    d = report_deep(f, 999);
    assert_int_equal(d->notes.n, 21);
    check_str(d->notes.at[0].message, "in macro f999 called here");
    check_str(d->notes.at[9].message, "in macro f990 called here");
    check_str(d->notes.at[10].message, "… 979 more");
    assert_null(d->notes.at[10].span.source);
    check_str(d->notes.at[11].message, "in macro f10 called here");
    check_str(d->notes.at[20].message, "in macro f1 called here");
}

/* --- the underline --- */

static void test_tabs(void **state)
{
    check_excerpt(*state, STR("\tab\tc d"), 4, 1,
                  "    1 |         ab      c d\n"
                  "      |                 ^\n");
    check_excerpt(*state, STR("a\tb"), 1, 1,
                  "    1 | a       b\n"
                  "      |  ^~~~~~~\n");
}

static void test_widths(void **state)
{
    /* wide characters, then e with a combining acute */
    check_excerpt(*state, STR("日本 x"), 3, 3,
                  "    1 | 日本 x\n"
                  "      |   ^~\n");
    check_excerpt(*state, STR("日本 x"), 7, 1,
                  "    1 | 日本 x\n"
                  "      |      ^\n");
    check_excerpt(*state, STR("e\xcc\x81x y"), 3, 3,
                  "    1 | e\xcc\x81x y\n"
                  "      |  ^~~\n");
}

static void test_controls(void **state)
{
    check_excerpt(*state,
                  STR("a\x1b[1mb\xff"
                      "c"),
                  5, 2,
                  "    1 | a\\x1b[1mb\\xffc\n"
                  "      |         ^~~~~\n");
    check_excerpt(*state,
                  STR("\0\xc2\x9b\r\x7f"
                      "x"),
                  5, 1,
                  "    1 | \\x00\\xc2\\x9b\\x0d\\x7fx\n"
                  "      |                     ^\n");
    check_excerpt(*state,
                  STR("\xe2\x80\xae"
                      "x"),
                  0, 3,
                  "    1 | \\xe2\\x80\\xaex\n"
                  "      | ^~~~~~~~~~~~\n");
}

static void test_ends(void **state)
{
    check_excerpt(*state, STR("ab"), 2, 0,
                  "    1 | ab\n"
                  "      |   ^\n");
    check_excerpt(*state, STR("ab\n"), 3, 0,
                  "    2 |\n"
                  "      | ^\n");
    check_excerpt(*state, STR("ab\r\nc"), 2, 2,
                  "    1 | ab\n"
                  "      |   ^\n");
    check_excerpt(*state, STR("ab"), 1, 0,
                  "    1 | ab\n"
                  "      |  ^\n");
    check_excerpt(*state, STR("ab"), 70, 7,
                  "    1 | ab\n"
                  "      |   ^\n");
    check_excerpt(*state, STR("ab(c\nd)\n"), 2, 5,
                  "    1 | ab(c\n"
                  "      |   ^~\n");
    check_excerpt(*state, STR("ab"), 1, UINT32_MAX,
                  "    1 | ab\n"
                  "      |  ^\n");
}

static void test_bom(void **state)
{
    check_excerpt(*state, STR("\xef\xbb\xbf@if"), 3, 3,
                  "    1 | @if\n"
                  "      | ^~~\n");
    check_excerpt(*state, STR("\xef\xbb\xbf@if"), 0, 3,
                  "    1 | @if\n"
                  "      | ^\n");
}

static void test_long_line_left(void **state)
{
    char line[401];
    memset(line, 'x', 400);
    line[400] = '\0';
    char want[800];
    snprintf(want, sizeof want,
             "    1 | %.160s...\n"
             "      |           ^~~\n",
             line);
    check_excerpt(*state, str_from(line), 10, 3, want);
    line[160] = '\0';
    snprintf(want, sizeof want,
             "    1 | %s\n"
             "      | %159s^\n",
             line, "");
    check_excerpt(*state, str_from(line), 159, 1, want);
}

static void test_long_line_window(void **state)
{
    char line[401];
    memset(line, 'x', 400);
    line[400] = '\0';
    char want[800];
    snprintf(want, sizeof want,
             "    1 | ...%.160s...\n"
             "      | %43s^~~\n",
             line, "");
    check_excerpt(*state, str_from(line), 200, 3, want);
    snprintf(want, sizeof want,
             "    1 | ...%.43s\n"
             "      | %43s^~~\n",
             line, "");
    check_excerpt(*state, str_from(line), 397, 3, want);
    snprintf(want, sizeof want,
             "    1 | ...%.40s\n"
             "      | %43s^\n",
             line, "");
    check_excerpt(*state, str_from(line), 400, 0, want);
}

static void test_long_span(void **state)
{
    char line[401];
    memset(line, 'x', 400);
    line[400] = '\0';
    char wave[161];
    memset(wave, '~', 160);
    wave[160] = '\0';
    char want[800];
    snprintf(want, sizeof want,
             "    1 | %.160s...\n"
             "      |      ^%.154s\n",
             line, wave);
    check_excerpt(*state, str_from(line), 5, 390, want);
}

static void test_wide_at_the_cut(void **state)
{
    char line[601] = "x";
    for (int i = 0; i < 199; i++)
        memcpy(line + 1 + 3 * i, "日", 3);
    line[598] = '\0';
    char want[800];
    /* From column 161 on: the window begins at 121, not inside a character. */
    snprintf(want, sizeof want,
             "    1 | ...%.240s...\n"
             "      | %43s^~\n",
             line + 1, "");
    check_excerpt(*state, str_from(line), 1 + 3 * 80, 3, want);
    /* Without the x, the last character would stick out of column 160. */
    snprintf(want, sizeof want,
             "    1 | %.238s...\n"
             "      | ^\n",
             line);
    check_excerpt(*state, str_from(line), 0, 1, want);
}

/* What is too far before the span is not looked at, from the middle of a
 * character on, either. */
static void test_wide_and_far(void **state)
{
    static char line[3 * 1000 + 1];
    for (int i = 0; i < 1000; i++)
        memcpy(line + 3 * i, "日", 3);
    char want[800];
    for (int at = 800; at < 803; at++) {
        snprintf(want, sizeof want,
                 "    1 | ...%.240s...\n"
                 "      | %43s^~\n",
                 line, "");
        check_excerpt(*state, str_from(line), 3u * (unsigned)at, 3, want);
    }
}

/* Characters without a width, so that what is far is in sight. */
static void test_narrow_and_far(void **state)
{
    static char line[3 * 1000 + 2];
    for (int i = 0; i < 1000; i++)
        memcpy(line + 3 * i, "\xe2\x80\x8b", 3);
    line[3000] = 'x';
    char want[3000];
    snprintf(want, sizeof want,
             "    1 | ...%s\n"
             "      |    ^\n",
             line + 954); /* where the first whole one begins */
    check_excerpt(*state, str_from(line), 3000, 1, want);
}

static void test_safe_names(void **state)
{
    struct fixture *f = *state;
    struct source *s = add_source(f, "a\x1b]0;é\xff", STR("text"), 0);
    struct diag *d = diag_report(&f->diags, DIAG_TYPE, (struct span){s, 0, 4},
                                 NULL, "b\n\t\x9b é");
    diag_note(&f->diags, d, source_nowhere, "c\r");
    check_text(f, "a\\x1b]0;é\\xff:1:1: error: b\n    \t\\x9b é [type]\n"
                  "    1 | text\n"
                  "      | ^~~~\n"
                  "  note: c\\x0d\n");
}

/* Over a hundred diagnostics in a line of megabytes: a time limit would be
 * flaky, but a quadratic walk would take minutes here. */
static void test_megabytes(void **state)
{
    struct fixture *f = *state;
    size_t size = 4 << 20;
    char *text = arena_alloc(&f->arena, size);
    memset(text, 'x', size);
    struct source *s = add_source(f, "a", (struct str){text, size}, 0);
    for (uint32_t i = 0; i < 100; i++)
        diag_report(&f->diags, DIAG_TYPE, (struct span){s, i * 40000, 1}, NULL,
                    "m");
    diag_print_text(&f->out, &f->diags, false);
    assert_true(f->out.len < 100 * 450);
}

/* --- JSON --- */

static void test_json(void **state)
{
    struct fixture *f = *state;
    struct source *s = add_source(f, "a/\"b\"", STR("é(\nx)"), 0);
    struct trace t = {NULL, TRACE_MACRO, STR("f"), {s, 0, 2}, 1};
    struct diag *d = diag_report(&f->diags, DIAG_TYPE, (struct span){s, 2, 4},
                                 &t, "bad \xff\xc3 'é/'");
    diag_note(&f->diags, d, source_nowhere, "one");
    diag_report(&f->diags, DIAG_USER_WARNING, source_nowhere, NULL, "w");
    diag_print_json(&f->out, &f->diags);
    check_str(
        buf_str(&f->out),
        "[\n {\"file\": \"a/\\\"b\\\"\", \"line\": 1, \"column\": 2, "
        "\"endLine\": 2, \"endColumn\": 3, \"severity\": \"error\", "
        "\"id\": \"type\", \"message\": \"bad \xef\xbf\xbd\xef\xbf\xbd 'é/'\", "
        "\"notes\": [{\"file\": null, \"line\": null, \"column\": null, "
        "\"endLine\": null, \"endColumn\": null, \"message\": \"one\"}, "
        "{\"file\": \"a/\\\"b\\\"\", \"line\": 1, \"column\": 1, "
        "\"endLine\": 1, \"endColumn\": 2, "
        "\"message\": \"in macro f called here\"}]},\n"
        " {\"file\": null, \"line\": null, \"column\": null, "
        "\"endLine\": null, \"endColumn\": null, \"severity\": \"warning\", "
        "\"id\": \"warn\", \"message\": \"w\", \"notes\": []}\n]\n");
}

static void test_json_empty(void **state)
{
    struct fixture *f = *state;
    diag_print_json(&f->out, &f->diags);
    check_str(buf_str(&f->out), "[]\n");
    check_text(f, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_plain),
        TEST(test_colour),
        TEST(test_chain),
        TEST(test_long_chain),
        TEST(test_tabs),
        TEST(test_widths),
        TEST(test_controls),
        TEST(test_ends),
        TEST(test_bom),
        TEST(test_long_line_left),
        TEST(test_long_line_window),
        TEST(test_long_span),
        TEST(test_wide_at_the_cut),
        TEST(test_wide_and_far),
        TEST(test_narrow_and_far),
        TEST(test_safe_names),
        TEST(test_megabytes),
        TEST(test_json),
        TEST(test_json_empty),
    };
    return tap_run(tests, NULL, NULL);
}
