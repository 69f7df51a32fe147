/* SPDX-License-Identifier: MIT */
/* UTF-8 there and back for each code point, what is none, how wide a terminal
 * draws what, and what is shown in another way. */
#include "base/utf8.h"

#include "../fence.h"
#include "fixture.h"

#include <string.h>

static bool is_surrogate(uint32_t cp)
{
    return cp >= 0xD800 && cp <= 0xDFFF;
}

static void all_code_points_go_there_and_back(void **state)
{
    static const uint32_t ends[] = {0, 0x80, 0x800, 0x10000, 0x110000};
    (void)state;
    for (size_t n = 1; n <= 4; n++)
        for (uint32_t cp = ends[n - 1]; cp < ends[n]; cp++) {
            char bytes[4];
            size_t len = utf8_encode(cp, bytes), off = 0;
            if (len != (is_surrogate(cp) ? 0 : n))
                fail_msg("U+%04X has %zu bytes", (unsigned)cp, len);
            struct str s = {bytes, len};
            if (len && (utf8_next(s, &off) != cp || off != len ||
                        !utf8_valid(s) || utf8_count(s) != 1))
                fail_msg("U+%04X does not come back", (unsigned)cp);
        }
    assert_int_equal(utf8_encode(0x110000, (char[4]){0}), 0);
}

static char *fence;

static int raise_fence(void **state)
{
    (void)state;
    fence = fence_new(4096);
    return fence ? 0 : -1;
}

/* The same bytes, with nothing behind them. */
static struct str fenced(struct str s)
{
    return (struct str){fence_put(fence, s.ptr, s.len), s.len};
}

/* The first byte counts as one character that is none. */
static void check_invalid(const char *bytes)
{
    size_t off = 0;
    struct str s = fenced(str_from(bytes));
    if (utf8_next(s, &off) != UTF8_INVALID || off != 1 || utf8_valid(s))
        fail_msg("\\%03o… is valid", (unsigned char)*bytes);
}

static void other_bytes_are_invalid(void **state)
{
    static const struct str cut[] = {{"\303", 1},     {"\342\202", 2},
                                     {"\342", 1},     {"\360\237\220", 3},
                                     {"\360\237", 2}, {"\360", 1}};
    (void)state;
    check_invalid("\200");             /* not a first byte */
    check_invalid("\277");             /* the last of these */
    check_invalid("\300\200");         /* too long for U+0000 */
    check_invalid("\301\277");         /* for U+007F */
    check_invalid("\340\237\277");     /* for U+07FF */
    check_invalid("\360\217\277\277"); /* for U+FFFF */
    check_invalid("\355\240\200");     /* U+D800 */
    check_invalid("\355\277\277");     /* U+DFFF */
    check_invalid("\364\220\200\200"); /* U+110000 */
    check_invalid("\365\200\200\200");
    check_invalid("\370\200\200\200\200");
    check_invalid("\377");
    check_invalid("\302a");
    check_invalid("\302\300");
    check_invalid("\342\202a");
    check_invalid("\342a\254");
    check_invalid("\360\237\220a");
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        size_t off = 0;
        assert_int_equal(utf8_next(fenced(cut[i]), &off), UTF8_INVALID);
        assert_int_equal(off, 1);
    }
    assert_int_equal(utf8_count(STR("a\377\342\202\254\360\237\220")), 6);
}

static void check_cut(const char *text, size_t most, const char *want)
{
    assert_true(str_eq(utf8_cut(fenced(str_from(text)), most), str_from(want)));
}

static void a_cut_is_between_characters(void **state)
{
    (void)state;
    check_cut("", 0, "");
    check_cut("abc", 3, "abc");
    check_cut("abc", 2, "ab");
    check_cut("a\303\251", 3, "a\303\251");
    check_cut("a\303\251", 2, "a");
    check_cut("a\303\251", 0, "");
    check_cut("a\360\237\220\263", 4, "a");
    check_cut("\251\251\251\251\251\251", 5, "\251\251"); /* not UTF-8 */
    check_cut("\251\251", 1, "");
}

/* How many code points have that width, and their sum: a row of the tables that
 * is lost or wrong changes both. */
static void check_widths(unsigned width, uint64_t want, uint64_t want_sum)
{
    uint64_t n = 0, sum = 0;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++)
        if (utf8_width(cp) == width) {
            n++;
            sum += cp;
        }
    if (n != want || sum != want_sum)
        fail_msg("%u: %llu, %llu", width, (unsigned long long)n,
                 (unsigned long long)sum);
}

static void widths_come_from_tables(void **state)
{
    (void)state;
    assert_int_equal(utf8_width('a'), 1);
    assert_int_equal(utf8_width(0x301), 0);   /* combining */
    assert_int_equal(utf8_width(0x200D), 0);  /* a joiner */
    assert_int_equal(utf8_width(0x4E00), 2);  /* an ideograph */
    assert_int_equal(utf8_width(0x1F433), 2); /* an emoji */
    check_widths(0, 779, 313970062);
    check_widths(2, 182971, 28184155807);
}

static void check_safe(struct fixture *f, struct str s, const char *want)
{
    struct buf b = {.fault = &f->fault};
    utf8_add_safe(&b, fenced(s));
    bool good = str_eq(buf_str(&b), str_from(want));
    if (!good)
        print_error("got %.*s, not %s\n", STR_ARG(buf_str(&b)), want);
    buf_free(&b);
    assert_true(good);
}

static void what_steers_a_terminal_is_shown(void **state)
{
    struct fixture *f = *state;
    check_safe(f, STR("a b~"), "a b~");
    check_safe(f, STR("\37\40"), "\\x1f ");
    check_safe(f, STR("~\177"), "~\\x7f");
    check_safe(f, STR("a\0b"), "a\\x00b");
    check_safe(f, STR("\tx\n"), "\\x09x\\x0a");
    check_safe(f, STR("\302\200\302\237\302\240"),
               "\\xc2\\x80\\xc2\\x9f\302\240");
    check_safe(f, STR("\342\200\251\342\200\252\342\200\256\342\200\257"),
               "\342\200\251\\xe2\\x80\\xaa\\xe2\\x80\\xae\342\200\257");
    check_safe(f, STR("\342\201\245\342\201\246\342\201\251\342\201\252"),
               "\342\201\245\\xe2\\x81\\xa6\\xe2\\x81\\xa9\342\201\252");
    check_safe(f, STR("\377\342\202"), "\\xff\\xe2\\x82");
    check_safe(f, STR("\303\251\360\237\220\263"), "\303\251\360\237\220\263");
}

static void a_mark_at_the_start_is_skipped(void **state)
{
    (void)state;
    assert_str(utf8_skip_bom(STR("\357\273\277a")), "a");
    assert_str(utf8_skip_bom(STR("a\357\273\277")), "a\357\273\277");
    assert_str(utf8_skip_bom(STR("\357\273")), "\357\273");
    assert_int_equal(utf8_bom_len(STR("\357\273\277")), 3);
    assert_int_equal(utf8_bom_len(STR("\357\273\276")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(all_code_points_go_there_and_back),
        TEST(other_bytes_are_invalid),
        TEST(a_cut_is_between_characters),
        TEST(widths_come_from_tables),
        TEST(what_steers_a_terminal_is_shown),
        TEST(a_mark_at_the_start_is_skipped),
    };
    return tap_run(tests, raise_fence, NULL);
}
