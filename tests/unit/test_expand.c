/* SPDX-License-Identifier: MIT */
/* Words with variables, quotes and escapes: the text that they give, or why
 * they give none; the words they are cut into; and whose value a variable has.
 */
#include "docker/expand.h"

#include "docker/text.h"
#include "fixture.h"

static struct env variables(struct fixture *f)
{
    struct env e = {.arena = &f->arena};
    env_set(&e, STR("a"), STR("1"));
    env_set(&e, STR("b"), STR("2"));
    env_set(&e, STR("e"), STR(""));
    env_set(&e, STR("p"), STR("x/y/z"));
    env_set(&e, STR("q"), STR("x"));
    env_set(&e, STR("s"), STR(" k  l "));
    env_set(&e, STR("\303\251"), STR("3"));
    return e;
}

static struct expander expander(struct fixture *f, const struct env *env)
{
    return (struct expander){.arena = &f->arena, .escape = '\\', .env = env};
}

/* --- texts --- */

struct row {
    const char *word, *text, *why; /* one of the two is NULL */
};

static void check(struct expander x, const struct row *row)
{
    struct str got;
    bool good = expand_word(&x, str_from(row->word), &got);
    if (good && !row->text)
        fail_msg("%s gives '%.*s'", row->word, STR_ARG(got));
    if (good && !str_eq(got, str_from(row->text)))
        fail_msg("%s gives '%.*s', not '%s'", row->word, STR_ARG(got),
                 row->text);
    if (!good && (!row->why || strcmp(x.error, row->why) != 0))
        fail_msg("%s fails: %s", row->word, x.error);
}

static void check_all(struct expander x, const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check(x, &rows[i]);
}

#define CHECK_ALL(x, rows) check_all((x), (rows), sizeof(rows) / sizeof *(rows))

static const struct row texts[] = {
    {"abc", "abc", NULL},
    {"$a", "1", NULL},
    {"${a}", "1", NULL},
    {"$a.b", "1.b", NULL},
    {"$abc", "", NULL},
    {"$a$b", "12", NULL},
    {"${a}c", "1c", NULL},
    {"$\303\251", "3", NULL},
    {"${\303\251}", "3", NULL},
    {"$9x", "x", NULL},
    {"$$", "", NULL},
    {"$", "$", NULL},
    {"$-", "", NULL},
    {"$.", "$.", NULL},
    {"$*a", "a", NULL},
    {"a$?", "a", NULL},
    {"'$a'", "$a", NULL},
    {"\"$a\"", "1", NULL},
    {"'a\"b'", "a\"b", NULL},
    {"\"a'b\"", "a'b", NULL},
    {"'a", NULL, "a single quote is not closed"},
    {"\"a", NULL, "a double quote is not closed"},
    {"''", "", NULL},
    {"\"\"", "", NULL},
    {"'a'b'c'", "abc", NULL},
    {"\"\\$a\"", "$a", NULL},
    {"\"\\a\"", "\\a", NULL},
    {"\"\\\\\"", "\\", NULL},
    {"\"\\\"\"", "\"", NULL},
    {"\"\\", NULL, "a double quote is not closed"},
    {"\\$a", "$a", NULL},
    {"\\a", "a", NULL},
    {"\\\\", "\\", NULL},
    {"a\\", "a", NULL},
    {"\\'a\\'", "'a'", NULL},
    {"${", NULL, "'}' is missing"},
    {"${}", NULL, "this is not a substitution"},
    {"${{", NULL, "this is not a substitution"},
    {"${:", NULL, "this is not a substitution"},
    {"${:a}", NULL, "this is not a substitution"},
    {"${a", NULL, "a Dockerfile has no such modifier"},
    {"${a:", NULL, "'}' is missing"},
    {"${a-", NULL, "'}' is missing"},
    {"${a-b", NULL, "'}' is missing"},
    {"${a-b}c", "1c", NULL},
    {"${u-b}", "b", NULL},
    {"${u-}", "", NULL},
    {"${e-b}", "", NULL},
    {"${a:-b}", "1", NULL},
    {"${u:-b}", "b", NULL},
    {"${e:-b}", "b", NULL},
    {"${a+b}", "b", NULL},
    {"${u+b}", "", NULL},
    {"${e+b}", "b", NULL},
    {"${a:+b}", "b", NULL},
    {"${u:+b}", "", NULL},
    {"${e:+b}", "", NULL},
    {"${a?}", "1", NULL},
    {"${u?}", NULL, "it must be set"},
    {"${e?}", "", NULL},
    {"${a:?b}", "1", NULL},
    {"${u:?b}", NULL, "u: b"},
    {"${e:?b}", NULL, "e: b"},
    {"${e:?}", NULL, "it must not be empty"},
    {"${u?b}", NULL, "u: b"},
    {"${u-${a}}", "1", NULL},
    {"${u-$u}", "", NULL},
    {"${u:-${u:-${a}}}", "1", NULL},
    {"${u-'a b'}", "a b", NULL},
    {"${u-\"a}b\"}", "a}b", NULL},
    {"${u-\\}}", "}", NULL},
    {"${p#*/}", "y/z", NULL},
    {"${p##*/}", "z", NULL},
    {"${p%/*}", "x/y", NULL},
    {"${p%%/*}", "x", NULL},
    {"${p#x}", "/y/z", NULL},
    {"${p#z}", "x/y/z", NULL},
    {"${p%z}", "x/y/", NULL},
    {"${p%x}", "x/y/z", NULL},
    {"${p#}", "x/y/z", NULL},
    {"${p##}", "x/y/z", NULL},
    {"${u#x}", "", NULL},
    {"${p:#x}", NULL, "a Dockerfile has no such modifier"},
    {"${p:%x}", NULL, "a Dockerfile has no such modifier"},
    {"${p/x/y}", "y/y/z", NULL},
    {"${p//\\//.}", "x.y.z", NULL},
    {"${p/\\//.}", "x.y/z", NULL},
    {"${p/z}", NULL, "the second '/' is missing"},
    {"${p/z/}", "x/y/", NULL},
    {"${p//?/ab}", "ababababab", NULL},
    {"${p/x/$a}", "1/y/z", NULL},
    {"${p/$q/w}", "w/y/z", NULL},
    {"${p:/x/y}", NULL, "a Dockerfile has no such modifier"},
    {"${p/x/y", NULL, "'}' is missing"},
    {"${p#x", NULL, "'}' is missing"},
    {"${p#\\*}", "x/y/z", NULL},
    {"${p#\\a}", NULL, "the pattern has an escape that means nothing"},
    {"${p=x}", NULL, "a Dockerfile has no such modifier"},
    {"${p:=x}", NULL, "a Dockerfile has no such modifier"},
    {"${p!x}", NULL, "a Dockerfile has no such modifier"},
    {"${p:!x}", NULL, "a Dockerfile has no such modifier"},
    {"${p:1}", NULL, "a Dockerfile has no such modifier"},
    {"${p@}", NULL, "a Dockerfile has no such modifier"},
    {"a<b", "a<b", NULL},
    {"a<<b", "a<<b", NULL},
    {"a<< b", "a<< b", NULL},
    {"$s", " k  l ", NULL},
    {"${s}c", " k  l c", NULL},
    {"\"$s\"", " k  l ", NULL},
    {"${u-a b}", "a b", NULL},
    {"a b", "a b", NULL},
};

static void words_give_texts(void **state)
{
    struct env env = variables(*state);
    CHECK_ALL(expander(*state, &env), texts);
}

static void some_things_may_stay(void **state)
{
    static const struct row kept[] = {{"$a", "$a", NULL},
                                      {"x${u:-b}y", "x${u:-b}y", NULL},
                                      {"'$a'", "$a", NULL},
                                      {"\\$a", "$a", NULL},
                                      {"${p#\\a}", "${p#\\a}", NULL},
                                      {"${u?}", "${u?}", NULL}};
    static const struct row quotes[] = {{"'$a'", "'$a'", NULL},
                                        {"\"$a\"", "\"1\"", NULL},
                                        {"\"\\\"\"", "\"\"\"", NULL},
                                        {"\\$a", "$a", NULL}};
    static const struct row escapes[] = {
        {"\\$a", "\\$a", NULL},     {"\\a", "\\a", NULL},
        {"'\\'", "\\", NULL},       {"\"\\$a\"", "\\$a", NULL},
        {"\"\\a\"", "\\\\a", NULL}, {"a\\", "a\\", NULL}};
    static const struct row text[] = {{"'$a'", "'1'", NULL},
                                      {"it's", "it's", NULL},
                                      {"\"a", "\"a", NULL},
                                      {"\\$a", "$a", NULL}};
    struct env env = variables(*state);
    struct expander x = expander(*state, &env);
    x.keep = true;
    CHECK_ALL(x, kept);
    x.keep = false, x.raw_quotes = true;
    CHECK_ALL(x, quotes);
    x.raw_quotes = false, x.raw_escapes = true;
    CHECK_ALL(x, escapes);
    x.raw_escapes = false, x.no_quotes = true;
    CHECK_ALL(x, text);
}

static void another_sign_may_escape(void **state)
{
    static const struct row rows[] = {
        {"`$a", "$a", NULL},      {"\\$a", "\\1", NULL},
        {"c:\\x", "c:\\x", NULL}, {"\"`$a\"", "$a", NULL},
        {"\"``\"", "`", NULL},    {"\"`x\"", "`x", NULL}};
    struct env env = variables(*state);
    struct expander x = expander(*state, &env);
    x.escape = '`';
    CHECK_ALL(x, rows);
}

/* --- names --- */

static void check_name(struct fixture *f, const char *word, const char *want)
{
    struct expander x = expander(f, NULL);
    struct str ignored;
    assert_true(expand_word(&x, str_from(word), &ignored));
    assert_int_equal(x.used.set.n, 0);
    assert_int_equal(x.used.unset.n, *want != '\0');
    if (*want && !str_eq(x.used.unset.at[0], str_from(want)))
        fail_msg("%s uses '%.*s'", word, STR_ARG(x.used.unset.at[0]));
}

static void names_end_somewhere(void **state)
{
    struct fixture *f = *state;
    check_name(f, "$a_B9.", "a_B9");
    check_name(f, "$a-b", "a");
    check_name(f, "$12a", "12");
    check_name(f, "$@@", "@");
    check_name(f, "$*", "*");
    check_name(f, "$##", "#");
    check_name(f, "$?", "?");
    check_name(f, "$-x", "-");
    check_name(f, "$$$", "$");
    check_name(f, "$!!", "!");
    check_name(f, "$/", "");
    check_name(f, "$a\302\240b", "a"); /* U+00A0 */
    check_name(f, "$a\302\252\302\265\302\272", "a\302\252\302\265\302\272");
    check_name(f, "$a\302\253", "a");                 /* U+00AB */
    check_name(f, "$a\302\277", "a");                 /* U+00BF */
    check_name(f, "$a\303\200", "a\303\200");         /* U+00C0 */
    check_name(f, "$a\303\227", "a");                 /* U+00D7 */
    check_name(f, "$a\303\267", "a");                 /* U+00F7 */
    check_name(f, "$a\341\277\276", "a\341\277\276"); /* U+1FFE */
    check_name(f, "$a\342\200\200", "a");             /* U+2000 */
    check_name(f, "$a\342\200\220", "a");             /* U+2010 */
    check_name(f, "$a\342\257\277", "a");             /* U+2BFF */
    check_name(f, "$a\342\260\200", "a\342\260\200"); /* U+2C00 */
    check_name(f, "$a\343\200\200", "a");             /* U+3000 */
    check_name(f, "$a\357\267\277", "a\357\267\277"); /* U+FDFF */
    check_name(f, "$a\357\270\200", "a");             /* U+FE00 */
    check_name(f, "$a\360\237\220\263", "a");         /* U+1F433 */
}

static void used_names_are_known(void **state)
{
    struct env env = variables(*state);
    struct expander x = expander(*state, &env);
    struct str ignored;
    assert_true(expand_word(&x, STR("$a$u$e${v-$b}'$p'"), &ignored));
    assert_int_equal(x.used.set.n, 3);
    assert_str(x.used.set.at[0], "a");
    assert_str(x.used.set.at[1], "e");
    assert_str(x.used.set.at[2], "b");
    assert_int_equal(x.used.unset.n, 2);
    assert_str(x.used.unset.at[0], "u");
    assert_str(x.used.unset.at[1], "v");
    assert_false(expand_word(&x, STR("x${a:?}${e:?}"), &ignored));
    assert_str(x.error_part, "e");
    assert_false(expand_word(&x, STR("x${u"), &ignored));
    assert_str(x.error_part, "u");
    assert_false(expand_word(&x, STR("x${}"), &ignored));
    assert_str(x.error_part, "${}");
}

/* --- words --- */

static void check_words(struct fixture *f, const char *line, const char *want)
{
    struct env env = variables(f);
    struct expander x = expander(f, &env);
    struct words words;
    struct text_buf got = {.arena = &f->arena};
    assert_true(expand_words(&x, str_from(line), &words));
    for (uint32_t i = 0; i < words.n; i++) {
        text_add(&got, words.at[i]);
        text_add(&got, STR("|"));
    }
    if (!str_eq(text_of(&got), str_from(want)))
        fail_msg("%s gives %.*s", line, STR_ARG(text_of(&got)));
}

static void lines_are_cut_into_words(void **state)
{
    struct fixture *f = *state;
    check_words(f, "", "");
    check_words(f, "a", "a|");
    check_words(f, " a \t b\302\240c ", "a|b|c|");
    check_words(f, "'a b'", "a b|");
    check_words(f, "\"a b\"c", "a bc|");
    check_words(f, "a\\ b", "a b|");
    check_words(f, "''", "");
    check_words(f, "x$s", "x|k|l|");
    check_words(f, "$s$a", "k|l|1|");
    check_words(f, "\"$s\"", " k  l |");
    check_words(f, "$e", "");
    check_words(f, "$e a", "a|");
    check_words(f, "a << b", "a|<< b|");
    check_words(f, "a<<\t b c", "a<<\t b|c|");
    check_words(f, "a < b", "a|<|b|");
    check_words(f, "${u-a b}", "a|b|");
}

/* --- limits --- */

static void values_are_cut(void **state)
{
    struct fixture *f = *state;
    static char text[EXPAND_MAX + 10];
    struct env env = {.arena = &f->arena};
    struct expander x = expander(f, &env);
    struct words words;
    struct str got;
    memset(text, 'a', sizeof text);
    env_set(&env, STR("v"), (struct str){text, EXPAND_MAX - 1});
    assert_true(expand_word(&x, STR("${v}b"), &got));
    assert_int_equal(got.len, EXPAND_MAX);
    assert_int_equal(got.ptr[EXPAND_MAX - 1], 'b');
    assert_true(expand_word(&x, STR("${v}bcd"), &got));
    assert_int_equal(got.len, EXPAND_MAX);
    assert_int_equal(got.ptr[EXPAND_MAX - 1], 'b');
    assert_true(expand_word(&x, STR("\"${v}bcd\""), &got));
    assert_int_equal(got.len, EXPAND_MAX);
    assert_true(expand_words(&x, STR("a ${v}bcd"), &words));
    assert_int_equal(words.n, 2);
    assert_int_equal(words.at[1].len, EXPAND_MAX);
}

static struct str nested(struct fixture *f, int depth)
{
    struct text_buf b = {.arena = &f->arena};
    for (int i = 0; i < depth; i++)
        text_add(&b, STR("${u-"));
    for (int i = 0; i < depth; i++)
        text_add(&b, STR("}"));
    return text_of(&b);
}

static void nesting_ends_at_a_hundred(void **state)
{
    struct expander x = expander(*state, NULL);
    struct str got;
    assert_true(expand_word(&x, nested(*state, 100), &got));
    assert_true(expand_word(&x, STR("${u-}${u-}"), &got));
    assert_false(expand_word(&x, nested(*state, 101), &got));
    assert_string_equal(x.error, "substitutions are nested too deeply");
}

/* --- whose value it is --- */

static void check_value(const struct env *e, const char *name, const char *want)
{
    struct str got;
    bool set = env_get(e, str_from(name), &got);
    if (set != (want != NULL) || (set && !str_eq(got, str_from(want))))
        fail_msg("%s is %s", name, set ? "another value" : "not set");
}

static void stages_inherit(void **state)
{
    struct fixture *f = *state;
    struct env bottom = {.arena = &f->arena};
    struct env middle = {.arena = &f->arena, .below = &bottom};
    struct env top = {.arena = &f->arena, .below = &middle};
    env_set(&bottom, STR("env"), STR("1"));
    env_set_arg(&bottom, STR("env"), STR("2"));
    env_declare(&bottom, STR("declared"));
    env_set_arg(&bottom, STR("arg"), STR("3"));
    env_set_arg(&bottom, STR("both"), STR("4"));
    env_set_arg(&middle, STR("both"), STR("5"));
    env_set(&bottom, STR("later"), STR("6"));
    env_set_arg(&middle, STR("later"), STR("7"));
    env_declare(&middle, STR("arg"));
    check_value(&bottom, "env", "2");
    check_value(&middle, "env", "1");
    check_value(&top, "env", "1");
    check_value(&top, "arg", "3");
    check_value(&middle, "arg", "3");
    check_value(&top, "both", "5");
    check_value(&middle, "later", "7");
    check_value(&top, "later", "6");
    check_value(&top, "declared", NULL);
    check_value(&bottom, "declared", NULL);
    check_value(&top, "unknown", NULL);
    assert_true(env_is_declared(&top, STR("declared")));
    assert_true(env_is_declared(&middle, STR("arg")));
    assert_false(env_is_declared(&bottom, STR("arg")));
    assert_false(env_is_declared(&top, STR("env")));
    assert_str(env_near(&top, STR("declraed")), "declared");
    assert_str(env_near(&top, STR("lateer")), "later");
    assert_null(env_near(&top, STR("xyzzy")).ptr);
}

static void two_names_are_reserved(void **state)
{
    (void)state;
    assert_true(env_is_reserved(STR("BUILDKIT_SBOM_SCAN_CONTEXT")));
    assert_true(env_is_reserved(STR("BUILDKIT_SBOM_SCAN_STAGE")));
    assert_false(env_is_reserved(STR("BUILDKIT_SBOM_SCAN")));
}

/* Where names end: each code point after "$a". */
static void letters_belong_to_names(void **state)
{
    /* From one to the next, names hold all code points, or none. */
    static const uint32_t edges[] = {
        '0',  '9' + 1, 'A',    'Z' + 1, '_',    '_' + 1, 'a',    'z' + 1, 0xAA,
        0xAB, 0xB5,    0xB6,   0xBA,    0xBB,   0xC0,    0xD7,   0xD8,    0xF7,
        0xF8, 0x1680,  0x1681, 0x2000,  0x2C00, 0x3000,  0x3001, 0xFE00};
    struct fixture *f = *state;
    size_t next = 0;
    for (uint32_t cp = 1; cp < 0x20000; cp++) {
        while (next < sizeof edges / sizeof *edges && cp >= edges[next])
            next++;
        if (cp >= 0xD800 && cp < 0xE000) /* UTF-8 has none */
            continue;
        struct arena_mark mark = arena_mark(&f->arena);
        struct expander x = expander(f, NULL);
        struct text_buf b = {.arena = &f->arena};
        struct str got;
        text_add(&b, STR("$a"));
        text_add_char(&b, cp);
        assert_true(expand_word(&x, text_of(&b), &got) || cp < 0x80);
        size_t len = x.used.unset.at[0].len;
        if (len != (next % 2 ? text_of(&b).len - 1 : 1))
            fail_msg("U+%04X: the name has %zu bytes", (unsigned)cp, len);
        arena_rewind(&f->arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(words_give_texts),        TEST(some_things_may_stay),
        TEST(another_sign_may_escape), TEST(names_end_somewhere),
        TEST(used_names_are_known),    TEST(lines_are_cut_into_words),
        TEST(values_are_cut),          TEST(nesting_ends_at_a_hundred),
        TEST(stages_inherit),          TEST(two_names_are_reserved),
        TEST(letters_belong_to_names),
    };
    return tap_run(tests, NULL, NULL);
}
