/* SPDX-License-Identifier: MIT */
/* What the tests of the API share: a session for each test, and files. */
#ifndef STAGEPP_API_HELP_H
#define STAGEPP_API_HELP_H

#include "../tap.h"

#include <stagepp.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int begin(void **state)
{
    *state = stagepp_new();
    return *state ? 0 : -1;
}

static int end(void **state)
{
    stagepp_free(*state);
    return 0;
}

/* A test with a session as its state. */
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

static inline stagepp_status expand(stagepp_session *s, const char *text)
{
    return stagepp_expand_buffer(s, "t.in", text, strlen(text));
}

/* There is only the main output, with these bytes. */
static inline void check_output(stagepp_session *s, const char *want)
{
    assert_int_equal(stagepp_output_count(s), 1);
    stagepp_output o = stagepp_get_output(s, 0);
    assert_string_equal(o.name, "");
    assert_int_equal(o.len, strlen(want));
    assert_string_equal(o.bytes, want);
}

static inline void check_diagnostic(stagepp_session *s, size_t i,
                                    const char *id, unsigned line,
                                    unsigned column)
{
    assert_true(i < stagepp_diagnostic_count(s));
    stagepp_diagnostic d = stagepp_get_diagnostic(s, i);
    assert_string_equal(d.id, id);
    assert_int_equal(d.line, line);
    assert_int_equal(d.column, column);
}

static inline void write_to(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
    assert_int_equal(fclose(f), 0);
}

static inline void check_file(const char *path, const char *want)
{
    char got[4096];
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(got, 1, sizeof got - 1, f);
    fclose(f);
    got[n] = '\0';
    assert_string_equal(got, want);
}

/* A folder of its own, which becomes the working directory. */
static inline void enter_folder(char *path)
{
    strcpy(path, "/tmp/stagepp-api-XXXXXX");
    assert_non_null(mkdtemp(path));
    assert_int_equal(chdir(path), 0);
}

static inline void leave_folder(const char *path, const char *const *files)
{
    for (; *files; files++)
        remove(*files);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(path), 0);
}

#endif
