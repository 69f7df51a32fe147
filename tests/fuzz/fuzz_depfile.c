/* SPDX-License-Identifier: MIT */
/* A fuzz target: the input is names separated by NUL bytes. The first is the
 * target of a rule, which is written for make. What make would not take for a
 * name must be refused; otherwise a model of how GNU make reads rules gives the
 * names back. make has no way to write some names, which gcc does not quote
 * either: rules with one of them are only written. */
#include "world.h"

#include "driver/depfile.h"

#include <stdlib.h>

enum {
    MOST = 40
};

struct rule {
    struct str names[MOST];
    size_t n;
};

static void split(struct rule *r, struct str in)
{
    while (r->n < MOST) {
        size_t end = str_chr(in, '\0', 0);
        r->names[r->n++] = str_slice(in, 0, end);
        if (end == STR_NONE)
            break;
        in = str_from_off(in, end + 1);
    }
}

static bool has(struct str name, const char *characters)
{
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] && strchr(characters, name.ptr[i]))
            return true;
    return false;
}

static bool only_has(struct str name, const char *characters)
{
    for (size_t i = 0; i < name.len; i++)
        if (!name.ptr[i] || !strchr(characters, name.ptr[i]))
            return false;
    return true;
}

static bool can_be_written(struct str name, bool is_target)
{
    char last = name.len ? name.ptr[name.len - 1] : 'x';
    bool special =
        name.len > 1 && name.ptr[0] == '.' &&
        only_has(str_from_off(name, 1), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
    return !has(name, "\n;=") && !(has(name, ":") && has(name, "%")) &&
           !(name.len == 1 && last == '|') && last != '\\' &&
           !ascii_is_blank(last) && !(is_target && special);
}

/* True if make reads the name back when it is quoted: for other characters with
 * a meaning, neither gcc nor make has a way to quote them. */
static bool can_be_read(struct str name)
{
    for (size_t i = 1; i < name.len; i++)
        if (name.ptr[i] == '#' && name.ptr[i - 1] == '\\')
            return false;
    return name.len > 0 && !has(name, ":|&\v\f\r");
}

/* --- how make reads --- */

/* The next logical line of *text: a backslash before a line end continues it,
 * and together with the blanks around it is one blank. */
static struct str read_line(struct arena *a, struct str *text)
{
    char *line = arena_alloc(a, text->len + 1);
    size_t n = 0, at = 0;
    for (; at < text->len && text->ptr[at] != '\n'; at++) {
        line[n++] = text->ptr[at];
        if (text->ptr[at] != '\\' || at + 1 == text->len ||
            text->ptr[at + 1] != '\n')
            continue;
        n--;
        promise(n == 0 || line[n - 1] != '\\', "no backslash before another");
        while (n > 0 && ascii_is_blank(line[n - 1]))
            n--;
        line[n++] = ' ';
        at++;
        while (at + 1 < text->len && ascii_is_blank(text->ptr[at + 1]))
            at++;
    }
    promise(at < text->len, "a rule ends with its line");
    *text = str_from_off(*text, at + 1);
    return (struct str){line, n};
}

/* The number of backslashes at the end of the n bytes. */
static size_t backslashes(const char *bytes, size_t n)
{
    size_t count = 0;
    while (count < n && bytes[n - 1 - count] == '\\')
        count++;
    return count;
}

/* A '#' begins a comment unless a backslash quotes it; half of the backslashes
 * before it stay. */
static struct str without_comment(struct arena *a, struct str line)
{
    char *to = arena_alloc(a, line.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (line.ptr[i] == '#') {
            size_t slashes = backslashes(to, n);
            n -= slashes - slashes / 2;
            if (slashes % 2 == 0)
                break;
        }
        to[n++] = line.ptr[i];
    }
    return (struct str){to, n};
}

static struct str with_variables(struct arena *a, struct str line)
{
    char *to = arena_alloc(a, line.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < line.len; i++) {
        to[n++] = line.ptr[i];
        if (line.ptr[i] == '$') {
            promise(str_slice(line, i + 1, 1).len && line.ptr[i + 1] == '$',
                    "each '$' is written twice");
            i++;
        }
    }
    return (struct str){to, n};
}

/* The next word of *line, which ends at a blank or ':' that is not quoted;
 * backslashes before one are halved. len 0: there is none. */
static struct str read_word(struct arena *a, struct str *line)
{
    char *to = arena_alloc(a, line->len + 1);
    size_t n = 0, at = 0;
    while (at < line->len && ascii_is_blank(line->ptr[at]))
        at++;
    for (; at < line->len; at++) {
        char c = line->ptr[at];
        if (c == ':')
            break;
        if (ascii_is_blank(c)) {
            size_t slashes = backslashes(to, n);
            n -= slashes - slashes / 2;
            if (slashes % 2 == 0)
                break;
        }
        to[n++] = c;
    }
    *line = str_from_off(*line, at);
    return (struct str){to, n};
}

/* --- what was written --- */

/* The next rule of *text has these names, the first one as its target. */
static void expect_rule(struct arena *a, struct str *text,
                        const struct str *names, size_t n)
{
    struct str line = read_line(a, text);
    line = with_variables(a, without_comment(a, line));
    for (size_t i = 0; i < n; i++) {
        struct str word = read_word(a, &line);
        /* make takes a tab in a target for a blank. */
        promise(str_eq(word, names[i]) ||
                    (i == 0 && str_chr(names[i], '\t', 0) != STR_NONE),
                "make reads the name that was meant");
        if (i > 0)
            continue;
        promise(line.len && line.ptr[0] == ':', "a colon after the target");
        line = str_from_off(line, 1);
    }
    promise(read_word(a, &line).len == 0, "no other names");
}

static void check_rule(struct arena *a, const struct rule *r, size_t phony,
                       struct str text)
{
    for (size_t i = 0; i < r->n; i++)
        if (!can_be_read(r->names[i]))
            return;
    expect_rule(a, &text, r->names, r->n);
    for (size_t i = phony + 1; i < r->n; i++)
        expect_rule(a, &text, &r->names[i], 1);
    promise(text.len == 0, "nothing else is written");
}

/* True if all names can be in a rule; that must be what the library says. */
static bool judge(const struct rule *r, size_t phony)
{
    bool good = true;
    for (size_t i = 0; i < r->n; i++) {
        bool is_target = i == 0 || i > phony;
        bool can = can_be_written(r->names[i], is_target);
        promise(can == !depfile_objection(r->names[i], is_target
                                                           ? DEPFILE_TARGET
                                                           : DEPFILE_DEP),
                "refused is what cannot be written");
        good = good && can;
    }
    return good;
}

static void write_rule(struct world *w, struct buf *out, struct buf *target,
                       const struct rule *r, size_t phony)
{
    if (!judge(r, phony))
        return;
    depfile_quote(target, r->names[0]);
    depfile_rule(out, buf_str(target), r->names + 1, r->n - 1, phony);
    check_rule(&w->arena, r, phony, buf_str(out));
}

static void write_tried(struct world *w, struct buf *out, struct buf *target,
                        const struct rule *r, size_t phony)
{
    if (WORLD_TRY(w))
        write_rule(w, out, target, r, phony);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct world w;
    struct buf out, target;
    struct rule r = {.n = 0};
    if (size == 0)
        return 0;
    size_t phony = data[0] % 8;
    struct str in = {(const char *)data + 1, size - 1};
    char *copy = fuzz_copy(in);
    split(&r, (struct str){copy, in.len});
    world_init(&w);
    buf_init(&out, &w.fault, LIMIT_OUTPUT);
    buf_init(&target, &w.fault, LIMIT_OUTPUT);
    write_tried(&w, &out, &target, &r, phony);
    buf_free(&target);
    buf_free(&out);
    world_free(&w);
    free(copy);
    return 0;
}
