/* SPDX-License-Identifier: MIT */
/* The part of the system that a template can reach, as a list of system calls.
 * With a filter that stops at any other call, all examples of the language
 * reference and projects of examples/ are expanded, checked, drawn and written.
 * In: $srcdir, $chapters. Out: TAP. The library is called in this process, so
 * the filter is on before it does anything. The clock usually does not need a
 * system call: tests/lint/reach.sh looks for its functions. */
#include "stagepp.h"

#include <stdio.h>

#if defined(__linux__) && (defined(__x86_64__) || defined(__aarch64__))

#include "api/example.h"
#include "seccomp_list.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __x86_64__
#define THIS_ARCH AUDIT_ARCH_X86_64
#else
#define THIS_ARCH AUDIT_ARCH_AARCH64
#endif

enum {
    REFUSED = 98, /* exit statuses of a child: a call was refused, */
    NO_FILTER,    /* or there is no filter */
    LONGEST = 4096
};

/* --- the filter --- */

static const struct {
    long number;
    const char *name;
} allowed[] =
    {
#define X(name, why) {SYS_##name, #name},
        SECCOMP_LIST(X)
#undef X
},
  known[] = {
#define X(name) {SYS_##name, #name},
      SECCOMP_REFUSED(X)
#undef X
};

static void say(const char *text)
{
    ssize_t n = write(STDOUT_FILENO, text, strlen(text));
    (void)n;
}

/* Runs in the middle of library code, so it only uses write and _exit. */
static void refused(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)context;
    char digits[16] = "";
    int n = info->si_syscall, at = sizeof digits - 1;
    do
        digits[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    say("# refused: system call ");
    say(digits + at);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (known[i].number == info->si_syscall) {
            say(" ");
            say(known[i].name);
        }
    say("\n");
    _exit(REFUSED);
}

/* As in a sandbox that does not know this call yet. */
static bool without_random;

/* False if the system has no filters. After this, neither the process nor a
 * program that it becomes can do more than the list allows. */
static bool confine(void)
{
    enum {
        N = sizeof allowed / sizeof *allowed
    };
#define AT(field) (uint32_t) offsetof(struct seccomp_data, field)
    struct sock_filter code[2 * N + 16];
    unsigned short n = 0;
#define ADD(...) code[n++] = (struct sock_filter)__VA_ARGS__
#define ANSWER(value) ADD(BPF_STMT(BPF_RET | BPF_K, (uint32_t)(value)))
/* Goes on if the word equals the value, else skips `skip` lines. */
#define ONLY(value, skip) \
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(value), 0, skip))
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, AT(arch)));
    ADD(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCH, 1, 0));
    ANSWER(SECCOMP_RET_TRAP);
    ADD(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, AT(nr)));
    if (without_random) {
        ONLY(SYS_getrandom, 1);
        ANSWER(SECCOMP_RET_ERRNO | ENOSYS);
    }
    for (size_t i = 0; i < N; i++) {
        ONLY(allowed[i].number, 1);
        ANSWER(SECCOMP_RET_ALLOW);
    }
    ANSWER(SECCOMP_RET_TRAP);
    struct sock_fprog program = {n, code};
    struct sigaction action = {.sa_flags = SA_SIGINFO};
    action.sa_sigaction = refused;
    return sigaction(SIGSYS, &action, NULL) == 0 &&
           prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

/* --- TAP --- */

static int number;
static bool failed;

static void ok(bool good, const char *what, const char *name)
{
    printf("%sok %d - %s%s\n", good ? "" : "not ", ++number, what, name);
    fflush(stdout);
    failed = failed || !good;
}

/* Calls f in a confined child and returns its exit status. The child does not
 * look for leaks at its end, which would need more than is allowed. */
static int confined(void (*f)(const char *), const char *argument)
{
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        if (!confine())
            _exit(NO_FILTER);
        f(argument);
        _exit(0);
    }
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return -1;
    /* The signal of a refused call kills instead of running its handler where
     * the C library has blocked signals, as glibc 2.41 does while it forks. */
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
        return REFUSED;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 256;
}

/* --- everything that the library can do with a template --- */

static void tracer(void *context, const char *line)
{
    *(size_t *)context += strlen(line);
}

static void ask(stagepp_session *s, const stagepp_target *t)
{
    const char *text;
    size_t len;
    for (int json = 0; json < 2; json++) {
        stagepp_targets(s, t, json ? STAGEPP_ANSWER_JSON : STAGEPP_ANSWER_TEXT,
                        &text, &len);
        stagepp_graph(s, t, json ? STAGEPP_GRAPH_DOT : STAGEPP_GRAPH_MERMAID,
                      &text, &len);
    }
    stagepp_list(s, t, &text, &len);
    stagepp_depfile(s, t, &text, &len);
    stagepp_explain(s, t, "1", &text, &len);
    stagepp_source_map(s, t, &text, &len);
    stagepp_check(s, t, &text, &len);
    stagepp_bake(s, t, &text, &len);
}

static void work(stagepp_session *s, const char *path, const char *out)
{
    static const char *const tags[] = {"example.org/{name}", NULL};
    static const char *const args[] = {"A=1", NULL};
    char main_path[LONGEST];
    const char *text;
    size_t len;
    snprintf(main_path, sizeof main_path, "%s/main", out);
    stagepp_target t = {
        .main_path = main_path, .out_dir = out, .bake = {"{dir}", tags, args}};
    if (stagepp_expand_file(s, path) == STAGEPP_OK) {
        stagepp_lint(s, &t, STAGEPP_LINT_ALL);
        ask(s, &t);
        t.rule_path = main_path;
        stagepp_write(s, &t);
        t.rule_path = NULL;
        stagepp_write(s, &t);
        stagepp_lint_file(s, main_path);
        stagepp_instructions(s, main_path, &text, &len);
    }
    for (int format = STAGEPP_TEXT; format <= STAGEPP_SARIF; format++)
        stagepp_diagnostics(s, (stagepp_format)format, &len);
    stagepp_params(s, path, STAGEPP_ANSWER_JSON, &text, &len);
}

/* --- examples and projects --- */

/* Opens the file that an example names, and makes its folders. */
static FILE *file_of_example(const char *dir, const char *name)
{
    char path[LONGEST];
    snprintf(path, sizeof path, "%s/%s", dir, name);
    for (char *at = path + strlen(dir) + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        mkdir(path, 0700);
        *at = '/';
    }
    return fopen(path, "wb");
}

/* Unpacks an example into a folder of its own, and expands it there. */
static void expand_example(void *ctx, struct example *e)
{
    char dir[64], path[LONGEST], out[LONGEST];
    size_t traced = 0;
    int *number_of_folder = ctx;
    snprintf(dir, sizeof dir, "%d", (*number_of_folder)++);
    snprintf(path, sizeof path, "%s/t.in", dir);
    snprintf(out, sizeof out, "%s/out", dir);
    mkdir(dir, 0700);
    for (size_t i = 0; i < e->n; i++) {
        FILE *f = file_of_example(dir, e->files[i].name);
        if (!f ||
            fwrite(e->files[i].bytes, 1, e->files[i].len, f) !=
                e->files[i].len ||
            fclose(f) != 0)
            _exit(1);
    }
    stagepp_session *s = stagepp_new();
    stagepp_set_tracer(s, tracer, &traced);
    example_set_up(e, s, dir);
    work(s, path, out);
    stagepp_free(s);
}

static void chapter(const char *path)
{
    int folders = 0;
    int n = example_each(path, expand_example, &folders);
    printf("# %d examples\n", n);
    fflush(stdout);
    if (n <= 0)
        _exit(1);
}

/* A template of a project, which must not have mistakes. */
static void project(const char *path)
{
    stagepp_session *s = stagepp_new();
    size_t len;
    if (stagepp_expand_file(s, path) != STAGEPP_OK) {
        printf("# %s\n", stagepp_diagnostics(s, STAGEPP_TEXT, &len));
        fflush(stdout);
        _exit(1);
    }
    work(s, path, "out");
    stagepp_free(s);
}

/* The compiled-in library, and outputs of twenty megabytes. */
static void large(const char *unused)
{
    static const char text[] =
        "@for i in range(0, 20)\n@file \"large@{i}\"\n"
        "@{repeat(\"RUN echo 0123456789\\n\", 50000)}\n@end\n@end\n";
    const stagepp_target t = {.out_dir = "out"};
    const char *list;
    size_t len;
    (void)unused;
    stagepp_session *s = stagepp_new();
    bool good =
        stagepp_macros(s, NULL, STAGEPP_ANSWER_TEXT, &list, &len) ==
            STAGEPP_OK &&
        stagepp_builtins(s, &list, &len) == STAGEPP_OK &&
        stagepp_expand_buffer(s, "t", text, sizeof text - 1) == STAGEPP_OK &&
        stagepp_write(s, &t) == STAGEPP_OK;
    stagepp_free(s);
    if (!good)
        _exit(1);
}

/* --- the filter works --- */

static void forks(const char *unused)
{
    (void)unused;
    if (fork() == 0)
        _exit(0);
}

static void executes(const char *path)
{
    execl(path, path, (char *)NULL);
}

static void opens_socket(const char *unused)
{
    (void)unused;
    close(socket(AF_UNIX, SOCK_STREAM, 0));
}

static void kills(const char *unused)
{
    (void)unused;
    kill(1, 0);
}

static const struct {
    void (*f)(const char *);
    const char *argument, *what;
} wrong[] = {
    {forks, "", "a process"},
    {executes, "/bin/true", "a program"},
    {opens_socket, "", "a socket"},
    {kills, "", "a signal"},
};

/* --- everything --- */

static const char *const projects[] = {
    "examples/web/web.dockerfile.in",
    "examples/adopt/5-library/Dockerfile.in",
};

/* chapters: their paths, separated by blanks; the string is cut up. */
static void run(const char *source, char *chapters)
{
    char path[LONGEST];
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        ok(confined(wrong[i].f, wrong[i].argument) == REFUSED,
           "the filter refuses ", wrong[i].what);
    ok(confined(large, "") == 0, "the library itself, and large outputs", "");
    for (size_t i = 0; i < sizeof projects / sizeof *projects; i++) {
        snprintf(path, sizeof path, "%s/%s", source, projects[i]);
        ok(confined(project, path) == 0, "", projects[i]);
    }
    without_random = true;
    ok(confined(project, path) == 0, "without random numbers", "");
    without_random = false;
    for (char *rest, *name = strtok_r(chapters, " ", &rest); name;
         name = strtok_r(NULL, " ", &rest)) {
        snprintf(path, sizeof path, "%s/%s", source, name);
        ok(confined(chapter, path) == 0, "", name);
    }
    printf("1..%d\n", number);
}

static void nothing(const char *unused)
{
    (void)unused;
}

int main(void)
{
    const char *top = getenv("srcdir");
    char none[] = "", *chapters = getenv("chapters");
    char *source = realpath(top && *top ? top : ".", NULL);
    char dir[] = P_tmpdir "/stagepp-XXXXXX", command[64];
    if (!source || !mkdtemp(dir) || chdir(dir) != 0)
        return 99;
    if (confined(nothing, "") == NO_FILTER)
        puts("1..0 # SKIP there are no filters of system calls here");
    else
        run(source, chapters ? chapters : none);
    free(source);
    snprintf(command, sizeof command, "rm -rf %s", dir);
    return system(command) == 0 ? 0 : 99;
}

#else

int main(void)
{
    puts("1..0 # SKIP the filter is for Linux on x86-64 and AArch64");
    return 0;
}

#endif
