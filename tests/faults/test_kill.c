/* SPDX-License-Identifier: MIT */
/* Kills the command at random moments while it replaces 500 files: each is the
 * old or the new one, and after the next run there are no temporaries. $KILLS
 * is the number of tries (15). Then several runs at once, which must not remove
 * each other's temporaries. */
#include "../tap.h"
#include "tree.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    FILES = 500,
    FOLDERS = 5
};

/* Files of 20 bytes to 8 kilobytes; one version is longer. */
static const char template[] =
    "@param v = 0\n"
    "@for i in range(0, 500)\n"
    "@file \"d@{i % 5}/f@{i}\"\n"
    "# @{v} of @{i}@{repeat(\"x\", i * 37 % 8000 + v)}\n"
    "@end\n"
    "@end\n";

static char program[PATH_MAX];
static char *versions[2][FILES];

static void path_of(char to[64], const char *top, int i)
{
    snprintf(to, 64, "%s/d%d/f%d", top, i % FOLDERS, i);
}

/* --- runs --- */

struct run {
    const char *out, *version, *only;
};

static pid_t start(struct run r)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid > 0)
        return pid;
    int fd = open("messages", O_WRONLY | O_CREAT | O_APPEND, 0666);
    dup2(fd, STDOUT_FILENO);
    dup2(fd, STDERR_FILENO);
    /* A run that is killed amid its search for leaks has words about it left
     * in "messages". */
    setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    execl(program, program, "-C", r.out, r.version, "--only", r.only, "t.in",
          (char *)NULL);
    _exit(127);
}

/* The exit status; -1 if it was killed. */
static int await(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void complete(struct run r)
{
    int status = await(start(r));
    size_t len;
    char *said = tree_read("messages", &len);
    if (status != 0 || len)
        fprintf(stderr, "# status %d: %s\n", status, said);
    assert_int_equal(status, 0);
    assert_int_equal(len, 0);
    free(said);
}

/* 0 or 1, the version of the file, which must be complete. */
static int version_of(const char *top, int i)
{
    char path[64];
    path_of(path, top, i);
    for (int v = 0; v < 2; v++)
        if (tree_holds(path, versions[v][i]))
            return v;
    fprintf(stderr, "# %s is neither old nor new\n", path);
    fail();
    return -1;
}

/* The number of files of version 1. */
static int look(const char *top)
{
    int n = 0;
    for (int i = 0; i < FILES; i++)
        n += version_of(top, i);
    return n;
}

static const char *const which[] = {"-Dv=0", "-Dv=1"};

static int set_up(void **state)
{
    (void)state;
    const char *stagepp = getenv("STAGEPP");
    if (!stagepp || !realpath(stagepp, program)) {
        fputs("# STAGEPP must be the path of the program to test\n", stderr);
        return 1;
    }
    tree_enter();
    tree_write("t.in", template);
    tree_write("messages", "");
    for (int v = 0; v < 2; v++) {
        complete((struct run){"out", which[v], "*"});
        for (int i = 0; i < FILES; i++) {
            char path[64];
            size_t len;
            path_of(path, "out", i);
            versions[v][i] = tree_read(path, &len);
            assert_non_null(versions[v][i]);
            assert_true(strlen(versions[v][i]) > 8);
        }
    }
    assert_string_not_equal(versions[0][7], versions[1][7]);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < FILES; i++) {
        free(versions[0][i]);
        free(versions[1][i]);
    }
    tree_leave();
    return 0;
}

/* --- killing --- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double random_share(void)
{
    return (double)rand() / RAND_MAX;
}

static void pause_for(double seconds)
{
    struct timespec t = {(time_t)seconds,
                         (long)((seconds - (double)(time_t)seconds) * 1e9)};
    nanosleep(&t, NULL);
}

static long kills(void)
{
    const char *text = getenv("KILLS");
    long n = text ? strtol(text, NULL, 10) : 0;
    return n > 0 ? n : 15;
}

/* The shortest time that a run takes. */
static double duration(void)
{
    double best = 1e9;
    for (int i = 0; i < 6; i++) {
        double begin = now();
        complete((struct run){"out", which[i % 2], "*"});
        double took = now() - begin;
        best = took < best ? took : best;
    }
    return best;
}

static void a_kill_leaves_old_or_new(void **state)
{
    (void)state;
    long rounds = kills(), cut = 0, left = 0, ended = 0;
    double most = duration();
    for (long round = 0; round < rounds; round++) {
        int v = (int)(round % 2);
        struct run r = {"out", which[v], "*"};
        pid_t pid = start(r);
        pause_for(random_share() * most);
        kill(pid, SIGKILL);
        ended += await(pid) == 0;
        int n = look("out");
        cut += n > 0 && n < FILES;
        left += tree_temporaries("out") > 0;
        complete(r);
        assert_int_equal(look("out"), v * FILES);
        assert_int_equal(tree_temporaries("out"), 0);
    }
    fprintf(stderr,
            "# %ld kills, %ld amid writing, %ld with a temporary "
            "left, %ld too late\n",
            rounds, cut, left, ended);
}

/* A run with nothing to do also cleans up. */
static void what_is_the_same_is_cleaned(void **state)
{
    (void)state;
    struct run r = {"out", which[0], "*"};
    complete(r);
    tree_write("out/d3/.f3.stagepp-0badcafe", "part");
    complete(r);
    assert_int_equal(tree_temporaries("out"), 0);
}

/* --- several at once --- */

/* A locked file belongs to a run that is in progress. */
static void what_a_run_holds_stays(void **state)
{
    (void)state;
    static const char name[] = "out/d3/.f3.stagepp-0badcafe";
    struct run r = {"out", which[0], "*"};
    tree_write(name, "part");
    int fd = open(name, O_WRONLY);
    assert_true(fd >= 0);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        print_message("# there are no locks here\n");
        close(fd);
        tree_remove(name);
        return;
    }
    complete(r);
    assert_true(tree_holds(name, "part"));
    close(fd);
    complete(r);
    assert_int_equal(tree_temporaries("out"), 0);
}

enum {
    RUNS = 4
};

/* They write the same files, and others in the same folders; now and then one
 * is killed, which must not affect the others. */
static void runs_do_not_harm_each_other(void **state)
{
    (void)state;
    static const char *const parts[RUNS] = {"*", "*", "d?/*[02468]", "d[13]/*"};
    long rounds = kills() * 2;
    double most = duration();
    for (long round = 0; round < rounds; round++) {
        pid_t pid[RUNS];
        for (int i = 0; i < RUNS; i++) {
            pid[i] =
                start((struct run){"out", which[(round + i) % 2], parts[i]});
            pause_for(random_share() * most / RUNS);
        }
        int victim = round % 2 ? (int)(random_share() * (RUNS - 1)) : -1;
        if (victim >= 0) {
            pause_for(random_share() * most);
            kill(pid[victim], SIGKILL);
        }
        for (int i = 0; i < RUNS; i++) {
            int status = await(pid[i]);
            assert_true(status == 0 || i == victim);
        }
        look("out");
        if (victim < 0)
            assert_int_equal(tree_temporaries("out"), 0);
    }
    complete((struct run){"out", which[0], "*"});
    assert_int_equal(look("out"), 0);
    assert_int_equal(tree_temporaries("out"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_leaves_old_or_new),
        cmocka_unit_test(what_is_the_same_is_cleaned),
        cmocka_unit_test(what_a_run_holds_stays),
        cmocka_unit_test(runs_do_not_harm_each_other),
    };
    srand((unsigned)time(NULL) ^ (unsigned)getpid());
    return tap_run(tests, set_up, tear_down);
}
