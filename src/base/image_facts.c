/* SPDX-License-Identifier: MIT */
/* In: the reference of an image. Out: the facts of all rows of the list that
 * fit it; what a later row says wins. */
#include "base/image_facts.h"

struct row {
    const char *images; /* patterns with blanks between */
    struct image_facts facts;
};

static const struct row rows[] = {
#define X(images, ...) {images, {__VA_ARGS__}},
#include "base/image_list.h"
#undef X
};

enum {
    COUNT = sizeof rows / sizeof *rows,
    LONGEST = 1024 /* more than any reference has */
};

/* True if all of s matches the pattern, in which '*' is any number of bytes. */
static bool matches(struct str pattern, struct str s)
{
    size_t at = 0, p = 0, star = STR_NONE, from = 0;
    while (at < s.len) {
        if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            from = at;
        } else if (p < pattern.len && pattern.ptr[p] == s.ptr[at]) {
            p++;
            at++;
        } else if (star != STR_NONE) {
            p = star + 1;
            at = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

/* A pattern without ':' is one of the name alone. */
static bool is_one_of(struct str patterns, struct str name, struct str tagged)
{
    struct str one;
    for (size_t at = 0; at < patterns.len; at += one.len + 1) {
        one = str_part(patterns, at, ' ');
        if (matches(one, str_chr(one, ':', 0) == STR_NONE ? name : tagged))
            return true;
    }
    return false;
}

static void take_text(const char **to, const char *from)
{
    *to = from ? from : *to;
}

/* What from says goes into *to. */
static void take(struct image_facts *to, const struct image_facts *from)
{
    if (from->forget)
        *to = (struct image_facts){0};
    if (from->user)
        to->uid = from->uid;
    to->shell = from->shell ? from->shell : to->shell;
    to->root = from->root ? from->root : to->root;
    take_text(&to->distro, from->distro);
    take_text(&to->packages, from->packages);
    take_text(&to->libc, from->libc);
    take_text(&to->user, from->user);
    take_text(&to->taken, from->taken);
    take_text(&to->env, from->env);
    take_text(&to->python, from->python);
    take_text(&to->node, from->node);
    take_text(&to->version, from->version);
    take_text(&to->yarn, from->yarn);
}

static struct str without(struct str s, struct str prefix)
{
    return str_from_off(s, str_starts(s, prefix) ? prefix.len : 0);
}

struct image_facts image_facts_of(struct str reference)
{
    struct image_facts facts = {0};
    struct str tagged = str_part(reference, 0, '@');
    if (reference.len > LONGEST)
        return facts;
    tagged = without(without(tagged, STR("docker.io/")), STR("library/"));
    /* A ':' before the last '/' is that of a registry's port. */
    size_t slash = str_rchr(tagged, '/');
    struct str name = tagged;
    name.len = str_chr(tagged, ':', slash == STR_NONE ? 0 : slash);
    name.len = name.len == STR_NONE ? tagged.len : name.len;
    for (size_t i = 0; i < COUNT; i++)
        if (is_one_of(str_from(rows[i].images), name, tagged))
            take(&facts, &rows[i].facts);
    return facts;
}
