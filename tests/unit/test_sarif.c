/* SPDX-License-Identifier: MIT */
/* SARIF: what becomes a result and what a notification, file names as URIs,
 * regions, messages that look like links, and the table of what diagnostics are
 * about. tests/sarif/run.sh tests with the schema that the whole is valid. */
#include "source/diag_about.h"
#include "source/diag_sarif.h"

#include "report.h"

#include <stdio.h>
#include <string.h>

static struct source *make(struct fixture *f, enum source_kind kind,
                           const char *name, const char *text)
{
    return source_new(&f->arena, kind, str_from(name), str_from(text), 0);
}

static const char *print(struct fixture *f)
{
    buf_truncate(&f->out, 0);
    diag_sarif_print(&f->out, &f->diags, "1.2.3");
    buf_add_char(&f->out, '\0');
    return f->out.ptr;
}

/* The log contains want, and nothing else of its kind. */
static void check_has(struct fixture *f, const char *want)
{
    const char *log = print(f);
    const char *at = strstr(log, want);
    if (!at)
        fail_msg("got:\n%s\nwanted in it:\n%s", log, want);
    assert_null(strstr(at + 1, want));
}

static void check_has_not(struct fixture *f, const char *want)
{
    const char *log = print(f);
    if (strstr(log, want))
        fail_msg("got:\n%s\nnot wanted in it:\n%s", log, want);
}

/* --- the table --- */

/* One sentence, for places with little room; the page is an absolute URL. */
static void test_about(void **state)
{
    (void)state;
    for (int id = 0; id < DIAG_COUNT; id++) {
        const struct diag_about *a = diag_about((enum diag_id)id);
        if (!a->text)
            fail_msg("%s: nothing about it", diag_name((enum diag_id)id));
        size_t len = strlen(a->text);
        assert_in_range(len, 10, 72);
        assert_true(a->text[len - 1] == '.');
        assert_null(strstr(a->text, ". "));
        if (a->more)
            assert_true(a->more[strlen(a->more) - 1] == '.');
        if (a->page)
            assert_true(strncmp(a->page, "https://", 8) == 0);
    }
}

/* --- the whole --- */

static const char whole[] =
    "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
    " \"version\": \"2.1.0\",\n"
    " \"runs\": [{\n"
    "  \"tool\": {\"driver\": {\"name\": \"stagepp\", "
    "\"version\": \"1.2.3\", \"semanticVersion\": \"1.2.3\",\n"
    "   \"rules\": [\n"
    "    {\"id\": \"type\", \"shortDescription\": {\"text\": \"An "
    "operation or a function does not take this type.\"}, "
    "\"fullDescription\": {\"text\": \"An operation or a function does "
    "not take this type.\"}, \"help\": {\"text\": \"An operation or a "
    "function does not take this type.\"}, "
    "\"defaultConfiguration\": {\"level\": \"error\"}}],\n"
    "   \"notifications\": [\n"
    "    {\"id\": \"usage\", \"shortDescription\": {\"text\": \"The "
    "command line is wrong.\"}, \"fullDescription\": {\"text\": \"The "
    "command line is wrong.\"}, \"help\": {\"text\": \"The command line "
    "is wrong.\"}, \"defaultConfiguration\": {\"level\": \"error\"}},\n"
    "    {\"id\": \"too-many-errors\", \"shortDescription\": {\"text\": "
    "\"Only so many errors are shown.\"}, \"fullDescription\": "
    "{\"text\": \"Only so many errors are shown. Option --limit changes "
    "that.\"}, \"help\": {\"text\": \"Only so many errors are shown. "
    "Option --limit changes that.\"}, "
    "\"defaultConfiguration\": {\"level\": \"error\"}}]}},\n"
    "  \"columnKind\": \"unicodeCodePoints\",\n"
    "  \"originalUriBaseIds\": {\"%SRCROOT%\": {\"description\": "
    "{\"text\": \"The working directory of stagepp.\"}}},\n"
    "  \"invocations\": [{\"executionSuccessful\": false,\n"
    "   \"toolConfigurationNotifications\": [\n"
    "    {\"descriptor\": {\"id\": \"usage\", \"index\": 0}, "
    "\"level\": \"error\", \"message\": {\"text\": \"u\"}}],\n"
    "   \"toolExecutionNotifications\": [\n"
    "    {\"descriptor\": {\"id\": \"too-many-errors\", \"index\": 1}, "
    "\"level\": \"error\", \"message\": "
    "{\"text\": \"too many errors; stopping\"}}]}],\n"
    "  \"results\": [\n"
    "   {\"ruleId\": \"type\", \"ruleIndex\": 0, \"level\": \"error\", "
    "\"message\": {\"text\": \"bad \xef\xbf\xbd 'é'\\n\\n- one\\n"
    "- [in macro f called here](1)\"}, "
    "\"locations\": [{\"physicalLocation\": {\"artifactLocation\": "
    "{\"uri\": \"a.in\", \"uriBaseId\": \"%SRCROOT%\"}, "
    "\"region\": {\"startLine\": 1, \"startColumn\": 2, "
    "\"endLine\": 2, \"endColumn\": 3}}}], "
    "\"relatedLocations\": [{\"id\": 1, "
    "\"message\": {\"text\": \"in macro f called here\"}, "
    "\"physicalLocation\": {\"artifactLocation\": "
    "{\"uri\": \"a.in\", \"uriBaseId\": \"%SRCROOT%\"}, "
    "\"region\": {\"startLine\": 1, \"startColumn\": 1, "
    "\"endLine\": 1, \"endColumn\": 2}}}]}]}]}\n";

static void test_whole(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_FILE, "a.in", "é(\nx)");
    struct trace t = {NULL, TRACE_MACRO, STR("f"), {s, 0, 2}, 1};
    struct diag *d = diag_report(&f->diags, DIAG_TYPE, (struct span){s, 2, 4},
                                 &t, "bad \xff 'é'");
    diag_note(&f->diags, d, source_nowhere, "one");
    diag_report(&f->diags, DIAG_USAGE, source_nowhere, NULL, "u");
    diag_report(&f->diags, DIAG_TOO_MANY, source_nowhere, NULL, NULL);
    assert_string_equal(print(f), whole);
}

static void test_empty(void **state)
{
    struct fixture *f = *state;
    check_has(f, "\"rules\": []");
    check_has(f, "\"executionSuccessful\": true");
    check_has(f, "  \"results\": []}]}\n");
}

/* Whether a warning is made an error or not: the rule keeps its own level. */
static void test_levels(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_FILE, "a", "x");
    struct span at = {s, 0, 1};
    assert_true(diag_set(&f->diags, STR("error=warn")));
    diag_report(&f->diags, DIAG_OR_DEFAULT, at, NULL, "m");
    diag_report(&f->diags, DIAG_USER_WARNING, at, NULL, "n");
    check_has(f, "\"ruleId\": \"or-default\", \"ruleIndex\": 0, "
                 "\"level\": \"warning\"");
    check_has(f, "\"ruleId\": \"warn\", \"ruleIndex\": 1, "
                 "\"level\": \"error\"");
    check_has_not(f, "{\"level\": \"error\"}");
    check_has(f, "Option -Wno-warn turns this warning off, -Werror=warn makes "
                 "it an error.");
    check_has(f, "\"executionSuccessful\": true");
}

static void test_page(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_FILE, "a", "x");
    diag_report(&f->diags, DIAG_MAINTAINER, (struct span){s, 0, 1}, NULL, "m");
    check_has(f, "\"fullDescription\": {\"text\": \"MAINTAINER is obsolete. "
                 "Use a label instead.\"}");
    check_has(f, "\"helpUri\": \"https://docs.docker.com/go/dockerfile/rule/"
                 "maintainer-deprecated/\", \"default");
}

/* A failure with a place is still a result. */
static void test_failure(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_FILE, "a", "x");
    diag_report(&f->diags, DIAG_UNREADABLE, (struct span){s, 0, 1}, NULL, "m");
    check_has(f, "\"executionSuccessful\": false");
    check_has(f, "\"ruleId\": \"unreadable\", \"ruleIndex\": 0, "
                 "\"level\": \"error\"");
}

/* --- file names --- */

static void check_name(struct fixture *f, enum source_kind kind,
                       const char *name, const char *want)
{
    char artifact[200];
    struct source *s = make(f, kind, name, "x");
    diag_report(&f->diags, DIAG_TYPE, (struct span){s, 0, 1}, NULL, "m");
    snprintf(artifact, sizeof artifact, "\"artifactLocation\": {%s}", want);
    check_has(f, artifact);
    diag_clear(&f->diags);
}

#define RELATIVE(uri) "\"uri\": \"" uri "\", \"uriBaseId\": \"%SRCROOT%\""

static void test_names(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *name, *want;
    } names[] = {
        {"a/b-1_~.in", RELATIVE("a/b-1_~.in")},
        {"a b%20#?.in", RELATIVE("a%20b%2520%23%3F.in")},
        {"é\xff\x01\"\\", RELATIVE("%C3%A9%FF%01%22%5C")},
        {"C:\\t.in", RELATIVE("C%3A%5Ct.in")},
        {"http://a", RELATIVE("http%3A/a")},
        {"!$&'()*+,;=@[]", RELATIVE("!$&'()*+,;=@%5B%5D")},
        {"./a//b/../c/.", RELATIVE("a/c")},
        {"../../a", RELATIVE("../../a")},
        {"/", "\"uri\": \"file:///\""},
        {"/a b/../c%", "\"uri\": \"file:///c%25\""},
        {"//host/a", "\"uri\": \"file:///host/a\""},
        {"-", RELATIVE("-")},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_name(f, SOURCE_FILE, names[i].name, names[i].want);
    check_name(f, SOURCE_OUTPUT, "Dockerfile", RELATIVE("Dockerfile"));
    check_name(f, SOURCE_BUFFER, "a.in", RELATIVE("a.in"));
    check_name(f, SOURCE_BUFFER, "-",
               "\"uri\": \"-\", \"description\": {\"text\": \"Standard "
               "input.\"}");
}

/* --- places that are not in a file --- */

static void test_option(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_OPTION, "-D", "a=b");
    diag_report(&f->diags, DIAG_UNKNOWN_PARAM, (struct span){s, 2, 1}, NULL,
                "m");
    check_has(f, "\"toolConfigurationNotifications\": [\n    {\"descriptor\": "
                 "{\"id\": \"unknown-param\", \"index\": 0}, "
                 "\"level\": \"error\", \"message\": "
                 "{\"text\": \"m (-D:1:3)\"}}]");
    check_has(f, "\"results\": []");
    check_has(f, "\"executionSuccessful\": false");
}

static void test_option_with_note(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_OPTION, "-D", "a=b");
    struct source *t = make(f, SOURCE_FILE, "t", "xyz");
    struct diag *d = diag_report(&f->diags, DIAG_BAD_PARAM,
                                 (struct span){s, 2, 1}, NULL, "m");
    diag_note(&f->diags, d, source_nowhere, "of no place");
    diag_note(&f->diags, d, (struct span){t, 1, 2}, "declared");
    check_has(f, "{\"text\": \"m (-D:1:3)\\n\\n- of no place\\n"
                 "- [declared](1)\"}, \"locations\": [{\"physicalLocation\": "
                 "{\"artifactLocation\": {\"uri\": \"t\"");
    check_has(f, "\"executionSuccessful\": true");
}

static void test_compiled(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_COMPILED, "std/a.spp", "\nxyz");
    struct source *t = make(f, SOURCE_FILE, "t", "xyz");
    struct trace trace = {NULL, TRACE_MACRO, STR("a.f"), {t, 0, 1}, 1};
    diag_report(&f->diags, DIAG_TYPE, (struct span){s, 1, 1}, &trace, "m");
    check_has(f, "\"message\": {\"text\": \"m\\n\\n- found here, in a.f "
                 "(std/a.spp:2:1)\"}, \"locations\": [{\"physicalLocation\": "
                 "{\"artifactLocation\": {\"uri\": \"t\"");
    check_has_not(f, "relatedLocations");
    diag_clear(&f->diags);
    diag_report(&f->diags, DIAG_TYPE, (struct span){s, 2, 1}, NULL, "m");
    check_has(f, "\"toolExecutionNotifications\": [\n    {");
    check_has(f, "{\"text\": \"m (std/a.spp:2:2)\"}");
}

static void test_stream(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_STREAM, "standard output", "x");
    diag_report(&f->diags, DIAG_MAINTAINER, (struct span){s, 0, 1}, NULL, "m");
    check_has(f, "\"toolExecutionNotifications\": [\n    {");
    check_has(f, "\"level\": \"warning\", \"message\": {\"text\": "
                 "\"m (standard output:1:1)\"}");
    check_has(f, "\"executionSuccessful\": true");
}

/* --- regions --- */

static void check_region(struct fixture *f, const char *text, uint32_t off,
                         uint32_t len, const char *want)
{
    char region[120];
    unsigned n[4];
    assert_int_equal(sscanf(want, "%u:%u-%u:%u", n, n + 1, n + 2, n + 3), 4);
    struct source *s = make(f, SOURCE_FILE, "a", text);
    diag_report(&f->diags, DIAG_TYPE, (struct span){s, off, len}, NULL, "m");
    snprintf(region, sizeof region,
             "{\"startLine\": %u, \"startColumn\": %u, \"endLine\": %u, "
             "\"endColumn\": %u}",
             n[0], n[1], n[2], n[3]);
    check_has(f, region);
    diag_clear(&f->diags);
}

/* In the standard, there is no line after the last line end. */
static void test_regions(void **state)
{
    struct fixture *f = *state;
    check_region(f, "abc", 1, 0, "1:2-1:2");
    check_region(f, "é\xff€b", 6, 1, "1:4-1:5");
    check_region(f,
                 "\xef\xbb\xbf"
                 "ab",
                 3, 1, "1:1-1:2");
    check_region(f, "ab\ncd\n", 3, 2, "2:1-2:3");
    check_region(f, "ab\ncd\n", 0, 3, "1:1-2:1");
    check_region(f, "ab\ncd\n", 3, 3, "2:1-2:4");
    check_region(f, "ab\ncd\n", 6, 0, "2:4-2:4");
    check_region(f, "ab\r\n", 4, 0, "1:5-1:5");
    check_region(f, "\n", 1, 1, "1:2-1:2");
    check_region(f, "", 0, 0, "1:1-1:1");
    check_region(f, "ab", 2, UINT32_MAX, "1:3-1:3");
}

/* --- messages --- */

static void test_messages(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_FILE, "a", "x");
    struct span at = {s, 0, 1};
    struct diag *d = diag_report(&f->diags, DIAG_USER_ERROR, at, NULL,
                                 "[a](b) \\ {} \"\n\x1b]");
    diag_note(&f->diags, d, at, "c[0](d)\\");
    check_has(f, "\"message\": {\"text\": \"[a\\\\](b) \\\\ {} \\\"\\n"
                 "\\u001b]\\n\\n- [c\\\\[0\\\\](d)\\\\\\\\](1)\"}");
    check_has(f, "\"message\": {\"text\": \"c[0\\\\](d)\\\\\"}");
}

/* Readers refuse an empty message. */
static void test_empty_message(void **state)
{
    struct fixture *f = *state;
    struct source *s = make(f, SOURCE_FILE, "a", "x");
    diag_report(&f->diags, DIAG_USER_ERROR, (struct span){s, 0, 1}, NULL, "%s",
                "");
    check_has(f, "\"message\": {\"text\": \"The template reports an error.\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_about),
        TEST(test_whole),
        TEST(test_empty),
        TEST(test_levels),
        TEST(test_page),
        TEST(test_failure),
        TEST(test_names),
        TEST(test_option),
        TEST(test_option_with_note),
        TEST(test_compiled),
        TEST(test_stream),
        TEST(test_regions),
        TEST(test_messages),
        TEST(test_empty_message),
    };
    return tap_run(tests, NULL, NULL);
}
