/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is a command line, with one word per line (or up to
 * a NUL byte). A refusal has exactly one message, and there is none otherwise;
 * the parts that were understood are parts of the words. Then the session is
 * set up as the command would do it, with a loader instead of files. */
#include "fuzz.h"

#include "cli/io.h"
#include "cli/mode.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MOST = 64
};

struct line {
    char *bytes; /* the words, with a NUL byte after each */
    size_t len;
    int argc;
    char *argv[MOST + 1];
};

/* --- instead of cli/io.c --- */

static struct {
    unsigned n;
    uint64_t hash;
} messages;

bool io_message(const char *fmt, ...)
{
    char text[4096];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    promise(n > 0, "a message says something");
    messages.n++;
    messages.hash = fuzz_hash(messages.hash, str_from(text));
    return false;
}

void *io_allocate(size_t n)
{
    void *p = malloc(n ? n : 1);
    if (!p)
        abort();
    return p;
}

/* The rest is only called by code that no option reaches. */
char *io_format(const char *fmt, ...)
{
    (void)fmt;
    abort();
}

bool io_read_stdin(char **bytes, size_t *len)
{
    (void)bytes, (void)len;
    abort();
}

bool io_write_stdout(const char *bytes, size_t len)
{
    (void)bytes, (void)len;
    abort();
}

void io_write_stderr(const char *bytes, size_t len)
{
    (void)bytes, (void)len;
    abort();
}

/* --- the command line --- */

static void split(struct line *l, struct str in)
{
    static char name[] = "stagepp";
    l->bytes = malloc(in.len + 1);
    if (!l->bytes)
        abort();
    if (in.len)
        memcpy(l->bytes, in.ptr, in.len);
    l->bytes[in.len] = '\0';
    l->len = in.len + 1;
    l->argv[0] = name;
    l->argc = 1;
    for (size_t at = 0; at < in.len && l->argc < MOST;) {
        l->argv[l->argc++] = l->bytes + at;
        while (l->bytes[at] != '\0' && l->bytes[at] != '\n')
            at++;
        l->bytes[at++] = '\0';
    }
    l->argv[l->argc] = NULL;
}

static uint64_t same_word(const struct line *l, uint64_t hash, const char *part)
{
    if (!part)
        return hash + 1;
    promise((part >= l->bytes && part < l->bytes + l->len) ||
                strcmp(part, "-") == 0 || strcmp(part, "auto") == 0 ||
                strcmp(part, "text") == 0 || strcmp(part, LOCK_FILE) == 0,
            "what is understood stands in a word");
    return fuzz_hash(hash, str_from(part)) + strlen(part);
}

static uint64_t look_at(const struct line *l, const struct args *a)
{
    uint64_t hash = FUZZ_HASH;
    const char *const parts[] = {a->job.path,
                                 a->job.lock,
                                 a->job.target.main_path,
                                 a->job.target.out_dir,
                                 a->job.target.only,
                                 a->job.target.map_path,
                                 a->job.target.bake_path,
                                 a->job.target.bake.context,
                                 a->mode_value,
                                 a->color,
                                 a->format,
                                 a->depfile};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        hash = same_word(l, hash, parts[i]);
    for (size_t i = 0; i < a->n; i++)
        hash = same_word(l, hash, a->list[i].value) + a->list[i].option->id;
    return hash + mode_of(a->mode_option)->option * 2 + a->rule_only +
           a->rule_too + (uint64_t)a->job.target.rule_phony;
}

/* What must hold for a line that was understood. */
static void check_args(const struct args *a)
{
    const struct mode *mode = mode_of(a->mode_option);
    bool about_us = mode->with & ABOUT_US;
    for (size_t i = 0; i < a->n; i++) {
        const struct arg *arg = &a->list[i];
        enum option_kind kind = arg->option->kind;
        promise(arg->value ||
                    (kind != ARGUMENT_NEEDED && kind != ARGUMENT_JOINED),
                "an option has the argument it needs");
        promise(!arg->value || (kind != ARGUMENT_NONE && *arg->value),
                "and no other, nor an empty one");
    }
    promise(about_us || !(mode->with & TEMPLATE) == !a->job.path,
            "there is a template if there has to be one");
    promise(about_us || a->rule_only || a->rule_too ||
                !a->job.target.rule_phony,
            "-MP is about a rule");
}

/* --- the session --- */

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    (void)context;
    if (strcmp(path, "d.json") != 0)
        return 1;
    *bytes = "{\"a\": [1, 2.5]}";
    *len = 15;
    return 0;
}

/* True if there is nothing to set up, or only places to look for files that
 * this machine may have. */
static bool is_plain(const struct args *a)
{
    bool plain = true;
    for (size_t i = 0; i < a->n; i++) {
        enum option_id id = a->list[i].option->id;
        if (id == OPTION_ROOT)
            return true;
        plain = plain && id != OPTION_DEFINE && id != OPTION_DATA &&
                id != OPTION_LIMIT && id != OPTION_WARNING;
    }
    return plain;
}

static void set_up(const struct args *a)
{
    size_t len;
    struct args quiet = *a;
    if (is_plain(a))
        return;
    quiet.trace = false;
    struct run r = {.args = &quiet, .session = stagepp_new()};
    if (!r.session)
        return;
    stagepp_set_loader(r.session, load, NULL);
    messages.n = 0;
    stagepp_status status = run_set_up(&r);
    size_t said = messages.n + stagepp_diagnostic_count(r.session);
    promise((status == STAGEPP_OK) == (said == 0), "a refusal has a message");
    stagepp_diagnostics(r.session, STAGEPP_TEXT, &len);
    stagepp_free(r.session);
}

static uint64_t parse(struct line *l, bool *good)
{
    struct args a;
    messages.n = 0;
    messages.hash = FUZZ_HASH;
    *good = args_parse(&a, l->argc, l->argv);
    promise(messages.n == !*good, "what is refused has one message");
    uint64_t hash = messages.hash;
    if (*good) {
        hash = look_at(l, &a);
        check_args(&a);
        if (!(mode_of(a.mode_option)->with & ABOUT_US))
            set_up(&a);
    }
    args_free(&a);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct line l;
    bool good, again;
    split(&l, (struct str){(const char *)data, size});
    uint64_t hash = parse(&l, &good);
    promise(parse(&l, &again) == hash && good == again,
            "the same words mean the same");
    free(l.bytes);
    return 0;
}
