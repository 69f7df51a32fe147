/* SPDX-License-Identifier: MIT */
/* Unified diffs: known texts, and for many random pairs the property that
 * matters: applied to the old text, the diff gives the new one. */
#include "driver/diff.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

static struct str diff(struct fixture *f, struct str a, struct str b)
{
    buf_truncate(&f->out, 0);
    diff_unified(&f->out, &f->arena, (struct diff_side){STR("old"), a},
                 (struct diff_side){STR("new"), b});
    return buf_str(&f->out);
}

static void check(struct fixture *f, struct str a, struct str b,
                  const char *want)
{
    struct str got = diff(f, a, b);
    if (!str_eq(got, str_from(want)))
        fail_msg("got:\n%.*s\nwanted:\n%s", STR_ARG(got), want);
}

#define HEADER "--- old\n+++ new\n"

static void test_equal(void **state)
{
    check(*state, STR(""), STR(""), "");
    check(*state, STR("a\nb"), STR("a\nb"), "");
}

static void test_change(void **state)
{
    check(*state, STR("1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
          STR("1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
          HEADER "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

static void test_ends(void **state)
{
    check(*state, STR("a\nb\n"), STR("b\nc\n"),
          HEADER "@@ -1,2 +1,2 @@\n-a\n b\n+c\n");
}

static void test_new_and_gone(void **state)
{
    check(*state, STR(""), STR("a\nb\n"), HEADER "@@ -0,0 +1,2 @@\n+a\n+b\n");
    check(*state, STR("a\n"), STR(""), HEADER "@@ -1 +0,0 @@\n-a\n");
}

static void test_no_newline(void **state)
{
    check(*state, STR("a\nb"), STR("a\nb\n"),
          HEADER "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
    check(*state, STR("a\nz"), STR("b\nz"),
          HEADER "@@ -1,2 +1,2 @@\n-a\n+b\n z\n"
                 "\\ No newline at end of file\n");
}

/* Six equal lines between two changes join them, seven separate them. */
static void test_hunks(void **state)
{
    check(*state, STR("x\n1\n2\n3\n4\n5\n6\nx\n"),
          STR("y\n1\n2\n3\n4\n5\n6\ny\n"),
          HEADER "@@ -1,8 +1,8 @@\n-x\n+y\n 1\n 2\n 3\n 4\n 5\n 6\n-x\n+y\n");
    check(*state, STR("x\n1\n2\n3\n4\n5\n6\n7\nx\n"),
          STR("y\n1\n2\n3\n4\n5\n6\n7\ny\n"),
          HEADER "@@ -1,4 +1,4 @@\n-x\n+y\n 1\n 2\n 3\n"
                 "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-x\n+y\n");
}

static void test_bytes(void **state)
{
    struct fixture *f = *state;
    struct str got = diff(f, STR("a\0b\n"), STR("a\0c\xff\r\n"));
    assert_true(str_eq(got, STR(HEADER "@@ -1 +1 @@\n-a\0b\n+a\0c\xff\r\n")));
}

/* --- applying a diff, for the property --- */

struct reader {
    struct str s;
    size_t off;
};

static struct str next_line(struct reader *r)
{
    size_t end = str_chr(r->s, '\n', r->off);
    end = end == STR_NONE ? r->s.len : end + 1;
    struct str line = str_slice(r->s, r->off, end - r->off);
    r->off = end;
    return line;
}

static bool marks_no_newline(const struct reader *r)
{
    return str_starts(str_from_off(r->s, r->off), STR("\\"));
}

/* Copies one line of a hunk to out, and checks it against old. */
static void apply_line(struct reader *d, struct reader *old, struct buf *out,
                       unsigned *changes)
{
    struct str line = next_line(d);
    struct str text = str_from_off(line, 1);
    if (marks_no_newline(d)) {
        text = str_chomp(text);
        next_line(d);
    }
    if (line.ptr[0] != '+')
        assert_true(str_eq(next_line(old), text));
    if (line.ptr[0] != '-')
        buf_add(out, text);
    *changes += line.ptr[0] != ' ';
}

/* Applies diff to old; returns the number of changed lines. */
static unsigned apply(struct str diff_text, struct str old_text,
                      struct buf *out)
{
    struct reader d = {diff_text, 0}, old = {old_text, 0};
    unsigned changes = 0;
    size_t line = 0;
    if (diff_text.len > 0)
        next_line(&d), next_line(&d);
    while (d.off < d.s.len) {
        struct str head = next_line(&d);
        assert_true(str_starts(head, STR("@@ -")));
        char *end;
        size_t from = strtoul(head.ptr + 4, &end, 10);
        size_t count = *end == ',' ? strtoul(end + 1, NULL, 10) : 1;
        for (size_t to = count > 0 ? from - 1 : from; line < to; line++)
            buf_add(out, next_line(&old));
        while (d.off < d.s.len && d.s.ptr[d.off] != '@') {
            line += d.s.ptr[d.off] != '+';
            apply_line(&d, &old, out, &changes);
        }
    }
    buf_add(out, str_from_off(old.s, old.off));
    return changes;
}

/* Lines of one letter, so that a line never begins with '@' or '\\'. */
static struct str random_text(struct fixture *f, uint32_t *seed)
{
    size_t n = (*seed = *seed * 1664525 + 1013904223) >> 27;
    char *s = arena_alloc(&f->arena, 2 * n + 1);
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 1664525 + 1013904223;
        s[2 * i] = (char)('a' + (*seed >> 30));
        s[2 * i + 1] = '\n';
    }
    return (struct str){s, n > 0 && (*seed >> 16 & 1) ? 2 * n - 1 : 2 * n};
}

/* Lines that must change: all but the longest common subsequence. */
static unsigned fewest(struct str a, struct str b)
{
    unsigned row[2][64] = {{0}};
    unsigned n = 0, m = 0, i = 0;
    for (struct reader r = {b, 0}; r.off < b.len; m++)
        next_line(&r);
    for (struct reader ra = {a, 0}; ra.off < a.len; n++, i ^= 1) {
        struct str line = next_line(&ra);
        struct reader rb = {b, 0};
        for (unsigned j = 0; j < m; j++) {
            unsigned up = row[i][j + 1], left = row[i ^ 1][j];
            bool same = str_eq(line, next_line(&rb));
            row[i ^ 1][j + 1] = same ? row[i][j] + 1 : up > left ? up : left;
        }
    }
    return n + m - 2 * row[i][m];
}

static void test_random(void **state)
{
    struct fixture *f = *state;
    struct buf got;
    buf_init(&got, &f->fault, LIMIT_OUTPUT);
    uint32_t seed = 1;
    for (int i = 0; i < 5000; i++) {
        struct arena_mark m = arena_mark(&f->arena);
        struct str a = random_text(f, &seed), b = random_text(f, &seed);
        buf_truncate(&got, 0);
        unsigned changes = apply(diff(f, a, b), a, &got);
        assert_true(str_eq(buf_str(&got), b));
        assert_int_equal(changes, fewest(a, b));
        arena_rewind(&f->arena, m);
    }
    buf_free(&got);
}

/* Nothing in common, many lines: the budget ends the search. */
static void test_hopeless(void **state)
{
    struct fixture *f = *state;
    struct buf a, b, got;
    buf_init(&a, &f->fault, LIMIT_OUTPUT);
    buf_init(&b, &f->fault, LIMIT_OUTPUT);
    buf_init(&got, &f->fault, LIMIT_OUTPUT);
    for (int i = 0; i < 60000; i++) {
        buf_printf(&a, "a%d\n", i);
        buf_printf(&b, i % 97 == 0 ? "a%d\n" : "b%d\n", i);
    }
    apply(diff(f, buf_str(&a), buf_str(&b)), buf_str(&a), &got);
    assert_true(str_eq(buf_str(&got), buf_str(&b)));
    buf_free(&a);
    buf_free(&b);
    buf_free(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_equal),        TEST(test_change),     TEST(test_ends),
        TEST(test_new_and_gone), TEST(test_no_newline), TEST(test_hunks),
        TEST(test_bytes),        TEST(test_random),     TEST(test_hopeless),
    };
    return tap_run(tests, NULL, NULL);
}
