/* SPDX-License-Identifier: MIT */
/* The list of words of other languages: each has a use and is found, none hides
 * another, and what is advised is there to be written. */
#include "lang/hint.h"

#include "fixture.h"

#include <stdio.h>
#include <string.h>

struct row {
    struct str word;
    unsigned uses;
    struct str text;
};

#define VALUE HINT_VALUE
#define CALL HINT_CALL
#define METHOD HINT_METHOD
#define KEY HINT_KEY
#define X(word, uses, text) {STR(word), uses, STR(text)},
static const struct row rows[] = {
#include "lang/hint_word_list.h"
};
#undef X
#undef VALUE
#undef CALL
#undef METHOD
#undef KEY

enum {
    ROWS = sizeof rows / sizeof *rows
};

static bool is_builtin(struct str name)
{
    static const struct str names[] = {
#define X(name, group, params, doc) STR(#name),
#include "eval/builtin_list.h"
#undef X
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, names[i]))
            return true;
    return false;
}

/* Names the row if it is not good. */
static void check(bool good, const struct row *r)
{
    if (!good)
        fprintf(stderr, "# %.*s: %.*s\n", STR_ARG(r->word), STR_ARG(r->text));
    assert_true(good);
}

static void each_word_has_its_uses(void **state)
{
    struct fixture *f = *state;
    for (size_t i = 0; i < ROWS; i++) {
        const struct row *r = &rows[i];
        check(r->uses != 0, r);
        for (unsigned use = HINT_VALUE; use <= HINT_KEY; use <<= 1) {
            struct str said =
                hint_word(&f->arena, r->word, (enum hint_use)use, STR("sub"));
            if (!(r->uses & use))
                continue;
            check(str_starts(said, STR("; ")), r);
            check(said.len >= r->text.len + 2, r);
        }
    }
}

static void no_word_hides_another(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = i + 1; k < ROWS; k++)
            check(!str_eq(rows[i].word, rows[k].word) ||
                      !(rows[i].uses & rows[k].uses),
                  &rows[k]);
}

/* It is called, and so not unknown. */
static void no_word_is_a_function(void **state)
{
    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        check(!(rows[i].uses & HINT_CALL) || !is_builtin(rows[i].word),
              &rows[i]);
}

static void advised_functions_are_there(void **state)
{
    (void)state;
    unsigned found = 0;
    for (size_t i = 0; i < ROWS; i++) {
        struct str text = rows[i].text;
        for (size_t at = 0; (at = str_chr(text, '(', at)) != STR_NONE; at++) {
            size_t from = at;
            while (from > 0 && ascii_is_name(text.ptr[from - 1]))
                from--;
            struct str name = str_slice(text, from, at - from);
            if (name.len == 0 || str_eq(name, STR("f"))) /* any function */
                continue;
            check(is_builtin(name), &rows[i]);
            found++;
        }
    }
    assert_true(found > 100);
}

/* A subject that is long, or that is not there, is "x". */
static void subjects_are_filled_in(void **state)
{
    struct fixture *f = *state;
    static const char *const said[][2] = {
        {"a", "; write @set a = a + [x]"},
        {"", "; write @set x = x + [x]"},
        {"a\nb", "; write @set x = x + [x]"},
        {"123456789012345678901234567890",
         "; write @set 123456789012345678901234567890 = "
         "123456789012345678901234567890 + [x]"},
        {"1234567890123456789012345678901", "; write @set x = x + [x]"},
    };
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_true(str_eq(hint_word(&f->arena, STR("append"), HINT_METHOD,
                                     str_from(said[i][0])),
                           str_from(said[i][1])));
    assert_true(str_eq(
        hint_word(&f->arena, STR("shell"), HINT_CALL, STR("a")),
        STR("; no command is run: declare @param x, and give -D x=\"$(…)\"")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_word_has_its_uses), TEST(no_word_hides_another),
        TEST(no_word_is_a_function),  TEST(advised_functions_are_there),
        TEST(subjects_are_filled_in),
    };
    return tap_run(tests, NULL, NULL);
}
