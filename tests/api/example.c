/* SPDX-License-Identifier: MIT */
/* In: a chapter, read as a whole. Out: its examples; all they consist of are
 * slices of that text, cut where a line ends. */
#include "example.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The bytes of the file at path, with a NUL after them; to be freed. */
static char *read_all(const char *path)
{
    FILE *in = fopen(path, "rb");
    struct stat is;
    char *bytes = NULL;
    if (in && fstat(fileno(in), &is) == 0 &&
        (bytes = calloc(1, (size_t)is.st_size + 1)) &&
        fread(bytes, 1, (size_t)is.st_size, in) != (size_t)is.st_size) {
        free(bytes);
        bytes = NULL;
    }
    if (in)
        fclose(in);
    return bytes;
}

static bool begins(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

/* A section of an example begins, with this head; its text follows it. */
static void open_section(struct example *e, const char *head, const char *text)
{
    static const char args[] = "--- args ", file[] = "--- file ";
    if (begins(head, args))
        e->args = head + strlen(args);
    else if (begins(head, file) && e->n < EXAMPLE_FILES)
        e->files[e->n++] =
            (struct example_file){head + strlen(file), text, (size_t)-1};
}

/* The text of the file that is open, if one is, ends here. */
static void close_section(struct example *e, const char *here)
{
    struct example_file *last = e->n ? &e->files[e->n - 1] : NULL;
    if (last && last->len == (size_t)-1)
        last->len = (size_t)(here - last->bytes);
}

int example_each(const char *path, example_user *f, void *ctx)
{
    static const char fence[] = "````example";
    char *text = read_all(path), *next = text;
    int n = 0;
    struct example e = {.n = 0}; /* n 0: between two examples */
    for (char *line = text; line && *line; line = next) {
        bool ends = e.n && begins(line, "````\n");
        next = strchr(line, '\n');
        next = next ? next + 1 : line + strlen(line);
        if (!ends && !begins(line, e.n ? "--- " : fence))
            continue;
        next[-1] = '\0';
        close_section(&e, line);
        if (ends) {
            f(ctx, &e);
            n++;
            e.n = 0;
        } else if (e.n) {
            open_section(&e, line, next);
        } else {
            e = (struct example){.title = line + strlen(fence), .args = ""};
            open_section(&e, "--- file t.in", next);
        }
    }
    free(text);
    return text ? n : -1;
}

/* --- arguments --- */

typedef void setter(stagepp_session *s, const char *dir, const char *option,
                    char *value);

static void join(char *path, size_t size, const char *dir, const char *name)
{
    snprintf(path, size, "%s%s%s", dir, *dir ? "/" : "", name);
}

static void set_place(stagepp_session *s, const char *dir, const char *option,
                      char *value)
{
    char path[4096];
    join(path, sizeof path, dir, value);
    if (begins(option, "-I"))
        stagepp_add_include_dir(s, path);
    if (strcmp(option, "--root") == 0)
        stagepp_set_root(s, path);
}

static void set_value(stagepp_session *s, const char *dir, const char *option,
                      char *value)
{
    char path[4096];
    char *equals = strchr(value, '=');
    if (begins(value, "-W"))
        stagepp_set_warning(s, value + 2);
    if (!equals)
        return;
    *equals++ = '\0';
    join(path, sizeof path, dir, equals);
    if (begins(option, "-D"))
        stagepp_set_param(s, value, equals);
    if (strcmp(option, "--data") == 0)
        stagepp_set_param_file(s, value, path);
    if (strcmp(option, "--limit") == 0)
        stagepp_set_limit(s, value, strtoull(equals, NULL, 10));
}

/* Each word is the value of the option before it, or has one in itself. */
static void set_each(const struct example *e, stagepp_session *s,
                     const char *dir, setter *set)
{
    const char *option = "";
    char words[4096], *rest = NULL;
    snprintf(words, sizeof words, "%s", e->args);
    for (char *word = strtok_r(words, " ", &rest); word;
         word = strtok_r(NULL, " ", &rest)) {
        bool joined = (begins(word, "-D") || begins(word, "-I")) && word[2];
        set(s, dir, joined ? word : option, joined ? word + 2 : word);
        option = word;
    }
}

void example_set_up(const struct example *e, stagepp_session *s,
                    const char *dir)
{
    set_each(e, s, dir, set_place);
    set_each(e, s, dir, set_value);
}

void example_set_again(const struct example *e, stagepp_session *s,
                       const char *dir)
{
    stagepp_clear_params(s);
    set_each(e, s, dir, set_value);
}
