/* SPDX-License-Identifier: MIT */
/* How lines of a Dockerfile are cut: into words, flags, fields, strings of
 * JSON, directives and the words that announce heredocs. */
#include "docker/directive.h"
#include "docker/heredoc.h"
#include "docker/text.h"
#include "docker/words.h"

#include "fixture.h"

/* The words, each with a '|' after it. */
static void check(struct fixture *f, const char *what, struct words words,
                  const char *want)
{
    struct text_buf got = {.arena = &f->arena};
    for (uint32_t i = 0; i < words.n; i++) {
        text_add(&got, words.at[i]);
        text_add(&got, STR("|"));
    }
    if (!str_eq(text_of(&got), str_from(want)))
        fail_msg("%s gives %.*s, not %s", what, STR_ARG(text_of(&got)), want);
}

/* --- words --- */

static void plain(struct fixture *f, const char *line, const char *want)
{
    check(f, line, words_plain(&f->arena, str_from(line)), want);
}

static void gaps_end_words(void **state)
{
    struct fixture *f = *state;
    plain(f, "", "");
    plain(f, "a", "a|");
    plain(f, "a b\tc\vd\fe\rf", "a|b|c|d|e|f|");
    plain(f, "a  b ", "a|b|");
    plain(f, "a\302\240b", "a\302\240b|");
    plain(f, "a\nb", "a\nb|");
}

static void quoted(struct fixture *f, const char *line, const char *want)
{
    check(f, line, words_quoted(&f->arena, str_from(line), '\\'), want);
}

static void quotes_hold_words_together(void **state)
{
    struct fixture *f = *state;
    quoted(f, "", "");
    quoted(f, " a  b ", "a|b|");
    quoted(f, "a\302\240b\342\200\203c", "a|b|c|");
    quoted(f, "'a b' c", "'a b'|c|");
    quoted(f, "\"a b\"c d", "\"a b\"c|d|");
    quoted(f, "a\\ b c", "a\\ b|c|");
    quoted(f, "'a\\' b", "'a\\'|b|");
    quoted(f, "\"a\\\" b\" c", "\"a\\\" b\"|c|");
    quoted(f, "'a\"b c' \"d'e f\"", "'a\"b c'|\"d'e f\"|");
    quoted(f, "a 'b c", "a|'b c|");
    quoted(f, "a b\\", "a|b|");
    quoted(f, "\\", "");
}

/* --- flags --- */

static void flags(struct fixture *f, const char *line, const char *want,
                  const char *want_rest)
{
    struct str rest = str_from(line);
    struct words words = words_flags(&f->arena, &rest, '\\');
    check(f, line, words, want);
    if (!str_eq(rest, str_from(want_rest)))
        fail_msg("%s leaves '%.*s'", line, STR_ARG(rest));
}

static void flags_come_first(void **state)
{
    struct fixture *f = *state;
    flags(f, "", "", "");
    flags(f, "  a --b", "", "a --b");
    flags(f, " --a --b=c d --e", "--a|--b=c|", "d --e");
    flags(f, "--a -- --b", "--a|", " --b");
    flags(f, "--a", "--a|", "");
    flags(f, "-a", "", "-a");
    flags(f, "--a='b c' d", "--a=b c|", "d");
    flags(f, "--a=\"b 'c\" d", "--a=b 'c|", "d");
    flags(f, "--a=b\\ c d", "--a=b c|", "d");
    flags(f, "--a\\", "--a|", "");
    flags(f, "--a=\"\" b", "--a=|", "b");
    flags(f, "--a=\"b", "--a=b|", "");
    flags(f, "--a=\"b\\", "--a=b|", "");
    flags(f, "--a\tb", "--a|", "b");
    /* Each byte counts as a character of its own. */
    flags(f, "--a\210b c", "--a\302\210b|", "c");
    flags(f, "--a\303\251b c", "--a\303\203\302\251b|", "c");
    flags(f, "--a\303\205b c", "--a\303\203|", "b c");
    flags(f, "--a\240--b c", "--a|--b|", "c");
    flags(f, "\205--a b", "--a|", "b");
}

/* --- fields --- */

static void fields(struct fixture *f, const char *text, const char *want)
{
    struct words words;
    if (words_fields(&f->arena, str_from(text), &words) != (want != NULL))
        fail_msg("%s", text);
    if (want)
        check(f, text, words, want);
}

static void commas_end_fields(void **state)
{
    struct fixture *f = *state;
    fields(f, "a", "a|");
    fields(f, "a,b=c,,d", "a|b=c||d|");
    fields(f, "a,", "a||");
    fields(f, ",", "||");
    fields(f, "", NULL);
    fields(f, "\"a,b\",c", "a,b|c|");
    fields(f, "\"\"", "|");
    fields(f, "\"a\"\"b\"", "a\"b|");
    fields(f, "\"\"\"\"", "\"|");
    fields(f, "\"a\",", "a||");
    fields(f, "\"a", NULL);
    fields(f, "\"a\"b", NULL);
    fields(f, "a\"b\"", NULL);
    fields(f, "a,b\"", NULL);
}

/* --- JSON --- */

static void json(struct fixture *f, const char *text, enum exec_form form,
                 const char *want)
{
    struct words words = {0};
    if (words_json(&f->arena, str_from(text), &words) != form)
        fail_msg("%s is of another form", text);
    check(f, text, words, want);
}

static void arrays_hold_strings(void **state)
{
    struct fixture *f = *state;
    json(f, "[\"a\", \"b c\"]", EXEC_JSON, "a|b c|");
    json(f, " \t[\"a\"] ", EXEC_JSON, "a|");
    json(f, "[]", EXEC_JSON, "");
    json(f, "[\"\\u00e9\\n\"]", EXEC_JSON, "\303\251\n|");
    json(f, "[1]", EXEC_OTHER, "");
    json(f, "[\"a\", 1]", EXEC_OTHER, "");
    json(f, "[\"a\", [\"b\"]]", EXEC_OTHER, "");
    json(f, "[[]]", EXEC_OTHER, "");
    json(f, "[{\"a\": \"b\"}]", EXEC_OTHER, "");
    json(f, "[null]", EXEC_OTHER, "");
    json(f, "[true]", EXEC_OTHER, "");
    json(f, "[\"a\"] b", EXEC_SHELL, "");
    json(f, "[\"a\"", EXEC_SHELL, "");
    json(f, "['a']", EXEC_SHELL, "");
    json(f, "[\"a\",]", EXEC_SHELL, "");
    json(f, "\"a\"", EXEC_SHELL, "");
    json(f, "", EXEC_SHELL, "");
}

/* --- directives --- */

static void directive(const char *line, const char *want_name,
                      const char *want_value)
{
    struct str name, value;
    bool is = directive_split(str_from(line), &name, &value);
    if (is != (want_name != NULL))
        fail_msg("'%s' is %s", line, is ? "a directive" : "none");
    if (is && (!str_eq(name, str_from(want_name)) ||
               !str_eq(value, str_from(want_value))))
        fail_msg("'%s': '%.*s' is '%.*s'", line, STR_ARG(name), STR_ARG(value));
}

static void directives_have_a_form(void **state)
{
    (void)state;
    directive("#a=b", "a", "b");
    directive("# \t\fa1 \f=\t b c \t", "a1", "b c");
    directive("#A=b=c", "A", "b=c");
    directive("#a= ", "a", " ");
    directive("#a=\t ", "a", " ");
    directive("#a=", NULL, NULL);
    directive("#=b", NULL, NULL);
    directive("#1a=b", NULL, NULL);
    directive("#a_b=c", NULL, NULL);
    directive("#a b=c", NULL, NULL);
    directive("#a", NULL, NULL);
    directive("#", NULL, NULL);
    directive("", NULL, NULL);
    directive(" #a=b", NULL, NULL);
    directive("a=b", NULL, NULL);
}

static void directives_come_once(void **state)
{
    struct str seen[DIRECTIVE_COUNT] = {{NULL, 0}};
    (void)state;
    assert_int_equal(directive_add(seen, STR("Check"), STR("1")),
                     DIRECTIVE_NEW);
    assert_int_equal(directive_add(seen, STR("syntax"), STR("2")),
                     DIRECTIVE_NEW);
    assert_int_equal(directive_add(seen, STR("check"), STR("3")),
                     DIRECTIVE_TWICE);
    assert_int_equal(directive_add(seen, STR("ESCAPE"), STR("4")),
                     DIRECTIVE_NEW);
    assert_int_equal(directive_add(seen, STR("checks"), STR("5")),
                     DIRECTIVE_UNKNOWN);
    assert_str(seen[DIRECTIVE_CHECK], "1");
    assert_str(seen[DIRECTIVE_SYNTAX], "2");
    assert_str(seen[DIRECTIVE_ESCAPE], "4");
}

/* --- heredocs --- */

/* "name", with a '-' in front if tabs go, and a '$' if variables are replaced;
 * NULL if the word announces none. */
static void heredoc(struct fixture *f, const char *word, const char *want)
{
    struct heredoc h;
    bool is = heredoc_word(&f->arena, str_from(word), &h);
    if (is != (want != NULL))
        fail_msg("'%s' %s", word, is ? "announces one" : "announces none");
    if (!is)
        return;
    struct text_buf got = {.arena = &f->arena};
    text_add(&got, h.chomp ? STR("-") : STR(""));
    text_add(&got, h.expand ? STR("$") : STR(""));
    text_add(&got, h.name);
    assert_int_equal(h.content.len, 0);
    if (!str_eq(text_of(&got), str_from(want)))
        fail_msg("'%s': %.*s", word, STR_ARG(text_of(&got)));
}

static void some_words_announce_heredocs(void **state)
{
    struct fixture *f = *state;
    heredoc(f, "<<A", "$A");
    heredoc(f, "<<-A", "-$A");
    heredoc(f, "12<<A", "$A");
    heredoc(f, "<< \t\rA", "$A");
    heredoc(f, "<<- A", "-$A");
    heredoc(f, "<<'A'", "A");
    heredoc(f, "<<-\"A\"", "-A");
    heredoc(f, "<<A'B'", "AB");
    heredoc(f, "<<'A B'", "A B");
    heredoc(f, "<<\\'A", "$'A");
    heredoc(f, "<<$A", "$$A");
    heredoc(f, "<<A B", NULL);
    heredoc(f, "<<A<B", NULL);
    heredoc(f, "<<<A", NULL);
    heredoc(f, "<<", NULL);
    heredoc(f, "<<-", NULL);
    heredoc(f, "<A", NULL);
    heredoc(f, "a<<A", NULL);
    heredoc(f, "A", NULL);
    heredoc(f, "<<''", NULL);
    heredoc(f, "<<'A", NULL);
    heredoc(f, "", NULL);
}

/* --- ends --- */

static void cuts_take_the_first(void **state)
{
    struct str s = STR("a,b,,c");
    (void)state;
    assert_str(text_cut(&s, ','), "a");
    assert_str(text_cut(&s, ','), "b");
    assert_str(text_cut(&s, ','), "");
    assert_non_null(s.ptr);
    assert_str(text_cut(&s, ','), "c");
    assert_null(s.ptr);
    s = STR("a,");
    assert_str(text_cut(&s, ','), "a");
    assert_non_null(s.ptr);
    assert_str(text_cut(&s, ','), "");
    assert_null(s.ptr);
    assert_true(text_same(STR("aBz@["), STR("AbZ@[")));
    assert_false(text_same(STR("@"), STR("`")));
    assert_false(text_same(STR("["), STR("{")));
    assert_false(text_same(STR("a"), STR("ab")));
    assert_true(text_has_upper(STR("aZ")) && text_has_upper(STR("A")));
    assert_false(text_has_upper(STR("a@[")));
    assert_true(text_has_lower(STR("Az")) && text_has_lower(STR("a")));
    assert_false(text_has_lower(STR("A`{")));
    assert_true(text_has_upper(STR("\377")) && text_has_lower(STR("\377")));
}

static void texts_grow(void **state)
{
    struct fixture *f = *state;
    struct text_buf b = {.arena = &f->arena};
    char want[400];
    for (size_t i = 0; i < sizeof want; i++) {
        want[i] = (char)('a' + i % 26);
        text_add(&b, (struct str){&want[i], 1});
    }
    text_add(&b, (struct str){want, sizeof want});
    text_add(&b, (struct str){NULL, 0});
    text_add_char(&b, 0x20ac);
    assert_int_equal(b.len, 2 * sizeof want + 3);
    assert_memory_equal(b.ptr, want, sizeof want);
    assert_memory_equal(b.ptr + sizeof want, want, sizeof want);
    assert_memory_equal(b.ptr + 2 * sizeof want, "\342\202\254", 3);
}

/* White space of Unicode, in order; Go's unicode.IsSpace. */
static const uint32_t spaces[] = {
    0x9,    0xA,    0xB,    0xC,    0xD,    0x20,   0x85,   0xA0,   0x1680,
    0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
    0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};

static void code_points_are_space_or_not(void **state)
{
    size_t next = 0;
    (void)state;
    for (uint32_t cp = 0; cp < 0x20000; cp++) {
        bool space =
            next < sizeof spaces / sizeof *spaces && cp == spaces[next];
        next += space;
        if (text_is_space(cp) != space)
            fail_msg("U+%04X: %d", (unsigned)cp, !space);
    }
}

/* After "é", whose bytes must stay, and before it. */
static void space_is_trimmed(void **state)
{
    struct fixture *f = *state;
    for (uint32_t cp = 1; cp < 0x20000; cp += cp == 0xD7FF ? 0x801 : 1) {
        struct text_buf b = {.arena = &f->arena};
        struct arena_mark mark = arena_mark(&f->arena);
        text_add_char(&b, cp);
        text_add_char(&b, 0xE9);
        text_add_char(&b, cp);
        struct str got = text_trim(text_of(&b));
        if ((got.len == 2) != text_is_space(cp))
            fail_msg("U+%04X leaves %zu bytes", (unsigned)cp, got.len);
        arena_rewind(&f->arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gaps_end_words),
        TEST(quotes_hold_words_together),
        TEST(flags_come_first),
        TEST(commas_end_fields),
        TEST(arrays_hold_strings),
        TEST(directives_have_a_form),
        TEST(directives_come_once),
        TEST(some_words_announce_heredocs),
        TEST(cuts_take_the_first),
        TEST(texts_grow),
        TEST(code_points_are_space_or_not),
        TEST(space_is_trimmed),
    };
    return tap_run(tests, NULL, NULL);
}
