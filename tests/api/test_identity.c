/* SPDX-License-Identifier: MIT */
/* Text without directives and values comes out byte for byte, whatever bytes it
 * has. This tests thousands of texts, made at random (but always the same ones)
 * from pieces that a careless parser would stumble over. */
#include "../tap.h"

#include <stagepp.h>
#include <stdbool.h>

#include <string.h>

struct piece {
    const char *bytes;
    size_t len;
};

#define PIECE(literal)              \
    {                               \
        literal, sizeof literal - 1 \
    }

static const struct piece pieces[] = {
    PIECE("@"),
    PIECE("@@"),
    PIECE("\n"),
    PIECE("\n"),
    PIECE("\n\n"),
    PIECE("\r\n"),
    PIECE("\r"),
    PIECE(" "),
    PIECE("\t"),
    PIECE("    "),
    PIECE("if "),
    PIECE("end\n"),
    PIECE("define("),
    PIECE("let x = 1\n"),
    PIECE("name("),
    PIECE(")"),
    PIECE("{"),
    PIECE("}"),
    PIECE("${x}"),
    PIECE("{{ x }}"),
    PIECE("\0"),
    PIECE("\xff\xfe"),
    PIECE("\xef\xbb\xbf"),
    PIECE("\xe4\xb8\xad"),
    PIECE(" \\\n"),
    PIECE("# comment"),
    PIECE("# syntax=docker/dockerfile:1\n"),
    PIECE("FROM alpine AS a\n"),
    PIECE("RUN <<EOF\n"),
    PIECE("\"'`\\"),
    PIECE("scope/name@1.2"),
};

/* A random number generator that gives the same texts on every system. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static size_t make_text(char *to, uint32_t *state)
{
    size_t n = 0;
    for (uint32_t left = next(state) % 40; left > 0; left--) {
        const struct piece *p =
            &pieces[next(state) % (sizeof pieces / sizeof *pieces)];
        memcpy(to + n, p->bytes, p->len);
        n += p->len;
    }
    return n;
}

/* True if nothing in it can be a directive, a value or an escape, or look like
 * one. */
static bool is_plain(const char *text, size_t len)
{
    bool start = true;
    if (len > 1 && memcmp(text, "\xff\xfe", 2) == 0) /* UTF-16 */
        return false;
    for (size_t i = 0; i < len; i++) {
        bool bom = i == 0 && len > 2 && memcmp(text, "\xef\xbb\xbf", 3) == 0;
        if (bom)
            i += 2;
        else if (text[i] == '@' &&
                 (start || (i + 1 < len && memchr("{iel", text[i + 1], 4))))
            return false;
        else if (text[i] != ' ' && text[i] != '\t' &&
                 !((unsigned char)text[i] & 0x80)) /* may not be seen */
            start = text[i] == '\n';
    }
    return true;
}

static void check(const char *text, size_t len, unsigned *plain)
{
    stagepp_session *s = stagepp_new();
    stagepp_status status = stagepp_expand_buffer(s, "t.in", text, len);
    if (is_plain(text, len)) {
        ++*plain;
        assert_int_equal(status, STAGEPP_OK);
        assert_int_equal(stagepp_output_count(s), 1);
        stagepp_output o = stagepp_get_output(s, 0);
        assert_int_equal(o.len, len);
        assert_memory_equal(o.bytes, text, len);
        assert_int_equal(stagepp_diagnostic_count(s), 0);
    } else if (status != STAGEPP_OK) {
        /* If it is refused, there is a reason and no output. */
        assert_int_equal(stagepp_output_count(s), 0);
        assert_true(stagepp_diagnostic_count(s) > 0);
    }
    stagepp_free(s);
}

static void plain_text_passes_through(void **state)
{
    static char text[4096];
    uint32_t random = 1;
    unsigned plain = 0;
    (void)state;
    for (int i = 0; i < 20000; i++)
        check(text, make_text(text, &random), &plain);
    assert_true(plain > 5000);
}

/* Every byte, alone, doubled, between others, and at both ends of a line. */
static void every_byte_passes_through(void **state)
{
    char text[] = "x x\nx";
    unsigned plain = 0;
    (void)state;
    for (int c = 0; c < 256; c++)
        for (size_t at = 0; at < sizeof text - 1; at++) {
            char before = text[at];
            text[at] = (char)c;
            check(text, sizeof text - 1, &plain);
            text[at] = before;
        }
    assert_true(plain > 1000);
}

/* A long text may be passed on without a copy, unless there is no NUL after
 * it. */
static void long_bytes_end_with_a_nul(void **state)
{
    stagepp_session *s = stagepp_new();
    (void)state;
    const size_t len = 200000;
    char *bytes = malloc(len + 1);
    assert_non_null(s);
    assert_non_null(bytes);
    memset(bytes, 'x', len + 1);
    assert_int_equal(stagepp_expand_buffer(s, "-", bytes, len), STAGEPP_OK);
    stagepp_output o = stagepp_get_output(s, 0);
    assert_int_equal(o.len, len);
    assert_memory_equal(o.bytes, bytes, len);
    assert_int_equal(o.bytes[len], '\0');
    stagepp_free(s);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_passes_through),
        cmocka_unit_test(every_byte_passes_through),
        cmocka_unit_test(long_bytes_end_with_a_nul),
    };
    return tap_run(tests, NULL, NULL);
}
