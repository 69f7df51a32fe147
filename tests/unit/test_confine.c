/* SPDX-License-Identifier: MIT */
/* What --root promises: nothing outside is read, whatever the spelling of the
 * path, and not through a link, even one that changes while it is used; and the
 * same for what is written below the output directory. */

#include "../tap.h"
#include "base/below.h"
#include "library/resolve.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* in/ is the root, inc/ an include directory, and nothing may read out/. */
struct world {
    struct fault fault;
    struct arena arena;
    struct diags diags;
    struct sources sources;
    struct resolver resolver;
    char home[64];
};

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void begin(struct world *w)
{
    arena_init(&w->arena, &w->fault);
    diag_init(&w->diags, &w->arena, &w->fault);
    sources_init(&w->sources, &w->arena);
    resolve_init(&w->resolver, &w->sources, &w->diags);
}

static void confine(struct world *w)
{
    resolve_add_dir(&w->resolver, STR("inc"));
    resolve_add_dir(&w->resolver, STR("no-such-dir"));
    assert_true(resolve_set_root(&w->resolver, STR("in")));
}

static void end(struct world *w)
{
    resolve_end(&w->resolver);
    arena_free(&w->arena);
}

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    limit_defaults(&w->fault.limits);
    strcpy(w->home, "/tmp/stagepp-confine-XXXXXX");
    assert_non_null(mkdtemp(w->home));
    assert_int_equal(chdir(w->home), 0);
    assert_int_equal(mkdir("in", 0755), 0);
    assert_int_equal(mkdir("in/sub", 0755), 0);
    assert_int_equal(mkdir("inc", 0755), 0);
    assert_int_equal(mkdir("out", 0755), 0);
    put("in/a", "good");
    put("in/sub/b", "good");
    put("inc/c", "good");
    put("out/a", "secret");
    put("out/b", "secret");
    begin(w);
    confine(w);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;
    char command[128];
    end(w);
    assert_int_equal(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf '%s'", w->home);
    assert_int_equal(system(command), 0);
    free(w);
    return 0;
}

/* The text of path, or the name of the diagnostic. */
static const char *ask(struct world *w, const char *path)
{
    struct source *t =
        sources_add(&w->sources, SOURCE_BUFFER, STR("in/t.in"), STR(""));
    struct resolve_request q = {.from = t, .path = str_from(path)};
    struct source *found;
    if (resolve_read(&w->resolver, &q, &found) == RESOLVE_FOUND)
        return found->text.ptr;
    enum diag_id id = w->diags.list.at[w->diags.list.n - 1]->id;
    return diag_name(id);
}

static void paths_lead_out_by_no_spelling(void **state)
{
    struct world *w = *state;
    char absolute[128];
    static const char *const out[] = {
        "../out/a",
        "./../out/a",
        "sub/../../out/a",
        "../in/../out/a",
        "..",
        "../",
        "../../../../etc/passwd",
        "/etc/passwd",
        "/etc/../etc/passwd",
        "/",
        "//etc/passwd",
        "../in2",
        "/proc/self/environ",
        "/proc/self/root/etc/passwd",
        "/proc/self/cwd/out/a",
        "/dev/null",
        "/dev/stdin",
    };
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        assert_string_equal(ask(w, out[i]), "outside-root");
    snprintf(absolute, sizeof absolute, "%s/out/a", w->home);
    assert_string_equal(ask(w, absolute), "outside-root");
    snprintf(absolute, sizeof absolute, "%s/in/sub/b", w->home);
    assert_string_equal(ask(w, absolute), "good");
    assert_string_equal(ask(w, "../in/a"), "good");
    assert_string_equal(ask(w, "c"), "good");
    assert_string_equal(ask(w, "sub/none"), "not-found");
}

/* Nor can a template find out whether a file exists out there. */
static void what_is_missing_outside_looks_the_same(void **state)
{
    struct world *w = *state;
    assert_string_equal(ask(w, "../out/none"), "outside-root");
    assert_string_equal(ask(w, "../none/none"), "outside-root");
    assert_string_equal(ask(w, "/no/such/file"), "outside-root");
    assert_int_equal(symlink("../out/none", "in/dangling"), 0);
    assert_string_equal(ask(w, "dangling"), "outside-root");
    assert_string_equal(ask(w, "dangling/x"), "outside-root");
    assert_int_equal(symlink("loop", "in/loop"), 0);
    assert_string_equal(ask(w, "loop"), "unreadable");
}

static void links_are_judged_by_their_end(void **state)
{
    struct world *w = *state;
    char absolute[128];
    snprintf(absolute, sizeof absolute, "%s/in/a", w->home);
    assert_int_equal(symlink("sub/b", "in/inside"), 0);
    assert_int_equal(symlink(absolute, "in/absolute"), 0);
    assert_int_equal(symlink("../inc/c", "in/included"), 0);
    assert_int_equal(symlink("../out", "in/dir"), 0);
    assert_int_equal(symlink("../out/a", "in/file"), 0);
    assert_int_equal(symlink("dir", "in/twice"), 0);
    assert_int_equal(symlink("/", "in/top"), 0);
    assert_string_equal(ask(w, "inside"), "good");
    assert_string_equal(ask(w, "absolute"), "good");
    assert_string_equal(ask(w, "included"), "good");
    assert_string_equal(ask(w, "dir/a"), "outside-root");
    assert_string_equal(ask(w, "file"), "outside-root");
    assert_string_equal(ask(w, "twice/a"), "outside-root");
    assert_string_equal(ask(w, "top/etc/passwd"), "outside-root");
    assert_string_equal(ask(w, "dir/../out/a"), "outside-root");
}

static void only_regular_files_are_read(void **state)
{
    struct world *w = *state;
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "in/socket"};
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(s >= 0);
    assert_int_equal(bind(s, (struct sockaddr *)&name, sizeof name), 0);
    assert_int_equal(mkfifo("in/fifo", 0644), 0);
    assert_string_equal(ask(w, "fifo"), "unreadable");
    assert_string_equal(ask(w, "socket"), "unreadable");
    assert_string_equal(ask(w, "sub"), "unreadable");
    assert_string_equal(ask(w, "a/x"), "not-found");
    close(s);
}

/* Even without --root: /proc has the environment, other processes and the
 * clock. */
static void what_the_system_makes_up_is_refused(void **state)
{
    struct world *w = *state;
    if (access("/proc/self/environ", R_OK) != 0 || access("/sys", R_OK) != 0)
        skip();
    assert_true(resolve_set_root(&w->resolver, STR("/")));
    assert_string_equal(ask(w, "/proc/self/environ"), "unreadable");
    assert_string_equal(ask(w, "/proc/uptime"), "unreadable");
    assert_true(resolve_set_root(&w->resolver, (struct str){NULL, 0}));
    assert_string_equal(ask(w, "/proc/self/environ"), "unreadable");
    assert_string_equal(ask(w, "/proc/self/status"), "unreadable");
    assert_string_equal(ask(w, "/proc/self/cwd/out/a"), "secret");
}

static void odd_names_are_names(void **state)
{
    struct world *w = *state;
    struct source *found;
    struct resolve_request q = {.path = {"in/a\0b", 6}};
    assert_int_equal(resolve_read(&w->resolver, &q, &found), RESOLVE_FAILED);
    put("in/new\nline", "good");
    assert_string_equal(ask(w, "new\nline"), "good");
    assert_string_equal(ask(w, "no\nline"), "not-found");
    char longer[5000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_string_equal(ask(w, longer), "unreadable");
}

/* The root stays the directory that it was when it was set. */
static void a_root_that_is_replaced_leads_nowhere(void **state)
{
    struct world *w = *state;
    assert_string_equal(ask(w, "a"), "good");
    assert_int_equal(rename("in", "old"), 0);
    assert_int_equal(symlink("out", "in"), 0);
    assert_string_equal(ask(w, "b"), "outside-root");
    assert_int_equal(unlink("in"), 0);
    assert_int_equal(rename("out", "in"), 0);
    assert_string_equal(ask(w, "b"), "not-found");
}

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    (void)context;
    (void)path;
    *bytes = "good";
    *len = 4;
    return 0;
}

/* A loader has no links, so there the text of the path decides. */
static void names_of_a_loader_are_judged_by_their_text(void **state)
{
    struct world *w = *state;
    resolve_set_loader(&w->resolver, load, NULL);
    resolve_begin(&w->resolver);
    assert_string_equal(ask(w, "a"), "good");
    assert_string_equal(ask(w, "sub/../a"), "good");
    assert_string_equal(ask(w, "../inc/c"), "good");
    assert_string_equal(ask(w, "../out/a"), "outside-root");
    assert_string_equal(ask(w, "/etc/passwd"), "outside-root");
    assert_true(resolve_set_root(&w->resolver, STR(".")));
    assert_string_equal(ask(w, "../out/b"), "good");
    assert_string_equal(ask(w, "../../x"), "outside-root");
    assert_string_equal(ask(w, "../.."), "outside-root");
    assert_string_equal(ask(w, "/etc/group"), "outside-root");
}

/* --- while somebody changes links --- */

struct swapper {
    const char *a, *b;
    atomic_bool stop;
    bool works;
};

static void *swap(void *ctx)
{
    struct swapper *s = ctx;
#ifdef RENAME_EXCHANGE
    while (!atomic_load(&s->stop))
        s->works =
            renameat2(AT_FDCWD, s->a, AT_FDCWD, s->b, RENAME_EXCHANGE) == 0;
#endif
    return NULL;
}

static void start(struct swapper *s, pthread_t *thread)
{
    assert_int_equal(pthread_create(thread, NULL, swap, s), 0);
}

static void finish(struct swapper *s, pthread_t thread, unsigned good,
                   unsigned bad)
{
    atomic_store(&s->stop, true);
    pthread_join(thread, NULL);
    if (!s->works)
        skip();
    /* Both must have occurred, or the test has shown nothing. */
    assert_true(good > 0);
    assert_true(bad > 0);
}

enum {
    TRIES = 20000
};

/* Reads path repeatedly while a and b change places. */
static void race(struct world *w, const char *a, const char *b,
                 const char *path)
{
    struct swapper s = {.a = a, .b = b};
    pthread_t thread;
    unsigned good = 0;
    start(&s, &thread);
    for (int i = 0; i < TRIES; i++) {
        end(w);
        begin(w);
        confine(w);
        const char *text = ask(w, path);
        assert_string_not_equal(text, "secret");
        good += strcmp(text, "good") == 0;
    }
    finish(&s, thread, good, TRIES - good);
}

static void a_link_that_is_swapped_leads_nowhere(void **state)
{
    put("in/file", "good");
    assert_int_equal(symlink("../out/a", "in/link"), 0);
    race(*state, "in/file", "in/link", "file");
}

static void a_directory_that_is_swapped_leads_nowhere(void **state)
{
    assert_int_equal(symlink("../out", "in/link"), 0);
    race(*state, "in/sub", "in/link", "sub/b");
}

/* --- writing --- */

static int write_below(const char *path)
{
    struct below b;
    int root = below_open_root("in", true);
    assert_true(root >= 0);
    int err = below_open(&b, root, path, false);
    if (!err)
        err = file_write_at(b.dir, b.name, STR("written"), -1);
    below_close(&b);
    close(root);
    return err;
}

static void what_is_behind_a_swapped_link_is_not_written(void **state)
{
    struct swapper s = {.a = "in/sub", .b = "in/link"};
    pthread_t thread;
    unsigned good = 0;
    struct file_data data;
    struct world *w = *state;
    assert_int_equal(symlink("../out", "in/link"), 0);
    start(&s, &thread);
    for (int i = 0; i < TRIES; i++) {
        int err = write_below("sub/b");
        assert_true(err == 0 || err == ELOOP || err == ENOENT);
        good += err == 0;
    }
    finish(&s, thread, good, TRIES - good);
    assert_int_equal(file_read(&w->arena, "out/b", &data), FILE_OK);
    assert_string_equal(data.bytes.ptr, "secret");
}

static void only_regular_files_are_replaced(void **state)
{
    struct stat st;
    (void)state;
    assert_int_equal(symlink("../out/a", "in/link"), 0);
    assert_int_equal(mkfifo("in/fifo", 0644), 0);
    assert_int_equal(write_below("link"), ELOOP);
    assert_int_equal(write_below("fifo"), EINVAL);
    assert_int_equal(write_below("sub"), EISDIR);
    assert_int_equal(write_below("a/b"), ENOTDIR);
    assert_int_equal(write_below("none/b"), ENOENT);
    assert_int_equal(write_below("a"), 0);
    assert_int_equal(write_below("new"), 0);
    assert_true(lstat("in/fifo", &st) == 0 && S_ISFIFO(st.st_mode));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(paths_lead_out_by_no_spelling),
        TEST(what_is_missing_outside_looks_the_same),
        TEST(links_are_judged_by_their_end),
        TEST(only_regular_files_are_read),
        TEST(what_the_system_makes_up_is_refused),
        TEST(odd_names_are_names),
        TEST(a_root_that_is_replaced_leads_nowhere),
        TEST(names_of_a_loader_are_judged_by_their_text),
        TEST(a_link_that_is_swapped_leads_nowhere),
        TEST(a_directory_that_is_swapped_leads_nowhere),
        TEST(what_is_behind_a_swapped_link_is_not_written),
        TEST(only_regular_files_are_replaced),
    };
    return tap_run(tests, NULL, NULL);
}
