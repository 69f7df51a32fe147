/* SPDX-License-Identifier: MIT */
/* A buffer has the room that it needs, ends at its limit, and can show bytes of
 * somebody else until it grows. */
#include "base/buf.h"

#include "fixture.h"

#include <limits.h>
#include <stdio.h>

static void text_has_room_for_its_nul(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    buf_init(&b, &f->fault, LIMIT_COUNT);
    for (int n = 0; n < 1100; n++) {
        buf_truncate(&b, 0);
        buf_printf(&b, "%*s", n, "");
        assert_int_equal(b.len, n);
        assert_true(b.cap > b.len);
    }
    buf_free(&b);
}

static void check_int(struct buf *b, long long n)
{
    char want[32];
    buf_truncate(b, 0);
    buf_add_int(b, n);
    buf_add_char(b, '\0');
    snprintf(want, sizeof want, "%lld", n);
    assert_string_equal(b->ptr, want);
}

static void numbers_are_written(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    buf_init(&b, &f->fault, LIMIT_COUNT);
    for (long long n = 1; n < LLONG_MAX / 10; n *= 10)
        for (int step = -1; step <= 1; step++) {
            check_int(&b, n + step);
            check_int(&b, -n - step);
        }
    check_int(&b, LLONG_MAX);
    check_int(&b, LLONG_MIN);
    buf_free(&b);
}

static void bytes_are_put_in(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    buf_init(&b, &f->fault, LIMIT_COUNT);
    buf_add_cstr(&b, "ad");
    buf_insert(&b, 1, STR("bc"));
    assert_str(buf_str(&b), "abcd");
    buf_insert(&b, 4, STR("e"));
    buf_insert(&b, 0, STR("_"));
    assert_str(buf_str(&b), "_abcde");
    assert_str(buf_from(&b, 4), "de");
    buf_truncate(&b, 2);
    assert_str(buf_str(&b), "_a");
    buf_free(&b);
    assert_str(buf_str(&b), "");
    buf_free(&b);
}

static void it_ends_at_its_limit(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    f->fault.limits.max[LIMIT_VALUE] = 1000;
    buf_init(&b, &f->fault, LIMIT_VALUE);
    for (int i = 0; i < 100; i++)
        buf_add_cstr(&b, "0123456789");
    assert_int_equal(b.len, 1000);
    assert_true(b.cap > 1000);
    buf_free(&b);
    buf_grow(&b, 1000);
    buf_free(&b);
    assert_jumps(f, LIMIT_VALUE, buf_grow(&b, 1001));
    assert_jumps(f, LIMIT_NO_MEMORY, buf_grow(&b, SIZE_MAX / 2));
}

static void lent_bytes_are_copied_when_it_grows(void **state)
{
    struct fixture *f = *state;
    struct buf b;
    static char bytes[] = "abc";
    f->fault.limits.max[LIMIT_VALUE] = 3;
    buf_init(&b, &f->fault, LIMIT_VALUE);
    buf_lend(&b, STR("abc"));
    buf_free(&b);
    assert_jumps(f, LIMIT_VALUE, buf_lend(&b, STR("abcd")));
    buf_init(&b, &f->fault, LIMIT_COUNT);
    buf_lend(&b, str_from(bytes));
    assert_ptr_equal(buf_str(&b).ptr, bytes);
    buf_add_char(&b, 'd');
    assert_str(buf_str(&b), "abcd");
    assert_string_equal(bytes, "abc");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(text_has_room_for_its_nul),
        TEST(numbers_are_written),
        TEST(bytes_are_put_in),
        TEST(it_ends_at_its_limit),
        TEST(lent_bytes_are_copied_when_it_grows),
    };
    return tap_run(tests, NULL, NULL);
}
