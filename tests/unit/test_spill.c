/* SPDX-License-Identifier: MIT */
/* Texts that are put away keep address and bytes. */
#include "base/spill.h"

#include "fixture.h"

#include <stdlib.h>

enum {
    TEXTS = 3000
};

/* The i-th text, of 0 to some 9,000 bytes. */
static struct str text_of(size_t i, char *room)
{
    size_t len = i * 7919 % 9001;
    for (size_t k = 0; k < len; k++)
        room[k] = (char)('a' + (i + k) % 26);
    return (struct str){room, len};
}

static void check_all(struct spill *s, const struct str *kept)
{
    static char room[9001];
    for (size_t i = 0; i < TEXTS; i++) {
        struct str want = text_of(i, room);
        assert_int_equal(kept[i].len, want.len);
        assert_memory_equal(kept[i].ptr, want.ptr, want.len);
        assert_int_equal(kept[i].ptr[want.len], '\0');
        spill_rest(s, kept[i]);
    }
}

static void texts_stay_where_they_are(void **state)
{
    static char room[9001];
    static struct str kept[TEXTS];
    struct fixture *f = *state;
    struct spill s;
    spill_init(&s, &f->fault);
    for (size_t i = 0; i < TEXTS; i++)
        kept[i] = spill_put(&s, text_of(i, room));
    /* Some 13 MB: more than stays in memory. */
    assert_true(s.file >= 0 && s.written > 0);
    check_all(&s, kept);
    check_all(&s, kept);
    spill_free(&s);
}

/* Without a file everything stays where it is. */
static void without_a_file_too(void **state)
{
    static char room[9001];
    static struct str kept[TEXTS];
    struct fixture *f = *state;
    struct spill s;
    spill_init(&s, &f->fault);
    s.refused = true;
    for (size_t i = 0; i < TEXTS; i++)
        kept[i] = spill_put(&s, text_of(i, room));
    assert_true(s.file < 0 && s.written == 0);
    check_all(&s, kept);
    spill_free(&s);
}

/* One text that is larger than a block. */
static void a_text_may_be_large(void **state)
{
    struct fixture *f = *state;
    struct spill s;
    size_t len = (size_t)9 << 20;
    char *bytes = malloc(len);
    assert_non_null(bytes);
    memset(bytes, 'x', len);
    spill_init(&s, &f->fault);
    struct str small = spill_put(&s, STR("small"));
    struct str large = spill_put(&s, (struct str){bytes, len});
    struct str last = spill_put(&s, STR("last"));
    assert_memory_equal(small.ptr, "small", 6);
    assert_memory_equal(large.ptr, bytes, len);
    assert_memory_equal(last.ptr, "last", 5);
    spill_free(&s);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(texts_stay_where_they_are),
        TEST(without_a_file_too),
        TEST(a_text_may_be_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
