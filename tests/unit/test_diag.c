/* SPDX-License-Identifier: MIT */
/* Diagnostics: what is kept, and what -W does. Each test reports and compares
 * the whole text. */
#include "source/diag_print.h"

#include "report.h"

#include <stdio.h>
#include <string.h>

/* --- collecting --- */

static void test_catalogue(void **state)
{
    (void)state;
    for (int id = 0; id < DIAG_COUNT; id++) {
        const char *name = diag_name((enum diag_id)id);
        assert_string_not_equal(name, "");
        for (int other = 0; other < id; other++)
            assert_string_not_equal(name, diag_name((enum diag_id)other));
    }
}

static void test_message(void **state)
{
    struct fixture *f = *state;
    struct diag *d = diag_report(&f->diags, DIAG_UNKNOWN_NAME, source_nowhere,
                                 NULL, "'%s'%c", "x", '!');
    check_str(d->message, "unknown name 'x'!");
    d = diag_report(&f->diags, DIAG_DIVISION, source_nowhere, NULL, NULL);
    check_str(d->message, "division by zero");
    d = diag_report(&f->diags, DIAG_TYPE, source_nowhere, NULL, NULL);
    check_str(d->message, "");
    assert_int_equal(d->message.ptr[0], '\0');
}

static void test_duplicates(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    struct source *s = add_source(f, "a", STR("text"), 0);
    struct source *same = add_source(f, "a", STR("text"), 0);
    struct source *t = add_source(f, "a", STR("text"), 1);
    struct span at = {s, 1, 2};
    assert_non_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
    assert_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
    at.source = same;
    assert_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
    at.source = s;
    assert_non_null(diag_report(d, DIAG_VALUE, at, NULL, "m"));
    assert_non_null(diag_report(d, DIAG_TYPE, at, NULL, "n"));
    at.off = 2;
    assert_non_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
    at.len = 1;
    assert_non_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
    at.source = t;
    assert_non_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
    assert_int_equal(d->list.n, 6);
    assert_int_equal(d->errors, 6);
    assert_int_equal(d->reported, 8);
    diag_clear(d);
    assert_int_equal(d->list.n, 0);
    assert_int_equal(d->errors, 0);
    assert_non_null(diag_report(d, DIAG_TYPE, at, NULL, "m"));
}

static void test_duplicates_cost_nothing(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 100000; i++)
        diag_report(&f->diags, DIAG_USER_WARNING, source_nowhere, NULL,
                    "again %64s", "");
    assert_int_equal(f->diags.list.n, 1);
    assert_true(f->arena.total < 1 << 20);
}

static void test_worst(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    assert_int_equal(d->worst, SEVERITY_IGNORED);
    diag_report(d, DIAG_USER_WARNING, source_nowhere, NULL, "m");
    assert_int_equal(d->worst, SEVERITY_WARNING);
    assert_int_equal(d->errors, 0);
    diag_report(d, DIAG_UNREADABLE, source_nowhere, NULL, "m");
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "m");
    assert_int_equal(d->worst, SEVERITY_FAILURE);
    assert_int_equal(d->errors, 2);
}

static void test_severity_of_a_caller(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    struct diag *one = diag_report_as(d, DIAG_USER_WARNING, SEVERITY_ERROR,
                                      source_nowhere, NULL, STR("%s"));
    assert_int_equal(one->severity, SEVERITY_ERROR);
    check_str(one->message, "%s");
    assert_int_equal(d->worst, SEVERITY_ERROR);
    assert_int_equal(d->errors, 1);
    /* The next one is a warning as before. */
    one = diag_report(d, DIAG_USER_WARNING, source_nowhere, NULL, "m");
    assert_int_equal(one->severity, SEVERITY_WARNING);
    assert_true(diag_set(d, STR("no-warn")));
    assert_null(diag_report_as(d, DIAG_USER_WARNING, SEVERITY_ERROR,
                               source_nowhere, NULL, STR("x")));
}

static void test_muted(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    d->muted = true;
    assert_false(diag_enabled(d, DIAG_TYPE));
    struct diag *none = diag_report(d, DIAG_TYPE, source_nowhere, NULL, "m");
    assert_null(none);
    diag_note(d, none, source_nowhere, "nothing happens");
    assert_int_equal(d->reported, 0);
    d->muted = false;
    assert_non_null(diag_report(d, DIAG_TYPE, source_nowhere, NULL, "m"));
}

static void test_sort(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    struct source *s = add_source(f, "a", STR("text"), 0);
    struct source *t = add_source(f, "b", STR("text"), 1);
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "7");
    diag_report(d, DIAG_TYPE, (struct span){t, 0, 1}, NULL, "5");
    diag_report(d, DIAG_TYPE, (struct span){s, 3, 1}, NULL, "4");
    diag_report(d, DIAG_TYPE, (struct span){s, 2, 1}, NULL, "2");
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "8");
    diag_report(d, DIAG_TYPE, (struct span){s, 2, 1}, NULL, "3");
    diag_report(d, DIAG_TYPE, (struct span){t, 1, 1}, NULL, "6");
    diag_report(d, DIAG_TYPE, (struct span){s, 0, 1}, NULL, "1");
    diag_sort(d);
    for (uint32_t i = 0; i < d->list.n; i++)
        assert_int_equal(d->list.at[i]->message.ptr[0], '1' + (char)i);
}

/* --- a run --- */

struct run {
    uint32_t moments;
    uint32_t doubted; /* from this place on */
};

static void count_moment(void *ctx, struct diag *d)
{
    assert_non_null(d);
    ((struct run *)ctx)->moments++;
}

static bool is_doubted(void *ctx, struct span at)
{
    return at.off >= ((struct run *)ctx)->doubted;
}

static void test_moments_of_a_run(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    struct run run = {0, 0};
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "before");
    diag_run_begins(d, count_moment, NULL, &run);
    assert_int_equal(run.moments, 0);
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "in it");
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "in it");
    diag_report(d, DIAG_USER_WARNING, source_nowhere, NULL, "a warning");
    assert_int_equal(run.moments, 1);
    diag_run_ends(d);
    diag_report(d, DIAG_TYPE, source_nowhere, NULL, "after");
    assert_int_equal(run.moments, 1);
}

/* Of five lines the second has an error, the third a warning, and the last,
 * which has no end, an error. */
static void test_what_follows_in_a_run(void **state)
{
    static const char *const follows = "..aaa.......ee";
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    struct source *s = add_source(f, "a", STR("x\nabc\nd\nxyz\nee"), 0);
    struct source *t = add_source(f, "b", STR("x\nabc"), 1);
    struct run run = {0, 14};
    assert_false(diag_follows(d, (struct span){s, 0, 1}));
    diag_report(d, DIAG_TYPE, (struct span){s, 12, 1}, NULL, "e");
    diag_report(d, DIAG_TYPE, (struct span){s, 3, 1}, NULL, "b");
    diag_report(d, DIAG_USER_WARNING, (struct span){s, 6, 1}, NULL, "d");
    diag_report(d, DIAG_USER_WARNING, (struct span){s, 2, 1}, NULL, "a");
    assert_false(diag_follows(d, (struct span){s, 3, 1}));
    diag_run_begins(d, count_moment, NULL, &run);
    for (uint32_t i = 0; i < s->text.len; i++)
        if (s->text.ptr[i] != '\n')
            assert_int_equal(diag_follows(d, (struct span){s, i, 1}),
                             follows[i] != '.');
    assert_false(diag_follows(d, (struct span){t, 3, 1}));
    assert_false(diag_follows(d, source_nowhere));
    diag_report(d, DIAG_TYPE, (struct span){s, 0, 1}, NULL, "in the run");
    assert_false(diag_follows(d, (struct span){s, 0, 1}));
    diag_run_ends(d);
    assert_false(diag_follows(d, (struct span){s, 3, 1}));
    run.doubted = 8;
    diag_run_begins(d, count_moment, is_doubted, &run);
    assert_true(diag_follows(d, (struct span){s, 9, 1}));
    assert_false(diag_follows(d, (struct span){s, 6, 1}));
    diag_run_ends(d);
}

/* --- options --- */

static void test_options(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    assert_true(diag_set(d, STR("no-unknown-macro")));
    assert_false(diag_enabled(d, DIAG_UNKNOWN_MACRO));
    assert_null(diag_report(d, DIAG_UNKNOWN_MACRO, source_nowhere, NULL, "m"));
    assert_true(diag_set(d, STR("error")));
    assert_int_equal(d->severity[DIAG_UNKNOWN_MACRO], SEVERITY_IGNORED);
    assert_int_equal(d->severity[DIAG_OR_DEFAULT], SEVERITY_ERROR);
    assert_int_equal(d->severity[DIAG_UNREADABLE], SEVERITY_FAILURE);
    assert_true(diag_set(d, STR("no-error=or-default")));
    assert_int_equal(d->severity[DIAG_OR_DEFAULT], SEVERITY_WARNING);
    assert_true(diag_set(d, STR("no-error")));
    assert_int_equal(d->severity[DIAG_ESCAPED_NAME], SEVERITY_WARNING);
    assert_int_equal(d->severity[DIAG_TYPE], SEVERITY_ERROR);
    assert_true(diag_set(d, STR("error=warn")));
    assert_int_equal(d->severity[DIAG_USER_WARNING], SEVERITY_ERROR);
    assert_int_equal(d->severity[DIAG_OR_DEFAULT], SEVERITY_WARNING);
    assert_true(diag_set(d, STR("all")));
    assert_int_equal(d->severity[DIAG_UNKNOWN_MACRO], SEVERITY_WARNING);
    assert_true(diag_set(d, STR("no-warn")));
    assert_true(diag_set(d, STR("warn")));
    assert_int_equal(d->severity[DIAG_USER_WARNING], SEVERITY_WARNING);
}

static void test_wrong_options(void **state)
{
    struct fixture *f = *state;
    struct diags *d = &f->diags;
    static const char *const wrong[] = {"",
                                        "no-",
                                        "no-type",
                                        "no-unreadable",
                                        "typo",
                                        "no-typo",
                                        "error=",
                                        "error=typo",
                                        "no-error=type",
                                        "no-all",
                                        "no-error=typo",
                                        "no-no-output",
                                        "Error"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(diag_set(d, str_from(wrong[i])));
    /* Setting what is already set is not a mistake. */
    assert_true(diag_set(d, STR("type")));
    assert_true(diag_set(d, STR("no-output")));
    assert_true(diag_set(d, STR("error=unreadable")));
    assert_int_equal(d->severity[DIAG_TYPE], SEVERITY_ERROR);
    assert_int_equal(d->severity[DIAG_UNREADABLE], SEVERITY_FAILURE);
}

static void test_options_survive_clear(void **state)
{
    struct fixture *f = *state;
    assert_true(diag_set(&f->diags, STR("error=warn")));
    diag_clear(&f->diags);
    diag_report(&f->diags, DIAG_USER_WARNING, source_nowhere, NULL, "m");
    assert_int_equal(f->diags.worst, SEVERITY_ERROR);
}

/* --- the limit --- */

/* Reports errors, optionally each twice, until the limit jumps. */
static void run_into_limit(struct fixture *f, bool same)
{
    assert_true(limit_set(&f->fault.limits, LIMIT_ERRORS, 5));
    volatile int n = 0;
    if (setjmp(f->fault.env) == 0) {
        for (;; n++)
            diag_report(&f->diags, DIAG_TYPE, source_nowhere, NULL, "%d",
                        same ? 0 : n);
    }
    assert_int_equal(n, 5);
    assert_int_equal(f->fault.which, LIMIT_STOP);
}

static void test_too_many(void **state)
{
    struct fixture *f = *state;
    run_into_limit(f, false);
    assert_int_equal(f->diags.list.n, 6);
    if (setjmp(f->fault.env) == 0)
        diag_report(&f->diags, DIAG_VALUE, source_nowhere, NULL, "late");
    assert_int_equal(f->diags.list.n, 6);
    diag_sort(&f->diags);
    assert_int_equal(f->diags.list.at[5]->id, DIAG_TOO_MANY);
}

static void test_too_many_of_one(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 1000; i++)
        diag_report(&f->diags, DIAG_USER_WARNING, source_nowhere, NULL, "%d",
                    i);
    diag_clear(&f->diags);
    run_into_limit(f, true);
    check_text(f, "stagepp: error: 0 [type]\n"
                  "stagepp: error: too many errors; stopping "
                  "[too-many-errors]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_catalogue),
        TEST(test_message),
        TEST(test_duplicates),
        TEST(test_duplicates_cost_nothing),
        TEST(test_worst),
        TEST(test_severity_of_a_caller),
        TEST(test_muted),
        TEST(test_sort),
        TEST(test_moments_of_a_run),
        TEST(test_what_follows_in_a_run),
        TEST(test_options),
        TEST(test_wrong_options),
        TEST(test_options_survive_clear),
        TEST(test_too_many),
        TEST(test_too_many_of_one),
    };
    return tap_run(tests, NULL, NULL);
}
