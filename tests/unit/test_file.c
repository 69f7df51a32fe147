/* SPDX-License-Identifier: MIT */
/* What counts as a file: not what a kernel makes up, not what is longer than
 * the limit. And which folders are made for one. */
#include "base/file.h"

#include "fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>

static unsigned long kind;

/* The linker puts it in the place of fstatfs, see Makefile.am. */
int __wrap_fstatfs(int fd, struct statfs *fs);
int __wrap_fstatfs(int fd, struct statfs *fs)
{
    (void)fd;
    memset(fs, 0, sizeof *fs);
    memcpy(&fs->f_type, &kind, sizeof fs->f_type);
    return 0;
}

static enum file_status read_kind(struct fixture *f, unsigned long k)
{
    struct file_data data;
    kind = k;
    return file_read(&f->arena, "file", &data);
}

static void made_up_files_are_not_read(void **state)
{
    /* proc, sysfs, control groups, debugfs, tracefs, securityfs */
    static const unsigned long made_up[] = {0x9fa0,     0x62656572, 0x27e0eb,
                                            0x63677270, 0x64626720, 0x74726163,
                                            0x73636673};
    for (size_t i = 0; i < sizeof made_up / sizeof *made_up; i++) {
        assert_int_equal(read_kind(*state, made_up[i]), FILE_NOT_STORED);
        assert_int_equal(read_kind(*state, made_up[i] + 1), FILE_OK);
        assert_int_equal(read_kind(*state, made_up[i] - 1), FILE_OK);
    }
    assert_int_equal(read_kind(*state, 0xef53), FILE_OK);     /* ext4 */
    assert_int_equal(read_kind(*state, 0x01021994), FILE_OK); /* tmpfs */
    kind = 0;
}
#endif

static void files_end_at_the_limit(void **state)
{
    struct fixture *f = *state;
    struct file_data data;
    f->fault.limits.max[LIMIT_INPUT] = 4;
    assert_int_equal(file_read(&f->arena, "file", &data), FILE_OK);
    assert_str(data.bytes, "abc\n");
    assert_int_equal(data.bytes.ptr[4], '\0');
    f->fault.limits.max[LIMIT_INPUT] = 3;
    assert_int_equal(file_read(&f->arena, "file", &data), FILE_TOO_BIG);
}

static void other_things_are_no_files(void **state)
{
    struct fixture *f = *state;
    struct file_data data;
    assert_int_equal(file_read(&f->arena, ".", &data), FILE_NOT_REGULAR);
    assert_int_equal(file_read(&f->arena, "none", &data), FILE_MISSING);
    assert_int_equal(file_read(&f->arena, "file/x", &data), FILE_MISSING);
    assert_int_equal(file_read(&f->arena, "/dev/null", &data),
                     FILE_NOT_REGULAR);
    assert_int_equal(file_read(&f->arena, "loop", &data), FILE_ERROR);
}

static void only_parents_are_made(void **state)
{
    (void)state;
    assert_int_equal(file_make_parents("aa/bb/cc"), 0);
    assert_int_equal(file_make_parents("aa/bb/cc"), 0);
    assert_int_not_equal(file_make_parents("file/x/y"), 0);
    assert_int_equal(file_make_parents("x"), 0);
    assert_int_equal(file_make_parents(""), 0);
    assert_int_equal(access("aa/bb", F_OK), 0);
    assert_int_not_equal(access("aa/bb/cc", F_OK), 0);
    assert_int_not_equal(access("a", F_OK), 0);
    assert_int_not_equal(access("aa/b", F_OK), 0);
    assert_int_not_equal(access("x", F_OK), 0);
    assert_int_equal(rmdir("aa/bb"), 0);
    assert_int_equal(rmdir("aa"), 0);
}

/* As many links as Linux follows. */
static void a_chain_of_links_has_an_end(void **state)
{
    struct fixture *f = *state;
    char from[20], to[20] = "end";
    for (int i = 1; i <= 41; i++) {
        snprintf(from, sizeof from, "link%d", i);
        assert_int_equal(symlink(to, from), 0);
        memcpy(to, from, sizeof to);
    }
    assert_true(str_eq(file_target(&f->arena, "end"), STR("end")));
    assert_true(str_eq(file_target(&f->arena, "link1"), STR("end")));
    assert_true(str_eq(file_target(&f->arena, "link40"), STR("end")));
    assert_true(str_eq(file_target(&f->arena, "link41"), STR("link1")));
    for (int i = 1; i <= 41; i++) {
        snprintf(from, sizeof from, "link%d", i);
        assert_int_equal(unlink(from), 0);
    }
}

static char folder[] = "/tmp/stagepp-file-XXXXXX";

static int enter(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        return -1;
    FILE *file = fopen("file", "w");
    return file && fputs("abc\n", file) >= 0 && fclose(file) == 0
               ? symlink("loop", "loop")
               : -1;
}

static int leave(void **state)
{
    (void)state;
    unlink("file");
    unlink("loop");
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#ifdef __linux__
        TEST(made_up_files_are_not_read),
#endif
        TEST(files_end_at_the_limit),     TEST(other_things_are_no_files),
        TEST(only_parents_are_made),      TEST(a_chain_of_links_has_an_end),
    };
    return tap_run(tests, enter, leave);
}
