/* SPDX-License-Identifier: MIT */
/* Lines and columns of offsets: what counts as a line, what as a column. */
#include "base/arena.h"
#include "source/source.h"

#include "base/buf.h"

#include "../fence.h"
#include "fixture.h"

#include <string.h>

/* A file with nothing behind it, so that nobody reads too far. */
static struct source *make(struct fixture *f, struct str text)
{
    char *fence = fence_new(text.len);
    assert_non_null(fence);
    struct str copy = {fence_put(fence, text.ptr, text.len), text.len};
    return source_new(&f->arena, SOURCE_FILE, STR("a.in"), copy, 0);
}

static void check_at(struct source *s, uint32_t off, uint32_t want_line,
                     uint32_t want_col)
{
    uint32_t line, col;
    source_locate(s, off, &line, &col);
    assert_int_equal(line, want_line);
    assert_int_equal(col, want_col);
}

static void check_line(struct source *s, uint32_t line, const char *want)
{
    assert_true(str_eq(source_line(s, line), str_from(want)));
}

static void test_new(void **state)
{
    struct fixture *f = *state;
    char name[] = "x.in";
    struct source *s =
        source_new(&f->arena, SOURCE_OPTION, str_from(name), STR("text"), 7);
    name[0] = 'y';
    assert_true(str_eq(s->name, STR("x.in")));
    assert_int_equal(s->kind, SOURCE_OPTION);
    assert_int_equal(s->order, 7);
    assert_false(s->is_dep);
    assert_false(s->has_id);
}

static void test_lines(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, STR("one\n\nthree\r\nfo\rur"));
    check_at(s, 0, 1, 1);
    check_at(s, 3, 1, 4); /* the line end belongs to its line */
    check_at(s, 4, 2, 1);
    check_at(s, 5, 3, 1);
    check_at(s, 11, 3, 7);
    check_at(s, 12, 4, 1);
    check_at(s, 16, 4, 5); /* a lone CR does not end a line */
    check_at(s, 17, 4, 6);
    check_at(s, 1000, 4, 6); /* after the end: the end */
    check_line(s, 1, "one");
    check_line(s, 2, "");
    check_line(s, 3, "three");
    check_line(s, 4, "fo\rur");
    check_line(s, 0, "");
    check_line(s, 5, "");
    check_line(s, UINT32_MAX, "");
    assert_int_equal(source_line_start(s, 3), 5);
    assert_int_equal(source_line_start(s, 9), 17);
}

static void test_ends(void **state)
{
    struct fixture *f = *state;
    struct source *empty = make(f, STR(""));
    check_at(empty, 0, 1, 1);
    check_line(empty, 1, "");
    struct source *s = make(f, STR("a\n"));
    check_at(s, 2, 2, 1); /* the end of a finished line is a new line */
    check_line(s, 2, "");
    assert_int_equal(s->nlines, 2);
}

static void test_columns(void **state)
{
    struct fixture *f = *state;
    /* a, e acute, CJK, emoji, an invalid byte, a truncated character, z */
    struct source *s = make(f, STR("a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80"
                                   "\xff\xe4\xb8z"));
    check_at(s, 1, 1, 2);
    check_at(s, 2, 1, 2); /* inside a character: that character */
    check_at(s, 3, 1, 3);
    check_at(s, 6, 1, 4);
    check_at(s, 10, 1, 5);
    check_at(s, 11, 1, 6);
    check_at(s, 12, 1, 7);
    check_at(s, 13, 1, 8);
    struct source *nul = make(f, STR("\0\0x"));
    check_at(nul, 2, 1, 3);
}

/* Beyond some length columns are not counted from the start of the line. */
static void test_long_lines(void **state)
{
    enum {
        LINE = 3001
    };
    static const char *const parts[] = {"a", "\xc3\xa9", "\xe4\xb8\xad",
                                        "\xf0\x9f\x98\x80"};
    struct fixture *f = *state;
    for (int part = 0; part < 4; part++) {
        struct buf b;
        buf_init(&b, &f->fault, LIMIT_COUNT);
        buf_add_cstr(&b, part % 2 ? "\xef\xbb\xbf" : "ab\n");
        size_t start = b.len, size = strlen(parts[part]);
        for (int i = 0; i < LINE; i++)
            buf_add_cstr(&b, parts[part]);
        buf_add_cstr(&b, "\nz");
        struct source *s = make(f, buf_str(&b));
        uint32_t line = part % 2 ? 1 : 2;
        for (uint32_t i = LINE; i-- > 0;) {
            uint32_t off = (uint32_t)(start + i * size);
            check_at(s, off, line, i + 1);
            check_at(s, off + (uint32_t)size - 1, line, i + 1);
        }
        check_at(s, (uint32_t)b.len - 1, line + 1, 1);
        buf_free(&b);
    }
}

static void test_bom(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, STR("\xef\xbb\xbf"
                                   "ab\n\xef\xbb\xbf"
                                   "c"));
    check_at(s, 0, 1, 1);
    check_at(s, 3, 1, 1);
    check_at(s, 4, 1, 2);
    check_at(s, 9, 2, 2); /* elsewhere it is a character */
}

static void test_span_text(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, STR("abcdef"));
    assert_true(str_eq(source_span_text((struct span){s, 2, 3}), STR("cde")));
    assert_true(str_eq(source_span_text((struct span){s, 4, 99}), STR("ef")));
    assert_true(str_eq(source_span_text((struct span){s, 99, 1}), STR("")));
    assert_true(str_eq(source_span_text((struct span){NULL, 0, 0}), STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_new),        TEST(test_lines), TEST(test_ends),
        TEST(test_columns),    TEST(test_bom),   TEST(test_span_text),
        TEST(test_long_lines),
    };
    return tap_run(tests, NULL, NULL);
}
