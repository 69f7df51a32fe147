/* SPDX-License-Identifier: MIT */
/* Misspells each name, macro, parameter, key and keyword of the example
 * templates and of the standard library, one at a time and in several ways.
 * A mutant must fail with file:line:col, or give the same output: a typo never
 * silently gives different text. */
#include "../tap.h"

#include <stagepp.h>
#include <stdbool.h>

#include <glob.h>
#include <stdio.h>
#include <string.h>

enum {
    MOST_WORDS = 4000,
    MOST_FILES = 64
};

/* --- files --- */

struct text {
    char path[512];
    char *bytes;
    size_t len;
};

/* What the loader serves: the files on the disk, one of them mutated. */
static struct text files[MOST_FILES];
static size_t nfiles;
static const char *mutant_path;
static const char *mutant;
static size_t mutant_len;

static struct text *file_read(const char *path)
{
    for (size_t i = 0; i < nfiles; i++)
        if (strcmp(files[i].path, path) == 0)
            return &files[i];
    FILE *f = fopen(path, "rb");
    if (!f || nfiles == MOST_FILES || strlen(path) >= sizeof files[0].path)
        return NULL;
    struct text *t = &files[nfiles];
    strcpy(t->path, path);
    t->bytes = malloc(1 << 20);
    assert_non_null(t->bytes);
    t->len = fread(t->bytes, 1, 1 << 20, f);
    bool good = !ferror(f); /* a folder can be opened, but not read */
    nfiles += good;
    fclose(f);
    if (!good)
        free(t->bytes);
    return good ? t : NULL;
}

static int load(void *context, const char *path, const char **bytes,
                size_t *len)
{
    (void)context;
    struct text *t = file_read(path);
    if (!t)
        return 1;
    bool mutated = mutant_path && strcmp(path, mutant_path) == 0;
    *bytes = mutated ? mutant : t->bytes;
    *len = mutated ? mutant_len : t->len;
    return 0;
}

/* --- words --- */

struct word {
    size_t at, len;
};

struct scan {
    const char *t;
    size_t len, at;
    struct word words[MOST_WORDS];
    size_t n;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char peek(const struct scan *s, size_t ahead)
{
    return s->at + ahead < s->len ? s->t[s->at + ahead] : '\0';
}

static void scan_code(struct scan *s, char end);

static void scan_word(struct scan *s)
{
    size_t from = s->at;
    while (is_letter(peek(s, 0)) || is_digit(peek(s, 0)))
        s->at++;
    if (is_digit(s->t[from]))
        return;
    assert_true(s->n < MOST_WORDS);
    s->words[s->n++] = (struct word){from, s->at - from};
}

/* After the opening quote. The text of a string is not mutated, but its values
 * are. */
static void scan_string(struct scan *s, char quote)
{
    while (s->at < s->len && peek(s, 0) != quote) {
        if (quote == '"' && peek(s, 0) == '\\') {
            s->at++;
        } else if (quote == '"' && peek(s, 0) == '@' && peek(s, 1) == '{') {
            s->at += 2;
            scan_code(s, '}');
            continue;
        }
        s->at++;
    }
    s->at++;
}

/* Up to and including the bracket `end`, or up to the end of the line. */
static void scan_code(struct scan *s, char end)
{
    while (s->at < s->len && peek(s, 0) != end) {
        char c = peek(s, 0);
        if (is_letter(c) || is_digit(c)) {
            scan_word(s);
            continue;
        }
        s->at++;
        if (c == '"' || c == '\'')
            scan_string(s, c);
        else if (c == '(' || c == '[' || c == '{')
            scan_code(s, c == '(' ? ')' : (char)(c + 2));
        else if (c == '#')
            while (s->at < s->len && peek(s, 0) != '\n')
                s->at++;
    }
    s->at++;
}

static void scan_line(struct scan *s)
{
    while (peek(s, 0) == ' ' || peek(s, 0) == '\t')
        s->at++;
    if (peek(s, 0) == '@' && is_letter(peek(s, 1))) {
        s->at++;
        scan_code(s, '\n');
        return;
    }
    bool comment = peek(s, 0) == '@' && peek(s, 1) == '#';
    while (s->at < s->len && peek(s, 0) != '\n') {
        if (!comment && peek(s, 0) == '@' && peek(s, 1) == '{') {
            s->at += 2;
            scan_code(s, '}');
        } else {
            s->at++;
        }
    }
    s->at++;
}

static void find_words(struct scan *s, const struct text *t)
{
    s->t = t->bytes;
    s->len = t->len;
    s->at = s->n = 0;
    while (s->at < s->len)
        scan_line(s);
}

/* --- mutants --- */

enum {
    WAYS = 5
};

/* Writes w to `to`, misspelled in one way; returns the length, or 0 if that is
 * not possible. */
static size_t misspell(char *to, const char *w, size_t len, int way)
{
    size_t mid = len / 2;
    memcpy(to, w, len);
    switch (way) {
    case 0: /* dropped */
        memmove(to + mid, to + mid + 1, len - mid - 1);
        return len - 1;
    case 1: /* changed */
        to[mid] = to[mid] == 'q' ? 'z' : 'q';
        return len;
    case 2: /* added */
        to[len] = 'x';
        return len + 1;
    case 3: /* swapped */
        if (len < 2 || w[mid - 1] == w[mid])
            return 0;
        to[mid - 1] = w[mid];
        to[mid] = w[mid - 1];
        return len;
    default: /* doubled */
        memmove(to + mid + 1, to + mid, len - mid);
        return len + 1;
    }
}

static void make_mutant(char *to, const struct text *t, struct word w, int way)
{
    memcpy(to, t->bytes, w.at);
    size_t n = misspell(to + w.at, t->bytes + w.at, w.len, way);
    size_t rest = t->len - w.at - w.len;
    memcpy(to + w.at + n, t->bytes + w.at + w.len, rest);
    mutant_len = n ? w.at + n + rest : 0;
}

/* --- runs --- */

/* Values of @param server; a template without it has only the first variant. */
static const char *const variants[] = {NULL, "gunicorn"};

/* The template's folder has the libraries of its project. */
static void add_folder(stagepp_session *s, const char *template)
{
    char folder[512];
    snprintf(folder, sizeof folder, "%.*s",
             (int)(strrchr(template, '/') - template), template);
    stagepp_add_include_dir(s, folder);
}

static stagepp_session *run(const char *template, const char *macros,
                            const char *server)
{
    stagepp_session *s = stagepp_new();
    assert_non_null(s);
    stagepp_set_loader(s, load, NULL);
    stagepp_add_include_dir(s, macros);
    add_folder(s, template);
    if (server)
        stagepp_set_param(s, "server", server);
    stagepp_expand_file(s, template);
    return s;
}

static bool same_outputs(stagepp_session *a, stagepp_session *b)
{
    size_t n = stagepp_output_count(a);
    if (n != stagepp_output_count(b))
        return false;
    for (size_t i = 0; i < n; i++) {
        stagepp_output x = stagepp_get_output(a, i);
        stagepp_output y = stagepp_get_output(b, i);
        if (strcmp(x.name, y.name) != 0 || x.len != y.len ||
            memcmp(x.bytes, y.bytes, x.len) != 0)
            return false;
    }
    return true;
}

/* If a mutant failed, its mistake has a place. */
static bool has_place(stagepp_session *s)
{
    for (size_t i = 0; i < stagepp_diagnostic_count(s); i++) {
        stagepp_diagnostic d = stagepp_get_diagnostic(s, i);
        if (d.severity == STAGEPP_ERROR && d.line > 0 && d.column > 0)
            return true;
    }
    return false;
}

/* Mutates each word of `path`, which is `template` or a file it imports. */
static void mutate(const char *template, const char *macros, const char *path)
{
    static struct scan s;
    static char bytes[(1 << 20) + 100];
    struct text *t = file_read(path);
    unsigned wrong = 0, mutants = 0, failed = 0;
    assert_non_null(t);
    find_words(&s, t);
    assert_true(s.n > 10);
    mutant = bytes;
    for (size_t v = 0; v < sizeof variants / sizeof *variants; v++) {
        mutant_path = NULL;
        stagepp_session *good = run(template, macros, variants[v]);
        if (v > 0 && stagepp_output_count(good) == 0) {
            stagepp_free(good);
            break;
        }
        assert_true(stagepp_output_count(good) > 0);
        mutant_path = path;
        for (size_t i = 0; i < s.n * WAYS; i++) {
            struct word w = s.words[i / WAYS];
            make_mutant(bytes, t, w, (int)(i % WAYS));
            if (mutant_len == 0)
                continue;
            stagepp_session *m = run(template, macros, variants[v]);
            mutants++;
            failed += stagepp_output_count(m) == 0;
            if (stagepp_output_count(m) ? !same_outputs(good, m)
                                        : !has_place(m)) {
                wrong++;
                print_error("%s: '%.*s' at offset %zu, way %zu\n", path,
                            (int)w.len, t->bytes + w.at, w.at, i % WAYS);
            }
            stagepp_free(m);
        }
        stagepp_free(good);
    }
    mutant_path = NULL;
    assert_true(mutants > 20);
    assert_true(failed > mutants / 2); /* the mutants were really read */
    assert_int_equal(wrong, 0);
}

static void mutants_of_the_examples(void **state)
{
    const char **paths = *state;
    glob_t found;
    assert_int_equal(glob(paths[0], 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        mutate(found.gl_pathv[i], paths[1], found.gl_pathv[i]);
    globfree(&found);
}

static void mutants_of_the_library(void **state)
{
    const char **paths = *state;
    glob_t found;
    assert_int_equal(glob(paths[0], 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++)
        mutate(found.gl_pathv[i], paths[1], paths[2]);
    globfree(&found);
}

int main(void)
{
    /* The loader gets paths without "." in them. */
    char *top = realpath(getenv("srcdir") ? getenv("srcdir") : ".", NULL);
    char examples[512], macros[512], library[600];
    const char *paths[] = {examples, macros, library};
    void *state = paths;
    snprintf(examples, sizeof examples, "%s/examples/*/*.dockerfile.in", top);
    snprintf(macros, sizeof macros, "%s/macros", top);
    snprintf(library, sizeof library, "%s/std/python.spp", macros);
    free(top);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(mutants_of_the_examples, state),
        cmocka_unit_test_prestate(mutants_of_the_library, state),
    };
    int failed = tap_run(tests, NULL, NULL);
    while (nfiles > 0)
        free(files[--nfiles].bytes);
    return failed;
}
