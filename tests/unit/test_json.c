/* SPDX-License-Identifier: MIT */
/* JSON: what the reader accepts; what it refuses, where and with which message;
 * and what the writer makes. */
#include "base/json.h"

#include "data_events.h"

#include <stdio.h>
#include <string.h>

static bool read_as(struct fixture *f, struct str text, enum json_rules rules,
                    struct buf *out, struct data_error *err)
{
    buf_truncate(out, 0);
    return json_read(&f->arena, fenced(text), rules, dump_event, out, err);
}

/* --- what is accepted --- */

struct taken {
    struct str text, want;
};

static const struct taken taken[] = {
    {S("{}"), S("{ . ")},
    {S(" [ ] \n"), S("[ . ")},
    {S("\xEF\xBB\xBF [1]"), S("[ 1 . ")},
    {S("null"), S("null ")},
    {S("true"), S("true ")},
    {S("false"), S("false ")},
    {S("\"\""), S("\"\" ")},
    {S("\r\n\t 1\r\n\t "), S("1 ")},
    {S("{\"a\": 1, \"b\": [true, {\"c\": null}], \"a\": \"x\"}"),
     S("{ \"a\": 1 \"b\": [ true { \"c\": null . . \"a\": \"x\" . ")},
    {S("{\"\":0}"), S("{ \"\": 0 . ")},
    {S("[[],[[]],{\"a\":{}}]"), S("[ [ . [ [ . . { \"a\": { . . . ")},
    {S("[null,1,\"1\",{}]"), S("[ null 1 \"1\" { . . ")},
    /* Numbers are passed on as they are written. */
    {S("[0, -0, 10, -1, 0.5, -0.0, 1.50, 1e5, 1E+5, 1e-05, 20e1, 0e1]"),
     S("[ 0 -0 10 -1 0.5 -0.0 1.50 1e5 1E+5 1e-05 20e1 0e1 . ")},
    {S("123456789012345678901234567890"), S("123456789012345678901234567890 ")},
    {S("1e99999"), S("1e99999 ")},
    /* Strings */
    {S("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), S("\"\\\"\\\\/\\b\\f\\n\\r\\t\" ")},
    {S("\"a\\u00e9\\u20AC b\""), S("\"a\xC3\xA9\xE2\x82\xAC b\" ")},
    {S("\"\\ud83d\\udc33\\uD83D\\uDC33\""),
     S("\"\xF0\x9F\x90\xB3\xF0\x9F\x90\xB3\" ")},
    {S("\"\\uDBFF\\uDFFF \\uD800\\uDC00\""),
     S("\"\xF4\x8F\xBF\xBF \xF0\x90\x80\x80\" ")},
    {S("[\"\\u0000\", {\"a\\u0000b\": 1}]"),
     S("[ \"\\u0000\" { \"a\\u0000b\": 1 . . ")},
    {S("\"\xC3\xA9 \xF0\x9F\x90\xB3 \xEF\xBB\xBF \x7F\""),
     S("\"\xC3\xA9 \xF0\x9F\x90\xB3 \xEF\xBB\xBF \x7F\" ")},
    {S("\"\\uFFFF\\u2028\""), S("\"\xEF\xBF\xBF\xE2\x80\xA8\" ")},
    {S("\"\\\\u0061 // # /* ' <<<<<<< {[]},:\""),
     S("\"\\\\u0061 // # /* ' <<<<<<< {[]},:\" ")},
};

static void test_taken(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        bool good = read_as(f, taken[i].text, JSON_STRICT, &out, &err);
        if (good && str_eq(buf_str(&out), taken[i].want))
            continue;
        print_error("%.*s: %.*s\n", STR_ARG(taken[i].text),
                    STR_ARG(good ? buf_str(&out) : str_from(err.message)));
        fail();
    }
    buf_free(&out);
}

static void test_places(void **state)
{
    struct fixture *f = *state;
    struct str text = STR("\xEF\xBB\xBF {\"a\": [1, \"\\n\xC3\xA9\", true]}\n");
    struct data_error err;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    assert_true(json_read(&f->arena, fenced(text), JSON_STRICT, dump_place,
                          &out, &err));
    assert_str(buf_str(&out), "4-5 5-8 10-11 11-12 14-20 22-26 26-27 27-28 ");
    buf_free(&out);
}

/* If any of them is cut off anywhere, it is not a document. */
static void test_cut_off(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        struct str text = str_trim(taken[i].text);
        char last = text.ptr[text.len - 1];
        for (size_t n = 0; n < text.len && !ascii_is_digit(last); n++) {
            struct data_error err = {.offset = SIZE_MAX};
            assert_false(
                read_as(f, str_slice(text, 0, n), JSON_STRICT, &out, &err));
            assert_true(err.offset <= n && err.message[0]);
        }
    }
    buf_free(&out);
}

/* --- what is refused --- */

struct refused {
    struct str text;
    size_t offset;
    const char *message;
};

#define COMMENTS "JSON has no comments"
#define QUOTES "JSON strings go in double quotes: \"…\""
#define KEYS "JSON keys go in double quotes"
#define MERGE "a merge conflict is not resolved here"
#define WORDS                                                   \
    "JSON has no words but true, false and null; text goes in " \
    "double quotes"
#define NUMBER "not a number as JSON writes it; text goes in double quotes"
#define NO_NAN "JSON has no NaN and no Infinity"
#define ZEROS "a number in JSON has no leading zeros"
#define FIRST "a number in JSON begins with a digit or '-'"
#define ESCAPE "JSON has no such escape; a backslash itself is written as \\\\"
#define HEX "\\u needs four hexadecimal digits"
#define HALF "half of a surrogate pair is not a character"
#define LINE_END \
    "the string is not closed in its line; a line end in it is written as \\n"
#define CONTROL "a control character in a string; write it as \\t or \\u00XX"
#define UTF8 "a byte that is not UTF-8"
#define MORE "expected the end of the text after the value, not "
#define ENDS(what) "the text ends before the " what " is closed"

static const struct refused refused[] = {
    {S(""), 0, "the document is empty"},
    {S(" \n"), 0, "the document is empty"},
    {S("\xEF\xBB\xBF\n"), 0, "the document is empty"},
    /* Commas */
    {S("{\"a\": 1\n \"b\": 2}"), 7,
     "expected ',' or '}' after this value, not '\"'"},
    {S("[\"a\" \"b\"]"), 4, "expected ',' or ']' after this value, not '\"'"},
    {S("[1\n2]"), 2, "expected ',' or ']' after this value, not '2'"},
    {S("[{}[]]"), 3, "expected ',' or ']' after this value, not '['"},
    {S("[\"a\": 1]"), 4, "expected ',' or ']' after this value, not ':'"},
    {S("{\"a\": \"b\"c\"}"), 9,
     "expected ',' or '}' after this value, not 'c'"},
    {S("{\"a\": \"b\"; }"), 9, "expected ',' or '}' after this value, not ';'"},
    {S("[1}"), 2, "expected ',' or ']' after this value, not '}'"},
    {S("{\"a\": 1]"), 7, "expected ',' or '}' after this value, not ']'"},
    {S("[1,]"), 2, "JSON has no comma before ']'"},
    {S("{\"a\": 1,\n}"), 7, "JSON has no comma before '}'"},
    {S("[,1]"), 1, "expected a value, not ','"},
    {S("[1,,2]"), 3, "expected a value, not ','"},
    {S("{,}"), 1, "expected a key in double quotes, not ','"},
    {S("{\"a\": 1,,}"), 8, "expected a key in double quotes, not ','"},
    /* Keys */
    {S("{a: 1}"), 1, KEYS},
    {S("{1: 1}"), 1, KEYS},
    {S("{null: 1}"), 1, KEYS},
    {S("{'a': 1}"), 1, QUOTES},
    {S("{[1]: 1}"), 1, "expected a key in double quotes, not '['"},
    {S("{\"a\" 1}"), 5, "expected ':' after the key, not '1'"},
    {S("{\"a\"\n= 1}"), 5, "expected ':' after the key, not '='"},
    {S("{\"a\", 1}"), 4, "expected ':' after the key, not ','"},
    {S("{\"a\"}"), 4, "expected ':' after the key, not '}'"},
    {S("{\"a\": }"), 6, "expected a value, not '}'"},
    {S("{\"a\":: 1}"), 5, "expected a value, not ':'"},
    /* What only other languages have */
    {S("// a\n{}"), 0, COMMENTS},
    {S("{\"a\": 1 // b\n}"), 8, COMMENTS},
    {S("{\"a\": 1, # b\n}"), 9, COMMENTS},
    {S("[1, /* b */ 2]"), 4, COMMENTS},
    {S("{\"a\" /**/: 2}"), 5, COMMENTS},
    {S("{} # a"), 3, COMMENTS},
    {S("['a']"), 1, QUOTES},
    {S("[`a`]"), 1, QUOTES},
    {S("[\xE2\x80\x9C\x61\xE2\x80\x9D]"), 1, QUOTES},
    {S("[NaN]"), 1, NO_NAN},
    {S("[Infinity]"), 1, NO_NAN},
    {S("[-Infinity]"), 2, NO_NAN},
    {S("-NaN"), 1, NO_NAN},
    {S("[True]"), 1, WORDS},
    {S("[TRUE]"), 1, WORDS},
    {S("[None]"), 1, WORDS},
    {S("[undefined]"), 1, WORDS},
    {S("[a"), 1, WORDS},
    {S("[nul]"), 1, WORDS},
    {S("[nulls]"), 1, WORDS},
    {S("[true1]"), 1, WORDS},
    {S("[-a]"), 2, WORDS},
    /* Left over by a merge */
    {S("{\"a\": 1,\n<<<<<<< HEAD\n\"b\": 1}"), 9, MERGE},
    {S("{\"a\": 1\n=======\n}"), 8, MERGE},
    {S("[1,\n>>>>>>> b\n]"), 4, MERGE},
    {S("<<<<<<< HEAD\n{}"), 0, MERGE},
    {S("[<<<<<<]"), 1, "expected a value, not '<'"},
    /* Numbers */
    {S("[01]"), 1, ZEROS},
    {S("-00"), 0, ZEROS},
    {S("[.5]"), 1, FIRST},
    {S("[+1]"), 1, FIRST},
    {S("[1.]"), 3, "expected a digit, not ']'"},
    {S("[1.e5]"), 3, "expected a digit, not 'e'"},
    {S("[-]"), 2, "expected a digit, not ']'"},
    {S("[--1]"), 2, "expected a digit, not '-'"},
    {S("[-.5]"), 2, "expected a digit, not '.'"},
    {S("[1e]"), 3, "expected a digit, not ']'"},
    {S("[1e+-1]"), 4, "expected a digit, not '-'"},
    {S("-"), 1, "expected a digit, not the end of the text"},
    {S("1e"), 2, "expected a digit, not the end of the text"},
    {S("[3.12.1]"), 1, NUMBER},
    {S("[2024-01-01]"), 1, NUMBER},
    {S("[1_000]"), 1, NUMBER},
    {S("[0x1F]"), 1, NUMBER},
    {S("[10k]"), 1, NUMBER},
    {S("[1+2]"), 1, NUMBER},
    {S("[1 000]"), 2, "expected ',' or ']' after this value, not '0'"},
    /* Strings */
    {S("[\"a\nb\"]"), 3, LINE_END},
    {S("[\"a\r\nb\"]"), 3, LINE_END},
    {S("{\"a\": \"b,\n\"c\": 1}"), 9, LINE_END},
    {S("[\"\\\n\"]"), 2, ESCAPE},
    {S("[\"\ta\"]"), 2, CONTROL},
    {S("[\"\\t\x1F\"]"), 4, CONTROL},
    {S("[\"a\0\"]"), 3, CONTROL},
    {S("[\"\\a\"]"), 2, ESCAPE},
    {S("[\"\\'\"]"), 2, ESCAPE},
    {S("[\"C:\\dir\"]"), 4, ESCAPE},
    {S("[\"\\x41\"]"), 2, ESCAPE},
    {S("[\"\\0\"]"), 2, ESCAPE},
    {S("[\"\\\0\"]"), 2, ESCAPE},
    {S("[\"\\\xC3\xA9\"]"), 2, ESCAPE},
    {S("[\"\\u\"]"), 2, HEX},
    {S("[\"\\u00\"]"), 2, HEX},
    {S("[\"\\u00g0\"]"), 2, HEX},
    {S("[\"\\u+123\"]"), 2, HEX},
    {S("[\"\\u{41}\"]"), 2, HEX},
    {S("[\"\\U0041\"]"), 2, ESCAPE},
    {S("[\"a\\ud800\"]"), 3, HALF},
    {S("[\"\\udc00\"]"), 2, HALF},
    {S("[\"\\ud800\\ud800\"]"), 2, HALF},
    {S("[\"\\ud800\\u0061\"]"), 2, HALF},
    {S("[\"\\ud800\\n\"]"), 2, HALF},
    {S("[\"\\ud800\\u\"]"), 2, HALF},
    {S("{\"\\ud800\": 1}"), 2, HALF},
    /* Bytes */
    {S("[\"\xFF\"]"), 2, UTF8},
    {S("[\"a\xC3\"]"), 3, UTF8},
    {S("[\"\\n\x80\"]"), 4, UTF8},
    {S("[\"\xC0\xAF\"]"), 2, UTF8},
    {S("[\"\xED\xA0\x80\"]"), 2, UTF8},
    {S("[\"\xF4\x90\x80\x80\"]"), 2, UTF8},
    {S("{\"\xE2\x82\": 1}"), 2, UTF8},
    {S("[\xFF]"), 1, "expected a value, not " UTF8},
    {S("[\xC3\xA9]"), 1, "expected a value, not U+00E9"},
    {S("[\xC2\xA0\x31]"), 1, "expected a value, not U+00A0"},
    {S("\xEF\xBB\xBF\xEF\xBB\xBF[]"), 3, "expected a value, not U+FEFF"},
    {S("[\f]"), 1, "expected a value, not U+000C"},
    {S("[\0]"), 1, "expected a value, not U+0000"},
    {S("\0"), 0, "expected a value, not U+0000"},
    {S("[1\0]"), 2, "expected ',' or ']' after this value, not U+0000"},
    {S("\xFF\xFE[\0]\0"), 0, "this is UTF-16, and JSON is UTF-8"},
    {S("\xFE\xFF\0[\0]"), 0, "this is UTF-16, and JSON is UTF-8"},
    /* The end */
    {S("{} {}"), 3, MORE "'{'"},
    {S("{}\n{}"), 3, MORE "'{'"},
    {S("[1]]"), 3, MORE "']'"},
    {S("1 2"), 2, MORE "'2'"},
    {S("1,"), 1, MORE "','"},
    {S("\"a\" b"), 4, MORE "'b'"},
    {S("{}\0"), 2, MORE "U+0000"},
    {S("["), 1, ENDS("'[' of line 1")},
    {S("{\n"), 2, ENDS("'{' of line 1")},
    {S("[1"), 2, ENDS("'[' of line 1")},
    {S("[1,"), 3, ENDS("'[' of line 1")},
    {S("[{}"), 3, ENDS("'[' of line 1")},
    {S("{\"a\""), 4, ENDS("'{' of line 1")},
    {S("{\"a\":"), 5, ENDS("'{' of line 1")},
    {S("{\"a\": 1, "), 9, ENDS("'{' of line 1")},
    {S("\n[\n{\"a\": [\n1],\n"), 15, ENDS("'{' of line 3")},
    {S("[1."), 3, ENDS("'[' of line 1")},
    {S("[\n\"a"), 4, ENDS("string of line 2")},
    {S("\""), 1, ENDS("string of line 1")},
    {S("[\"\\\""), 4, ENDS("string of line 1")},
    {S("]"), 0, "expected a value, not ']'"},
    {S("{]"), 1, "expected a key in double quotes, not ']'"},
    {S("<html>"), 0, "expected a value, not '<'"},
};

static void test_refused(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    bool good = true;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const struct refused *want = &refused[i];
        struct data_error err = {.offset = SIZE_MAX};
        bool good_json = read_as(f, want->text, JSON_STRICT, &out, &err);
        if (!good_json && err.offset == want->offset &&
            strcmp(err.message, want->message) == 0)
            continue;
        print_error("%.*s: %zu: %s, not %zu: %s\n", STR_ARG(want->text),
                    err.offset, err.message, want->offset, want->message);
        good = false;
    }
    buf_free(&out);
    assert_true(good);
}

/* --- depth --- */

/* n brackets around a number. */
static struct str nested(struct fixture *f, size_t n)
{
    char *text = arena_alloc(&f->arena, 2 * n + 1);
    memset(text, '[', n);
    text[n] = '1';
    memset(text + n + 1, ']', n);
    return (struct str){text, 2 * n + 1};
}

static void test_depth(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    f->fault.limits.max[LIMIT_JSON] = 3;
    assert_true(read_as(f, nested(f, 3), JSON_STRICT, &out, &err));
    assert_true(read_as(f, STR("[[[], [[]], {}, {\"a\": {}}]]"), JSON_AS_GO,
                        &out, &err));
    assert_false(read_as(f, nested(f, 4), JSON_STRICT, &out, &err));
    assert_int_equal(err.offset, 3);
    assert_string_equal(err.message,
                        "nested deeper than the limit 'json' of 3 (--limit "
                        "json=N changes it)");
    assert_false(
        read_as(f, STR("[[], {\"a\": {\"b\": []}}]"), JSON_STRICT, &out, &err));
    assert_int_equal(err.offset, 17);
    assert_true(read_as(f, nested(f, 10000), JSON_AS_GO, &out, &err));
    assert_false(read_as(f, nested(f, 10001), JSON_AS_GO, &out, &err));
    buf_free(&out);
}

/* --- Go --- */

/* What Go's decoder accepts and the strict reader does not. */
static const struct taken as_go[] = {
    {S("[\"\\ud800\"]"), S("[ \"\xEF\xBF\xBD\" . ")},
    {S("[\"\\udc00x\"]"), S("[ \"\xEF\xBF\xBDx\" . ")},
    {S("[\"\\ud800\\ud83d\\udc33\"]"),
     S("[ \"\xEF\xBF\xBD\xF0\x9F\x90\xB3\" . ")},
    {S("[\"\\ud800\\u0061\\ud800\\n\"]"),
     S("[ \"\xEF\xBF\xBD\x61\xEF\xBF\xBD\\n\" . ")},
    /* The bytes stay; json_quote replaces them. */
    {S("[\"a\xFF\", \"\\n\xC3\"]"),
     S("[ \"a\xEF\xBF\xBD\" \"\\n\xEF\xBF\xBD\" . ")},
    {S("[\"a\x80\"]"), S("[ \"a\xEF\xBF\xBD\" . ")},
};

/* … and what neither does. */
static const struct str not_go[] = {
    S("\xEF\xBB\xBF[]"), S("[\"\\ud800\\u\"]"),
    S("[\"\xFF\n\"]"),   S("[\xFF]"),
    S("[1,]"),           S("['a']"),
    S("[01]"),           S("[\"a\"] b"),
};

static void test_as_go(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    for (size_t i = 0; i < sizeof as_go / sizeof *as_go; i++) {
        assert_false(read_as(f, as_go[i].text, JSON_STRICT, &out, &err));
        assert_true(read_as(f, as_go[i].text, JSON_AS_GO, &out, &err));
        assert_true(str_eq(buf_str(&out), as_go[i].want));
    }
    for (size_t i = 0; i < sizeof not_go / sizeof *not_go; i++)
        assert_false(read_as(f, not_go[i], JSON_AS_GO, &out, &err));
    buf_free(&out);
}

/* --- slices --- */

static bool keep_string(void *ctx, const struct data_event *e)
{
    struct str *kept = ctx;
    if (e->kind == DATA_STRING)
        *kept = e->text;
    return true;
}

/* Without escapes, a string is a slice of the text. */
static void test_slices(void **state)
{
    struct fixture *f = *state;
    struct data_error err;
    struct str plain = STR("[\"abc\"]"), escaped = STR("[\"a\\nc\"]"), got;
    json_read(&f->arena, plain, JSON_STRICT, keep_string, &got, &err);
    assert_ptr_equal(got.ptr, plain.ptr + 2);
    assert_str(got, "abc");
    json_read(&f->arena, escaped, JSON_STRICT, keep_string, &got, &err);
    assert_true(arena_newer(&f->arena, (struct arena_mark){0}, got.ptr));
    assert_str(got, "a\nc");
}

/* --- the writer --- */

static void write_pair(struct json_writer *w, unsigned blanks)
{
    json_line(w, blanks);
    json_open(w, "pair", "[");
    json_bool(w, NULL, true);
    json_null(w, NULL);
    json_close(w, "]");
}

static void test_layout(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    struct json_writer w = {.out = &out};
    json_open(&w, NULL, "{");
    json_str(&w, "s", STR("a\"b"));
    json_int(&w, "n", -1);
    json_line(&w, 0);
    json_bool(&w, "no", false);
    write_pair(&w, 2);
    json_key(&w, STR("k\n"));
    json_open(&w, NULL, "{");
    json_line(&w, 4);
    json_close(&w, "}");
    json_str_or_null(&w, "x", STR(""));
    json_line(&w, 1);
    json_str_or_null(&w, "y", (struct str){NULL, 0});
    json_line(&w, 0);
    json_close(&w, "}");
    assert_str(buf_str(&out), "{\"s\": \"a\\\"b\", \"n\": -1,\n"
                              "\"no\": false,\n"
                              "  \"pair\": [true, null], \"k\\n\": {}, "
                              "\"x\": \"\",\n"
                              " \"y\": null\n"
                              "}");
    buf_free(&out);
}

static void test_quote(void **state)
{
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, &f->fault, LIMIT_COUNT);
    json_quote(&out, STR("a\"\\/\b\f\n\r\t\0\x01\x1F\x7F"));
    json_quote(&out, STR("\xC3\xA9\xFF\xC3\xE2\x82 \xF0\x9F\x90\xB3"));
    json_quote(&out, (struct str){NULL, 0});
    assert_str(buf_str(&out),
               "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u0001\\u001f\x7F\""
               "\"\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD "
               "\xF0\x9F\x90\xB3\"\"\"");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_taken),   TEST(test_places), TEST(test_cut_off),
        TEST(test_refused), TEST(test_depth),  TEST(test_as_go),
        TEST(test_slices),  TEST(test_layout), TEST(test_quote),
    };
    return tap_run(tests, raise_fence, NULL);
}
