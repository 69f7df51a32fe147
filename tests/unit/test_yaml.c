/* SPDX-License-Identifier: MIT */
/* YAML: what the reader says of a document, and with which places; what it
 * refuses, where and with which message; what happens to libyaml's memory when
 * the sink jumps. */
#include "base/yaml.h"

#include "data_events.h"

#include <stdio.h>
#include <string.h>

static bool read_copy(struct fixture *f, struct str text, data_sink *sink,
                      void *ctx, struct data_error *err)
{
    return yaml_read(&f->arena, fenced(text), sink, ctx, err);
}

/* --- what is accepted --- */

static const struct {
    struct str text, want;
} taken[] = {
    {S(""), S("null ")},
    {S("\xEF\xBB\xBF"), S("null ")},
    {S("# a comment"), S("null ")},
    {S("---"), S("null ")},
    {S("--- a"), S("\"a\" ")},
    {S("---\n---x"), S("\"---x\" ")},
    {S("a\n...\n... \r\n...\n# x"), S("\"a\" ")},
    {S("%YAML 1.1\n# x\n\n---\na"), S("\"a\" ")},
    {S("\xEF\xBB\xBF- 1\n- [2, -3]\n"), S("[ 1 [ 2 -3 . . ")},
    {S("a: 1\r\nb:\r\n  c: d\r\n"), S("{ \"a\": 1 \"b\": { \"c\": \"d\" . . ")},
    {S("{a: [], b: {}, \"c\":1, d, ? e : f}"),
     S("{ \"a\": [ . \"b\": { . \"c\": 1 \"d\": null \"e\": \"f\" . ")},
    {S("[a: b, ? c : d, ? e]"),
     S("[ { \"a\": \"b\" . { \"c\": \"d\" . { \"e\": null . . ")},
    /* Keys */
    {S("1: 2\ntrue: x\n~: y\n? z\n"),
     S("{ \"1\": 2 \"true\": \"x\" \"~\": \"y\" \"z\": null . ")},
    {S("!!str 1: x\n!!int \"2\": y\n"), S("{ \"1\": \"x\" \"2\": \"y\" . ")},
    {S("<<: x"), S("{ << \"x\" . ")},
    {S("\"<<\": x\n!!str <<: y\n<<x: z\n"),
     S("{ \"<<\": \"x\" \"<<\": \"y\" \"<<x\": \"z\" . ")},
    /* Scalars */
    {S("[0, -0, 10, 123456789012345678901234567890]"),
     S("[ 0 -0 10 123456789012345678901234567890 . ")},
    {S("[00, 01, -, -a, 1., 1.5, 1e5, +1, 0x1, 0o1, 1_0, 1:2]"),
     S("[ \"00\" \"01\" \"-\" \"-a\" \"1.\" \"1.5\" \"1e5\" \"+1\" \"0x1\" "
       "\"0o1\" \"1_0\" \"1:2\" . ")},
    {S("[null, Null, NULL, ~, nULL, nul, nulls]"),
     S("[ null null null null \"nULL\" \"nul\" \"nulls\" . ")},
    {S("[true, True, TRUE, tRUE, false, False, FALSE, falsE, yes, No]"),
     S("[ true true true \"tRUE\" false false false \"falsE\" \"yes\" \"No\" "
       ". ")},
    {S("['1', \"true\", '', 'it''s', \"\\x41\\u00e9\\U0001F433\\n\\0\"]"),
     S("[ \"1\" \"true\" \"\" \"it's\" \"A\xC3\xA9\xF0\x9F\x90\xB3\\n\\u0000\" "
       ". ")},
    {S("- |\n  1\n- >\n  a\n  b\n\n- a\n  b\n- \"a\n  b\"\n"),
     S("[ \"1\\n\" \"a b\\n\" \"a b\" \"a b\" . ")},
    {S("- \xC3\xA9\xE2\x82\xAC\n- \"\xF0\x9F\x90\xB3\"\n"),
     S("[ \"\xC3\xA9\xE2\x82\xAC\" \"\xF0\x9F\x90\xB3\" . ")},
    /* Tags */
    {S("[!!str 1, !!str , !!str null, !!int '1', !!int -12]"),
     S("[ \"1\" \"\" \"null\" 1 -12 . ")},
    {S("[!!bool 'true', !!bool FALSE, !!null ~, !!null '']"),
     S("[ true false null null . ")},
    {S("[!!float 1, !!float -.5, !!float 1., !!float +1.5e-3, !!float .INF, "
       "!!float -.inf, !!float .NaN]"),
     S("[ \"1\" \"-.5\" \"1.\" \"+1.5e-3\" \".INF\" \"-.inf\" \".NaN\" . ")},
    {S("!!seq [!!map {}, !<tag:yaml.org,2002:str> 1]"), S("[ { . \"1\" . ")},
    /* Anchors */
    {S("[&a 1, &b [], &c {}, *a, *b, *c]"),
     S("[ &a 1 &b [ . &c { . *a *b *c . ")},
    {S("&a b: *a"), S("{ &a \"b\": *a . ")},
    {S("- &a !!str 1\n- !!str &b 2\n"), S("[ &a \"1\" &b \"2\" . ")},
};

static void test_taken(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct buf out;
    bool good = true;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        buf_truncate(&out, 0);
        bool read = read_copy(f, taken[i].text, dump_event, &out, &err);
        if (read && str_eq(buf_str(&out), taken[i].want))
            continue;
        print_error("%.*s: %.*s\n", STR_ARG(taken[i].text),
                    STR_ARG(read ? buf_str(&out) : str_from(err.message)));
        good = false;
    }
    buf_free(&out);
    assert_true(good);
}

/* --- places --- */

static const struct {
    struct str text, want;
} places[] = {
    {S("[1, \"ab\", {c: d}]"), S("0-1 1-2 4-8 10-11 11-12 14-15 15-16 16-17 ")},
    /* Characters of more than one byte, a byte order mark, both line ends. */
    {S("\xEF\xBB\xBF\xC3\xA9: \xE2\x82\xAC\r\nb: \xF0\x9F\x90\xB3\n"),
     S("3-3 3-5 7-10 12-13 15-19 20-20 ")},
    {S("a: &x 1\nb: *x\n"), S("0-0 0-1 3-7 3-7 8-9 11-13 14-14 ")},
};

static void test_places(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct buf out;
    bool good = true;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        buf_truncate(&out, 0);
        assert_true(read_copy(f, places[i].text, dump_place, &out, &err));
        if (str_eq(buf_str(&out), places[i].want))
            continue;
        print_error("%.*s: %.*s\n", STR_ARG(places[i].text),
                    STR_ARG(buf_str(&out)));
        good = false;
    }
    buf_free(&out);
    assert_true(good);
}

/* What stands in the document as it is, is a slice of it. */
static bool count_slices(void *ctx, const struct data_event *e)
{
    struct {
        struct str text;
        unsigned slices, copies;
    } *c = ctx;
    if (e->kind != DATA_STRING && e->kind != DATA_KEY)
        return true;
    bool inside = e->text.ptr >= c->text.ptr &&
                  e->text.ptr + e->text.len <= c->text.ptr + c->text.len;
    c->slices += inside;
    c->copies += !inside;
    return true;
}

static void test_slices(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct {
        struct str text;
        unsigned slices, copies;
    } c = {.text = STR("a: b\n\"c\": 'd'\ne: &x f\ng: !!str &y 'h'\n"
                       "i: \"\\n\"\nj: 'it''s'\nk: |\n  l\n")};
    assert_true(yaml_read(&f->arena, c.text, count_slices, &c, &err));
    assert_int_equal(c.slices, 11);
    assert_int_equal(c.copies, 3);
}

/* --- what is refused --- */

#define DEEP(n)                                                     \
    "nested deeper than the limit 'json' of " n " (--limit json=N " \
    "changes it)"
#define QUOTE(c) "text that begins with '" c "' goes in quotes"
#define TAKEN "those that are: !!str !!int !!float !!bool !!null !!seq !!map"

static const struct {
    struct str text;
    size_t offset;
    const char *message;
} refused[] = {
    {S("\xFF\xFE"
       "a\0"),
     0, "this is UTF-16, and data files are UTF-8"},
    {S("\xFE\xFF\0a"), 0, "this is UTF-16, and data files are UTF-8"},
    {S("a\0b"), 1,
     "U+0000 is not allowed in YAML; in double quotes it is written as an "
     "escape"},
    {S("\xC3\xA9\x7F"), 2,
     "U+007F is not allowed in YAML; in double quotes it is written as an "
     "escape"},
    {S("a: \xFF"), 3, "a byte that is not UTF-8"},
    {S("\xEF\xBB\xBF"
       "a: \xE2(\xA1"),
     6, "a byte that is not UTF-8"},
    {S("a: \xE2\x82"), 3, "a byte that is not UTF-8"},
    {S("a: \xED\xA0\x80"), 3, "a byte that is not UTF-8"},
    {S("a: \xC0\x80"), 3, "a byte that is not UTF-8"},
    {S("%TAG ! x\n--- a"), 0,
     "%TAG is not taken: there are only the tags of the core schema"},
    {S("# x\n\n%YAML 1.2\n%TAG"), 15,
     "%TAG is not taken: there are only the tags of the core schema"},
    {S("# x\r%TAG"), 4,
     "%TAG is not taken: there are only the tags of the core schema"},
    {S("# x\xE2\x80\xA8\xC2\x85%TAG"), 8,
     "%TAG is not taken: there are only the tags of the core schema"},
    {S("%YAML 1.1\n%YAML 1.1\n---\n"), 10, "a second %YAML"},
    {S("a: |b"), 4, "expected a comment or the end of the line"},
    {S("%YAML 2.0\n--- a"), 0, "only YAML 1.1 and 1.2 are read"},
    {S("%YAML 1.2\na"), 10, "expected '---' after the directives"},
    {S("%X\n--- a"), 0, "there is no directive but %YAML"},
    {S("a\n---\nb"), 2, "a second document begins here; a data file has one"},
    {S("a\n...\n# x\n  b"), 12,
     "a second document begins here; a data file has one"},
    {S("a\n...\n%YAML 1.2\n---\n"), 6,
     "a second document begins here; a data file has one"},
    {S("[1] [2]"), 4, "expected the end of the document"},
    {S("a: 1\n<<<<<<< HEAD\n"), 5, "a merge conflict is not resolved here"},
    {S("a: @b"), 3, QUOTE("@")},
    {S("a: `b`"), 3, QUOTE("`")},
    {S("a: %b"), 3, QUOTE("%")},
    {S("[a, |]"), 4, QUOTE("|")},
    {S("a:\n\tb: c"), 3, "YAML is not indented by tabs"},
    {S("a: |\n b\n\tc"), 8, "YAML is not indented by tabs"},
    {S("a: *.x"), 3, "text that begins with '*' or '&' goes in quotes"},
    {S("[& a]"), 1, "text that begins with '*' or '&' goes in quotes"},
    {S("\xC3\xA9: b: c"), 5,
     "':' is not allowed here: text with ': ' in it goes in quotes, and the "
     "keys of a map are indented alike"},
    {S("a: - b"), 3,
     "'- ' is not allowed here; the first item begins a line, and text with it "
     "goes in quotes"},
    {S("a: ? b"), 3,
     "'? ' is not allowed here; text that begins with it goes in quotes"},
    {S("a: 1\nb\nc: 2"), 5, "':' and a blank are missing after this"},
    {S("a: 'b"), 3, "the quotes of this string are not closed"},
    {S("a: \"b\n--- \nc\""), 3, "the quotes of this string are not closed"},
    {S("\"\\q\""), 1,
     "YAML has no such escape; a backslash itself is written as \\\\, or in "
     "single quotes"},
    {S("\"\\ud83d\\udc33\""), 3,
     "this escape is not a character (nor is half of a surrogate pair); write "
     "the character itself"},
    {S("\"\\xg\""), 3, "the escape needs more hexadecimal digits"},
    {S("a:\n  - b\n c: d"), 10,
     "expected a key that is indented as those before it"},
    {S("- a\n b: c"), 6,
     "':' is not allowed here: text with ': ' in it goes in quotes, and the "
     "keys of a map are indented alike"},
    {S("[a\nb: c"), 4, "expected ',' or ']'"},
    {S("[1"), 2, "expected ',' or ']'"},
    {S("{a: 1"), 5, "expected ',' or '}'"},
    {S("[a, , b]"), 4, "expected a value"},
    {S("{{x}}"), 1,
     "a key is text, and this is a map; text that begins with '{' goes in "
     "quotes"},
    {S("? [a]\n: b"), 2,
     "a key is text, and this is a list; text that begins with '[' goes in "
     "quotes"},
    {S("*a : b"), 0, "a key is not an alias here; write it out"},
    {S("!x a"), 0, "the tag '!x' is not taken; " TAKEN},
    {S("a: !!set {b}"), 3, "the tag '!!set' is not taken; " TAKEN},
    {S("!x!y a"), 0, "there are no tags but those of the core schema"},
    {S("!!int 1.5"), 0,
     "this has the tag !!int, but is of another kind (ints are written as in "
     "JSON)"},
    {S("!!int 01"), 0,
     "this has the tag !!int, but is of another kind (ints are written as in "
     "JSON)"},
    {S("!!bool yes"), 0, "this has the tag !!bool, but is of another kind"},
    {S("!!null 0"), 0, "this has the tag !!null, but is of another kind"},
    {S("!!float 1e"), 0, "this has the tag !!float, but is of another kind"},
    {S("!!float ."), 0, "this has the tag !!float, but is of another kind"},
    {S("!!float -."), 0, "this has the tag !!float, but is of another kind"},
    {S("!!float +.nan"), 0, "this has the tag !!float, but is of another kind"},
    {S("!!seq {}"), 0, "this has the tag !!seq, but is of another kind"},
    {S("!!map []"), 0, "this has the tag !!map, but is of another kind"},
    {S("!!map a"), 0, "this has the tag !!map, but is of another kind"},
    {S("!!str []"), 0, "this has the tag !!str, but is of another kind"},
    {S("!!int a: b"), 0,
     "this has the tag !!int, but is of another kind (ints are written as in "
     "JSON)"},
    {S("[[[[1]]]]"), 3, DEEP("3")},
    {S("a:\n  b:\n    - c: d"), 14, DEEP("3")},
};

static void test_refused(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    bool good = true;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    f->fault.limits.max[LIMIT_JSON] = 3;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct data_error err = {.offset = SIZE_MAX};
        bool read = read_copy(f, refused[i].text, dump_event, &out, &err);
        if (!read && err.offset == refused[i].offset &&
            strcmp(err.message, refused[i].message) == 0)
            continue;
        print_error("%.*s: %zu: %s, not %zu: %s\n", STR_ARG(refused[i].text),
                    err.offset, err.message, refused[i].offset,
                    refused[i].message);
        good = false;
    }
    buf_free(&out);
    assert_true(good);
}

static void test_notes(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    assert_false(
        read_copy(f, STR("\xEF\xBB\xBF- [\xC3\xA9"), dump_event, &out, &err));
    assert_string_equal(err.note, "in the list that begins here");
    assert_int_equal(err.note_offset, 5);
    assert_false(read_copy(f, STR("a: {b: 1"), dump_event, &out, &err));
    assert_string_equal(err.note, "in the map that begins here");
    assert_int_equal(err.note_offset, 3);
    assert_false(read_copy(f, STR("a: @"), dump_event, &out, &err));
    assert_string_equal(err.note, "");
    buf_free(&out);
}

/* --- sinks that end the reading --- */

static bool refuse(void *ctx, const struct data_event *e)
{
    struct data_error *err = ctx;
    err->offset = e->off;
    snprintf(err->message, sizeof err->message, "no %d", (int)e->kind);
    return e->kind != DATA_STRING;
}

static bool jump(void *ctx, const struct data_event *e)
{
    struct fixture *f = ctx;
    if (e->kind == DATA_STRING)
        fault_raise(&f->fault, LIMIT_STEPS);
    return true;
}

/* A leak would be found by a sanitizer. */
static void test_ends(void **state)
{
    struct fixture *f = *state;
    struct str text = STR("[1, &a [{b: !!str c}]]");
    struct data_error err;
    assert_false(read_copy(f, text, refuse, &err, &err));
    assert_int_equal(err.offset, 12);
    assert_string_equal(err.message, "no 4");
    assert_null(f->fault.release);
    assert_jumps(f, LIMIT_STEPS, yaml_read(&f->arena, text, jump, f, &err));
    assert_null(f->fault.release);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_taken),   TEST(test_places), TEST(test_slices),
        TEST(test_refused), TEST(test_notes),  TEST(test_ends),
    };
    return tap_run(tests, raise_fence, NULL);
}
