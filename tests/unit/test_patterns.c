/* SPDX-License-Identifier: MIT */
/* Patterns, of .dockerignore files and of variables, and the values of --mount
 * and --device, which are cut and matched without looking at anything else. */
#include "docker/ignore.h"
#include "docker/mount.h"
#include "docker/pattern.h"
#include "docker/unreplaced.h"

#include "../fence.h"
#include "fixture.h"

#include <stdio.h>

/* --- .dockerignore --- */

static void check_ignored(struct fixture *f, const char *patterns,
                          const char *path, bool want)
{
    if (ignore_matches(&f->arena, str_from(patterns), str_from(path)) != want)
        fail_msg("'%s' %s '%s'", patterns, want ? "keeps" : "does not keep",
                 path);
}

static void ignored(struct fixture *f, const char *patterns, const char *path)
{
    check_ignored(f, patterns, path, true);
}

static void kept(struct fixture *f, const char *patterns, const char *path)
{
    check_ignored(f, patterns, path, false);
}

static void lines_are_patterns(void **state)
{
    struct fixture *f = *state;
    ignored(f, "a", "a");
    ignored(f, "a", "a/b");
    kept(f, "a", "ab");
    kept(f, "a", "b/a");
    kept(f, "ab", "a");
    ignored(f, "/a", "a");
    ignored(f, "//a/", "a");
    ignored(f, "./b/../a", "a");
    ignored(f, "b\n a\t\r\nc", "a");
    ignored(f,
            "\xef\xbb\xbf"
            "a",
            "a");
    kept(f, "#a", "#a");
    ignored(f, " #a", "#a");
    kept(f, "", "a");
    kept(f, "\n\n", "a");
    kept(f, "/", "a");
}

static void an_exception_leaves_all_open(void **state)
{
    struct fixture *f = *state;
    kept(f, "a\n!a", "a");
    kept(f, "a\n!a\na", "a");
    kept(f, "!a\na", "a");
    kept(f, "a\n ! a", "a");
    kept(f, "a\n!b", "a");
    kept(f, "a\n!", "a");
    ignored(f, "a\n#!a", "a");
}

/* The context itself is kept out by what leaves nothing of it. */
static void the_top_needs_all(void **state)
{
    struct fixture *f = *state;
    kept(f, "/", "/");
    kept(f, ".", ".");
    kept(f, ".*", ".");
    ignored(f, "*", ".");
    ignored(f, "x\n**", "/");
    ignored(f, "**/*", "./x/..");
    kept(f, "*\n!x", ".");
}

static void paths_are_normalised(void **state)
{
    struct fixture *f = *state;
    ignored(f, "a", "./a/");
    ignored(f, "a/b", "a/./b");
    kept(f, "a", "a/../b");
    kept(f, "a", "/a");
    ignored(f, "*", "/a/b");
    ignored(f, "/", "/a");
    kept(f, "/", "/a/b");
}

static void stars_and_marks(void **state)
{
    struct fixture *f = *state;
    ignored(f, "*.md", "a.md");
    ignored(f, "*.md", ".md");
    kept(f, "*.md", "a/b.md");
    ignored(f, "a*c", "abbc");
    kept(f, "a*c", "ab/c");
    ignored(f, "a?c", "abc");
    kept(f, "a?c", "ac");
    kept(f, "a?c", "a/c");
    ignored(f, "**", "a/b");
    ignored(f, "**/a", "a");
    ignored(f, "**/a", "x/y/a");
    kept(f, "**/a", "xa");
    ignored(f, "a/**", "a/b/c");
    ignored(f, "a/**/b", "a/b");
    ignored(f, "a/**/b", "a/x/y/b");
    kept(f, "a/**/b", "a/xb");
    ignored(f, "**a", "x/a");
    ignored(f, "a**", "ab/c");
}

static void classes_and_escapes(void **state)
{
    struct fixture *f = *state;
    ignored(f, "[abc]", "b");
    kept(f, "[abc]", "d");
    ignored(f, "[b-d]x", "bx");
    ignored(f, "[b-d]x", "cx");
    ignored(f, "[b-d]x", "dx");
    kept(f, "[b-d]x", "ex");
    kept(f, "[b-d]x", "ax");
    kept(f, "[b-d]x", "-x");
    ignored(f, "[^b-d]x", "ax");
    kept(f, "[^b-d]x", "bx");
    kept(f, "[^b-d]x", "dx");
    ignored(f, "[^b]x", "[x");
    ignored(f, "[^b]x", "^x");
    kept(f, "x[a", "x");
    ignored(f, "[^a]", "\xff");
    ignored(f, "[^a][b]",
            "\xff"
            "b"); /* its last bit is not the next one's */
    ignored(f, "[a-]", "-");
    kept(f, "[a-]", "b");
    ignored(f, "[]a]", "]");
    ignored(f, "[]a]", "a");
    kept(f, "[^]a]", "]");
    ignored(f, "[\\]]", "]");
    ignored(f, "[\\a-\\c]", "b");
    kept(f, "[a\\-c]", "b");
    ignored(f, "[ab][cd]", "bc");
    kept(f, "[ab][cd]", "cb");
    kept(f, "[a", "a");
    kept(f, "[a", "[a");
    kept(f, "[", "[");
    kept(f, "[]", "]");
    ignored(f, "\\*", "*");
    kept(f, "\\*", "a");
    ignored(f, "\\ab", "ab");
    ignored(f, "a\\", "a\\");
    ignored(f, "[a\nb", "b");
}

/* --- ${NAME#pattern} and ${NAME/pattern/text} --- */

static void check_trim(struct fixture *f, const char *value, const char *how,
                       const char *pattern, const char *want)
{
    struct str got;
    assert_true(pattern_trim(&f->arena, str_from(pattern), str_from(value),
                             how[0] == '%', how[1] == how[0], &got));
    if (!str_eq(got, str_from(want)))
        fail_msg("${%s%s%s} is '%.*s', not '%s'", value, how, pattern,
                 STR_ARG(got), want);
}

static void ends_are_trimmed(void **state)
{
    struct fixture *f = *state;
    struct str got;
    check_trim(f, "a.b.c", "#", "*.", "b.c");
    check_trim(f, "a.b.c", "##", "*.", "c");
    check_trim(f, "a.b.c", "%", ".*", "a.b");
    check_trim(f, "a.b.c", "%%", ".*", "a");
    check_trim(f, "a/b", "##", "*/", "b");
    check_trim(f, "abc", "#", "?", "bc");
    check_trim(f, "/bc", "#", "?", "bc");
    check_trim(f, "abc", "%", "?c", "a");
    check_trim(f, "abc", "#", "b", "abc");
    check_trim(f, "abc", "%", "b", "abc");
    check_trim(f, "abc", "#", "abc", "");
    check_trim(f, "abc", "%", "abc", "");
    check_trim(f, "abc", "#", "abcd", "abc");
    check_trim(f, "abc", "#", "*", "abc");
    check_trim(f, "abc", "##", "*", "");
    check_trim(f, "*a", "#", "\\*", "a");
    check_trim(f, "?}/\\a", "#", "\\?\\}\\/\\\\", "a");
    check_trim(f, "ba", "#", "\\*", "ba");
    assert_false(
        pattern_trim(&f->arena, STR("\\a"), STR("a"), false, false, &got));
    assert_false(
        pattern_trim(&f->arena, STR("a\\"), STR("a"), false, false, &got));
}

static void check_replace(struct fixture *f, const char *value, const char *how,
                          const char *pattern, const char *with,
                          const char *want)
{
    struct str got;
    assert_true(pattern_replace(&f->arena, str_from(pattern), str_from(value),
                                str_from(with), how[1] == '/', &got));
    if (!str_eq(got, str_from(want)))
        fail_msg("${%s%s%s/%s} is '%.*s', not '%s'", value, how, pattern, with,
                 STR_ARG(got), want);
}

static void matches_are_replaced(void **state)
{
    struct fixture *f = *state;
    struct str got;
    check_replace(f, "abab", "/", "b", "x", "axab");
    check_replace(f, "abab", "//", "b", "x", "axax");
    check_replace(f, "abab", "//", "c", "x", "abab");
    check_replace(f, "abab", "/", "a*", "x", "x");
    check_replace(f, "abcb", "/", "b*b", "x", "ax");
    check_replace(f, "abab", "//", "ab", "", "");
    check_replace(f, "abc", "//", "?", "x", "xxx");
    check_replace(f, "abc", "/", "c", "xyz", "abxyz");
    check_replace(f, "aab", "/", "ab", "x", "ax");
    check_replace(f, "abc", "/", "", "x", "xabc");
    check_replace(f, "abc", "//", "", "x", "xaxbxcx");
    check_replace(f, "", "/", "", "x", "x");
    assert_false(pattern_replace(&f->arena, STR("\\a"), STR("a"), STR("b"),
                                 false, &got));
}

/* --- mounts and devices --- */

static const char *mount_error(struct fixture *f, const char *text,
                               struct mount *m)
{
    struct expander x = {.arena = &f->arena, .escape = '\\'};
    const char *why = mount_parse(&f->arena, str_from(text), &x, m);
    return why ? why : "";
}

static void check_mount(struct fixture *f, const char *text, const char *want)
{
    struct mount m;
    const char *why = mount_error(f, text, &m);
    if (strncmp(why, want, strlen(want)) || (*why && !*want))
        fail_msg("%s: '%s', not '%s…'", text, why, want);
}

static void mounts_are_taken(void **state)
{
    struct fixture *f = *state;
    check_mount(f, "type=bind,target=/a", "");
    check_mount(f, "type=CACHE,target=/a,sharing=Shared", "");
    check_mount(f, "type=cache,sharing=private,id=a", "");
    check_mount(f, "type=cache,sharing=locked,mode=0755,uid=9,gid=8", "");
    check_mount(f, "type=tmpfs,dst=/a,size=1g", "");
    check_mount(f, "type=secret,id=a,env=B,required", "");
    check_mount(f, "type=secret,target=/a,mode=7777,uid=4294967295", "");
    check_mount(f, "type=secret,source=a,required=false", "");
    check_mount(f, "type=ssh,required=true,uid=1,gid=1,mode=1", "");
    check_mount(f, "destination=/a,from=b,source=c,ro", "");
    check_mount(f, "target=/a,readonly=1,rw=0,readwrite=true,RO=f", "");
    check_mount(f, "\"target=/a,b\"", "");
}

static void mounts_are_refused(void **state)
{
    struct fixture *f = *state;
    check_mount(f, "", "a mount is a list");
    check_mount(f, "target=\"/a\"", "a mount is a list");
    check_mount(f, "type=volume", "the type of a mount must be");
    check_mount(f, "x=1", "a mount has no such field");
    check_mount(f, "x", "a field of a mount must be");
    check_mount(f, "target", "a field of a mount must be");
    check_mount(f, "ro=maybe", "this field must be true or false");
    check_mount(f, "required", "'required' is only for secret and ssh");
    check_mount(f, "type=cache,required=1", "'required' is only for");
    check_mount(f, "type=secret,id=a,required=x", "this field must be");
    check_mount(f, "type=cache,uid=9x", "uid and gid must be numbers");
    check_mount(f, "type=cache,gid=-9", "uid and gid must be numbers");
    check_mount(f, "type=cache,uid=4294967296", "uid and gid must be");
    check_mount(f, "type=cache,mode=8", "uid and gid must be numbers, and");
    check_mount(f, "type=bind,size=1", "'size' is only for tmpfs mounts");
    check_mount(f, "type=tmpfs,size=x", "this is not a size");
    check_mount(f, "type=cache,sharing=x", "sharing must be shared");
    check_mount(f, "sharing=shared", "'sharing' is only for cache");
    check_mount(f, "type=bind,mode=0", "mode, uid and gid are only for");
    check_mount(f, "type=tmpfs,uid=0", "mode, uid and gid are only for");
    check_mount(f, "gid=0", "mode, uid and gid are only for");
    check_mount(f, "type=secret", "a secret needs an id or a target");
    check_mount(f, "type=secret,id=a,src=b", "a secret has an id or a source");
    check_mount(f, "type=secret,id=a,from=b", "a secret cannot come from");
    check_mount(f, "target=$", "");
    check_mount(f, "target=${", "'}' is missing");
}

static void mounts_have_fields(void **state)
{
    struct fixture *f = *state;
    struct mount m;
    assert_string_equal(mount_error(f, "target=/a", &m), "");
    assert_str(m.type, "bind");
    assert_false(m.has_mode || m.has_uid || m.has_gid);
    mount_error(f, "type=Cache,id=i,mode=0750,sharing=LOCKED,src=s,dst=d", &m);
    assert_str(m.type, "cache");
    assert_str(m.id, "i");
    assert_str(m.sharing, "locked");
    assert_str(m.source, "s");
    assert_str(m.target, "d");
    assert_true(m.has_mode && !m.has_uid && !m.has_gid);
    assert_int_equal(m.mode, 0750);
    mount_error(f, "type=cache,gid=9", &m);
    assert_true(m.has_gid && !m.has_uid && !m.has_mode);
    mount_error(f, "type=cache,uid=9,from=x", &m);
    assert_true(m.has_uid && !m.has_gid && !m.has_mode);
    assert_str(m.from, "x");
}

/* Before the variables are known. */
static const char *early_error(struct fixture *f, const char *text)
{
    struct mount m;
    const char *why = mount_parse(&f->arena, str_from(text), NULL, &m);
    return why ? why : "";
}

static void stages_need_no_variables(void **state)
{
    struct fixture *f = *state;
    struct mount m;
    assert_string_equal(early_error(f, "x=$y,from=a"), "");
    assert_string_equal(early_error(f, "from"), "");
    assert_string_equal(early_error(f, "from=a$"), "");
    assert_int_equal(strncmp(early_error(f, "from=$a"), "'from' takes", 12), 0);
    assert_int_equal(strncmp(early_error(f, "from=$$"), "'from' takes", 12), 0);
    assert_null(mount_parse(&f->arena, STR("FROM=b"), NULL, &m));
    assert_str(m.from, "b");
}

static void check_device(struct fixture *f, const char *text, bool want)
{
    if (!mount_check_device(&f->arena, str_from(text)) != want)
        fail_msg("%s", text);
}

static void devices_have_one_name(void **state)
{
    struct fixture *f = *state;
    check_device(f, "a", true);
    check_device(f, "a/b=c", true);
    check_device(f, "a,required", true);
    check_device(f, "required=true,a", true);
    check_device(f, "Required=0,a", true);
    check_device(f, "a,b", false);
    check_device(f, "a,required=x", false);
    check_device(f, "", false);
    check_device(f, "required", true);
}

/* --- marks --- */

/* The names of all marks of a text, each with the mark. */
static void check_marks(const char *text, enum unreplaced_in in,
                        const char *want)
{
    size_t n = strlen(text), at = 0;
    struct str s = {fence_put(fence_new(n), text, n), n};
    struct unreplaced u;
    char got[100] = "";
    size_t len = 0;
    while (unreplaced_next(s, &at, in, &u))
        len += (size_t)snprintf(got + len, sizeof got - len, "%.*s=%.*s ",
                                STR_ARG(u.name), STR_ARG(u.mark));
    assert_string_equal(got, want);
    assert_int_equal(at, n);
}

static void marks_end_with_the_text(void **state)
{
    (void)state;
    check_marks("", UNREPLACED_WORDS, "");
    check_marks("@name", UNREPLACED_WORDS, "name=@name ");
    check_marks("{na_1}", UNREPLACED_SHELL, "na_1={na_1} ");
    check_marks("a @(b)", UNREPLACED_SHELL, "b=@(b) ");
    check_marks("{{ a }}", UNREPLACED_FILE, "a={{ a }} ");
    check_marks("$(a)@{b}", UNREPLACED_WORDS, "a=$(a) b=@{b} ");
    check_marks("@", UNREPLACED_WORDS, "");
    check_marks("@{", UNREPLACED_WORDS, "");
    check_marks("@{a", UNREPLACED_WORDS, "");
    check_marks("{{ a ", UNREPLACED_FILE, "");
    check_marks("{{ a }", UNREPLACED_FILE, "");
    check_marks("{{", UNREPLACED_FILE, "");
    check_marks("$(a", UNREPLACED_WORDS, "");
}

static void marks_have_no_other_notation_around(void **state)
{
    (void)state;
    check_marks("${{a}}", UNREPLACED_FILE, "");
    check_marks("{{{a}}}", UNREPLACED_FILE, "");
    check_marks("{{a}}}", UNREPLACED_FILE, "");
    check_marks("@@{a} @@(b) $$(c) \\$(d)", UNREPLACED_WORDS, "");
    check_marks("${a} %{b} #{c} \\{d}", UNREPLACED_WORDS, "");
    check_marks("@a. @b: @c@ @d( @e[ @f{ @g=", UNREPLACED_WORDS, "");
    check_marks("@@a \\@b", UNREPLACED_WORDS, "");
    check_marks("@1 {1a} $(-)", UNREPLACED_WORDS, "");
    check_marks("x@a", UNREPLACED_WORDS, "a=@a ");
}

static void marks_depend_on_the_text(void **state)
{
    static const char all[] = "{{a}} @{b} @(c) $(d) {e} @f";
    (void)state;
    check_marks(all, UNREPLACED_WORDS,
                "a={{a}} b=@{b} c=@(c) d=$(d) e={e} f=@f ");
    check_marks(all, UNREPLACED_SHELL, "a={{a}} c=@(c) e={e} f=@f ");
    check_marks(all, UNREPLACED_FILE, "a={{a}} ");
    check_marks("'{a}' \"{b}\" '\"{c}' {d}", UNREPLACED_SHELL, "d={d} ");
    check_marks("'{a}' \"{b}", UNREPLACED_WORDS, "a={a} b={b} ");
    check_marks("'@a' \"@b\"", UNREPLACED_SHELL, "a=@a b=@b ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_are_patterns),
        TEST(an_exception_leaves_all_open),
        TEST(the_top_needs_all),
        TEST(paths_are_normalised),
        TEST(stars_and_marks),
        TEST(classes_and_escapes),
        TEST(ends_are_trimmed),
        TEST(matches_are_replaced),
        TEST(mounts_are_taken),
        TEST(mounts_are_refused),
        TEST(mounts_have_fields),
        TEST(stages_need_no_variables),
        TEST(devices_have_one_name),
        TEST(marks_end_with_the_text),
        TEST(marks_have_no_other_notation_around),
        TEST(marks_depend_on_the_text),
    };
    return tap_run(tests, NULL, NULL);
}
