/* SPDX-License-Identifier: MIT */
/* Runs the command on a system whose calls fail: each call once, and from each
 * call on; a disk that is full after each byte; one byte at a time; signals; a
 * folder that vanishes. Either everything is right, or the status is 2 and a
 * message names a file. Each output is the complete old or new one; no
 * temporary and no descriptor is left; nothing waits forever. */
#include "../tap.h"
#include "calls.h"
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* The command's main, see Makefile.am. */
int stagepp_main(int argc, char **argv);
#undef main

/* --- the runs --- */

static const char template[] = "@import \"lib\"\n"
                               "@param v = 0\n"
                               "@param m = {}\n"
                               "@lib.from(v)\n"
                               "@include \"inc.in\"\n"
                               "@file \"a/x\" mode \"4751\"\n"
                               "# x @{v} @{m.k} @{data(\"d.json\").k}\n"
                               "@end\n"
                               "@file \"a/b/y\"\n"
                               "# y @{v}\n"
                               "@end\n"
                               "@file \"same\"\n"
                               "# the same\n"
                               "@end\n";

enum {
    MOST_FILES = 8,
    MOST_WORDS = 24
};

struct command {
    const char *name;
    const char *words[MOST_WORDS];
    const char *files[MOST_FILES]; /* files that it writes */
    bool prints;
};

static const struct command commands[] = {
    {"everything",
     {"--no-checks", "-I", "lib", "--data", "m=m.json", "-C", "out", "-o",
      "Dockerfile", "-MD", "-MF", "out/x.d", "--bake", "out/x.json", "t.in"},
     {"real/Dockerfile", "out/a/x", "out/a/b/y", "out/same", "out/x.d",
      "out/x.json"},
     false},
    {"printing",
     {"-I", "lib", "--data", "m=m.json", "-C", "out", "t.in"},
     {"out/a/x", "out/a/b/y", "out/same"},
     true},
    {"small",
     {"-I", "lib", "--data", "m=m.json", "-C", "out", "-o", "Dockerfile",
      "t.in"},
     {"real/Dockerfile", "out/a/x", "out/a/b/y", "out/same"},
     false},
};

enum {
    COMMANDS = sizeof commands / sizeof *commands,
    EVERYTHING = 0,
    PRINTING,
    SMALL
};

/* What the child process of a run reports. */
struct report {
    struct calls_seen seen;
    unsigned before, after; /* descriptors */
};

static struct report *report; /* shared */
static char *texts[2][COMMANDS][MOST_FILES];
static char *printed[2];

static void redirect(int fd, const char *path)
{
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (to < 0 || dup2(to, fd) < 0)
        _exit(99);
    close(to);
}

static void child(const struct command *c, int version,
                  const struct calls_plan *plan)
{
    char name[] = "stagepp", value[8];
    char *argv[MOST_WORDS + 3] = {name, value};
    int argc = 2;
    snprintf(value, sizeof value, "-Dv=%d", version);
    for (int i = 0; i < MOST_WORDS && c->words[i]; i++)
        argv[argc++] = strdup(c->words[i]);
    redirect(STDOUT_FILENO, "printed");
    redirect(STDERR_FILENO, "said");
    alarm(20);
    report->before = tree_descriptors();
    calls_begin(plan, &report->seen);
    int status = stagepp_main(argc, argv);
    calls_end();
    report->after = tree_descriptors();
    fflush(stderr);
    _exit(status);
}

/* The exit status; a signal is a failure of the test. */
static int run(const struct command *c, int version,
               const struct calls_plan *plan)
{
    int status;
    fflush(NULL);
    memset(report, 0, sizeof *report);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        child(c, version, plan);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (!WIFEXITED(status)) {
        fprintf(stderr, "# ended by signal %d\n", WTERMSIG(status));
        return -1;
    }
    return WEXITSTATUS(status);
}

/* --- before --- */

static void put(const char *path, const char *text)
{
    if (text)
        tree_write(path, text);
    else
        tree_remove(path);
}

/* The outputs as version 0 of the command left them, or none. */
static void restore(int number, bool fresh)
{
    tree_remove("out");
    tree_remove("real");
    tree_remove("Dockerfile");
    mkdir("real", 0777);
    assert_int_equal(symlink("real/Dockerfile", "Dockerfile"), 0);
    if (!fresh) {
        mkdir("out", 0777);
        mkdir("out/a", 0777);
        mkdir("out/a/b", 0777);
    }
    for (int i = 0; i < MOST_FILES && commands[number].files[i]; i++)
        if (!fresh)
            put(commands[number].files[i], texts[0][number][i]);
}

static int set_up(void **state)
{
    (void)state;
    size_t len;
    report = mmap(NULL, sizeof *report, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(report != MAP_FAILED);
    tree_enter();
    mkdir("lib", 0777);
    mkdir("real", 0777);
    tree_write("t.in", template);
    tree_write("inc.in", "RUN a\n");
    tree_write("d.json", "{\"k\": 1}\n");
    tree_write("m.json", "{\"k\": 2}\n");
    tree_write("lib/lib.spp", "@define from(v)\nFROM a:@{v}\n@end\n");
    assert_int_equal(symlink("real/Dockerfile", "Dockerfile"), 0);
    for (int v = 0; v < 2; v++)
        for (int n = 0; n < COMMANDS; n++) {
            const struct command *c = &commands[n];
            int status = run(c, v, NULL);
            char *said = tree_read("said", &len);
            if (status != 0 || len)
                fprintf(stderr, "# %s: %d, %s\n", c->name, status, said);
            free(said);
            assert_int_equal(status, 0);
            for (int i = 0; i < MOST_FILES && c->files[i]; i++) {
                texts[v][n][i] = tree_read(c->files[i], &len);
                assert_non_null(texts[v][n][i]);
            }
            if (c->prints)
                printed[v] = tree_read("printed", &len);
        }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    tree_leave();
    for (int v = 0; v < 2; v++) {
        free(printed[v]);
        for (int n = 0; n < COMMANDS; n++)
            for (int i = 0; i < MOST_FILES; i++)
                free(texts[v][n][i]);
    }
    munmap(report, sizeof *report);
    return 0;
}

/* --- after --- */

static const char *bad;          /* what is wrong with a run */
static const char *culprit = ""; /* and with which file */

static void object(bool good, const char *what)
{
    if (!good && !bad)
        bad = what;
}

/* The message names an output, an input, a stream or a folder of theirs; or it
 * reports a lack of memory. */
static bool names_something(const char *said)
{
    static const char *const names[] = {
        "'out",          "'real",     "'Dockerfile'", "standard output",
        "t.in",          "inc.in",    "d.json",       "m.json",
        "lib",           "'./",       "'.'",          "--root",
        "out of memory", "no memory",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strstr(said, names[i]))
            return true;
    return false;
}

/* A rule names the same files, but a file that was not found at first comes
 * later. */
static bool holds_rule(const char *path, const char *want)
{
    size_t len;
    char *got = tree_read(path, &len), word[64];
    bool same = got && len == strlen(want);
    for (const char *at = want; same && sscanf(at, "%63s", word) == 1;) {
        same = strstr(got, word) != NULL;
        at = strstr(at, word) + strlen(word);
    }
    free(got);
    return same;
}

static bool holds(const char *path, const char *want)
{
    size_t len = strlen(path);
    return len > 2 && strcmp(path + len - 2, ".d") == 0
               ? holds_rule(path, want)
               : tree_holds(path, want);
}

static void judge_files(int number, int status, bool fresh, bool vanishes)
{
    const struct command *c = &commands[number];
    for (int i = 0; i < MOST_FILES && c->files[i]; i++) {
        culprit = bad ? culprit : c->files[i];
        bool new = holds(c->files[i], texts[1][number][i]);
        bool gone = access(c->files[i], F_OK) != 0;
        bool lost = vanishes && strncmp(c->files[i], "out/", 4) == 0;
        bool old =
            fresh || lost ? gone : holds(c->files[i], texts[0][number][i]);
        object(new || old, "an output is neither old nor new");
        object(new || status != 0 || lost, "an output is not written");
    }
    if (!c->prints)
        return;
    object(status != 0 || tree_holds("printed", printed[1]),
           "something else is printed");
}

/* Whether everything is right after a run to version 1. */
static bool judge(int number, int status, bool fresh,
                  const struct calls_plan *plan)
{
    size_t len;
    char *said = tree_read("said", &len);
    bool vanishes = plan->event != NULL;
    bad = NULL;
    object(status == 0 || status == 2 || (vanishes && status == 1),
           "a strange status");
    object(status != 0 || len == 0, "a message, and no status");
    object(status == 0 || strstr(said, "error:") || strstr(said, "stagepp:"),
           "a status, and no message");
    object(status == 0 || names_something(said), "no file is named");
    judge_files(number, status, fresh, vanishes);
    object(plan->call == CALL_unlinkat || tree_temporaries(".") == 0,
           "a temporary is left");
    object(!report->seen.lost || status != 0, "what is lost is not reported");
    object(report->before == report->after, "descriptors are left open");
    object(!report->seen.careless, "a file is opened without O_CLOEXEC");
    object(!report->seen.unlocked || plan->call == CALL_flock ||
               plan->call == CALLS,
           "a temporary is not locked");
    if (bad)
        fprintf(stderr, "# %s: %s %u%s (%s)%s: %s (%s); status %d, %s\n",
                commands[number].name, call_name(plan->call), plan->nth,
                plan->always ? " and all after it" : "",
                plan->event ? "a folder vanishes" : strerror(plan->err),
                fresh ? ", no old files" : "", bad, culprit, status, said);
    free(said);
    return !bad;
}

/* One run with faults; true if any occurred. */
static bool try_one(int number, bool fresh, const struct calls_plan *plan,
                    unsigned *wrong)
{
    restore(number, fresh);
    int status = run(&commands[number], 1, plan);
    *wrong += !judge(number, status, fresh, plan);
    return report->seen.fired;
}

/* Then a run without faults. */
static void finish(int number)
{
    static const struct calls_plan none = {.call = CALLS, .room = -1};
    assert_int_equal(run(&commands[number], 1, NULL), 0);
    assert_true(judge(number, 0, false, &none));
}

/* Makes the n-th of these calls fail, for each n until there are none left. */
static unsigned try_each(int number, bool fresh, struct calls_plan plan)
{
    unsigned wrong = 0;
    for (plan.nth = 1; try_one(number, fresh, &plan, &wrong); plan.nth++)
        if (plan.nth % 8 == 0)
            finish(number);
    return wrong;
}

/* --- the tests --- */

/* Without this, the other tests would not see anything. */
static void the_calls_are_seen(void **state)
{
    (void)state;
    unsigned n[CALLS] = {0};
    for (int number = 0; number < COMMANDS; number++) {
        restore(number, true);
        assert_int_equal(run(&commands[number], 0, NULL), 0);
        for (int call = 0; call < CALLS; call++)
            n[call] += report->seen.n[call];
        assert_int_equal(run(&commands[number], 1, NULL), 0);
        for (int call = 0; call < CALLS; call++)
            n[call] += report->seen.n[call];
        assert_false(report->seen.unlocked);
    }
    static const enum call needed[] = {CALL_open,   CALL_read,     CALL_write,
                                       CALL_close,  CALL_renameat, CALL_flock,
                                       CALL_mkdirat};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        assert_true(n[needed[i]] > 0);
    for (int call = 0; call < CALLS; call++)
        if (n[call] == 0)
            print_message("# not seen: %s\n", call_name((enum call)call));
}

static unsigned try_calls(int number, bool fresh, bool always)
{
    unsigned wrong = 0;
    for (int call = 0; call < CALLS; call++)
        for (int which = 0; which < 2; which++)
            wrong += try_each(
                number, fresh,
                (struct calls_plan){.call = (enum call)call,
                                    .err = call_error((enum call)call, which),
                                    .always = always,
                                    .room = -1});
    return wrong;
}

static void each_call_fails_once(void **state)
{
    (void)state;
    assert_int_equal(try_calls(EVERYTHING, false, false), 0);
    assert_int_equal(try_calls(PRINTING, true, false), 0);
}

static void all_calls_fail_from_then_on(void **state)
{
    (void)state;
    assert_int_equal(try_calls(EVERYTHING, true, true), 0);
    assert_int_equal(try_calls(SMALL, false, true), 0);
}

static void a_full_disk_at_each_byte(void **state)
{
    (void)state;
    unsigned wrong = 0;
    struct calls_plan plan = {.call = CALLS, .err = ENOSPC};
    for (long room = 0;; room++) {
        plan.room = room;
        if (!try_one(SMALL, room % 2, &plan, &wrong))
            break;
        assert_true(room < 10000);
    }
    finish(SMALL);
    assert_int_equal(wrong, 0);
}

/* These must not have any effect. */
static void try_harmless(struct calls_plan plan)
{
    static const int numbers[] = {EVERYTHING, PRINTING};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (int fresh = 0; fresh < 2; fresh++) {
            restore(numbers[i], fresh);
            assert_int_equal(run(&commands[numbers[i]], 1, &plan), 0);
            assert_true(judge(numbers[i], 0, fresh, &plan));
        }
}

static void one_byte_at_a_time(void **state)
{
    (void)state;
    try_harmless((struct calls_plan){
        .call = CALLS, .err = EIO, .bytewise = true, .room = -1});
}

static void signals_interrupt_each_other_call(void **state)
{
    (void)state;
    try_harmless((struct calls_plan){
        .call = CALLS, .err = EINTR, .interrupted = true, .room = -1});
    try_harmless((struct calls_plan){.call = CALLS,
                                     .err = EINTR,
                                     .interrupted = true,
                                     .bytewise = true,
                                     .room = -1});
}

static void remove_out(void)
{
    tree_remove("out");
}

static void the_folder_vanishes(void **state)
{
    (void)state;
    unsigned wrong = try_each(
        EVERYTHING, false,
        (struct calls_plan){.call = CALLS, .event = remove_out, .room = -1});
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_calls_are_seen),
        cmocka_unit_test(each_call_fails_once),
        cmocka_unit_test(all_calls_fail_from_then_on),
        cmocka_unit_test(a_full_disk_at_each_byte),
        cmocka_unit_test(one_byte_at_a_time),
        cmocka_unit_test(signals_interrupt_each_other_call),
        cmocka_unit_test(the_folder_vanishes),
    };
    return tap_run(tests, set_up, tear_down);
}
