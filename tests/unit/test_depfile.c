/* SPDX-License-Identifier: MIT */
/* Rules for make: the quoting and the line breaks are gcc's, byte for byte. */
#include "driver/depfile.h"

#include "report.h"

static void expect(struct fixture *f, const char *want)
{
    check_str(buf_str(&f->out), want);
    buf_truncate(&f->out, 0);
}

/* What gcc -M -MQ makes of such names. */
static void test_quote(void **state)
{
    static const char *const table[][2] = {
        {"Dockerfile", "Dockerfile"},
        {"a b", "a\\ b"},
        {" a", "\\ a"},
        {"t\tb", "t\\\tb"},
        {"a#b", "a\\#b"},
        {"a$b", "a$$b"},
        {"a:b", "a:b"},
        {"a%b", "a%b"},
        {"a*b", "a*b"},
        {"a\\b", "a\\b"},
        {"a\\ b", "a\\\\\\ b"},
        {"a\\\\ b", "a\\\\\\\\\\ b"},
        {"a\\#b", "a\\\\#b"},
        {"c:\\x y", "c:\\x\\ y"},
        {"caf\xc3\xa9", "caf\xc3\xa9"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct fixture *f = *state;
        depfile_quote(&f->out, str_from(table[i][0]));
        expect(f, table[i][1]);
    }
}

static void test_rule(void **state)
{
    struct fixture *f = *state;
    const struct str deps[] = {STR("t.in"), STR("a b"), STR("$c")};
    depfile_rule(&f->out, STR("x y"), deps, 3, 3);
    expect(f, "x y: t.in a\\ b $$c\n");
    depfile_rule(&f->out, STR("x"), deps, 3, 1);
    expect(f, "x: t.in a\\ b $$c\na\\ b:\n$$c:\n");
    depfile_rule(&f->out, STR("x"), deps, 3, 0);
    expect(f, "x: t.in a\\ b $$c\nt.in:\na\\ b:\n$$c:\n");
    depfile_rule(&f->out, STR("x"), NULL, 0, 1);
    expect(f, "x:\n");
}

/* A name may end in column 72, not in column 73. */
static void test_columns(void **state)
{
    struct fixture *f = *state;
    const char *exact = "123456789012345678901234567890123456789012345678901234"
                        "5678901234567890";
    struct str deps[] = {STR("d"), {exact, 68}, STR("e")};
    depfile_rule(&f->out, STR("x"), deps, 3, 3);
    expect(f, "x: d 123456789012345678901234567890123456789012345678901234567"
              "89012345678 \\\n e\n");
    deps[1].len = 69;
    depfile_rule(&f->out, STR("x"), deps, 3, 3);
    expect(f, "x: d \\\n 123456789012345678901234567890123456789012345678901"
              "234567890123456789 e\n");
}

/* Names that make would not read as the name of a file. */
static void test_objections(void **state)
{
    static const char *const never[] = {"a\nb",    "a\\",
                                        "a;b",     "x;touch${IFS}pwned",
                                        "SHELL=x", "MAKEFLAGS+=x",
                                        "a!=b",    "=",
                                        "a:%b",    "|",
                                        "x ",      "x\t"};
    static const char *const no_targets[] = {".IGNORE", ".PHONY",
                                             ".DELETE_ON_ERROR"};
    static const char *const fine[] = {".d/IGNORE", ".Ignore", ".",  "a|b",
                                       "a:b",       "50%",     "a b"};
    (void)state;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
        assert_non_null(depfile_objection(str_from(never[i]), DEPFILE_DEP));
        assert_non_null(depfile_objection(str_from(never[i]), DEPFILE_TARGET));
    }
    for (size_t i = 0; i < sizeof no_targets / sizeof *no_targets; i++) {
        struct str name = str_from(no_targets[i]);
        assert_null(depfile_objection(name, DEPFILE_DEP));
        assert_non_null(depfile_objection(name, DEPFILE_TARGET));
    }
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_null(depfile_objection(str_from(fine[i]), DEPFILE_TARGET));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_quote),
        TEST(test_rule),
        TEST(test_columns),
        TEST(test_objections),
    };
    return tap_run(tests, NULL, NULL);
}
