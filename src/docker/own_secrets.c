/* SPDX-License-Identifier: MIT */
/* Secrets that are known by their form: nobody writes forty such characters
 * behind "ghp_" for anything else. */
#include "docker/command.h"
#include "docker/own.h"
#include "docker/text.h"

#include <string.h>

struct form {
    const char *prefix;
    const char *more; /* characters allowed behind it besides letters, digits */
    size_t n;         /* how many there are at least */
    const char *what;
};

static const struct form forms[] = {
    {"AKIA", "", 16, "an AWS access key"},
    {"ASIA", "", 16, "an AWS access key"},
    {"ghp_", "", 36, "a GitHub token"},
    {"gho_", "", 36, "a GitHub token"},
    {"ghs_", "", 36, "a GitHub token"},
    {"ghr_", "", 36, "a GitHub token"},
    {"github_pat_", "_", 60, "a GitHub token"},
    {"glpat-", "_-", 20, "a GitLab token"},
    {"npm_", "", 36, "an npm token"},
    {"pypi-AgEIcHlwaS5vcmc", "_-", 50, "a PyPI token"},
    {"xoxb-", "-", 40, "a Slack token"},
    {"xoxp-", "-", 40, "a Slack token"},
    {"sk_live_", "", 24, "a Stripe key"},
    {"AIza", "_-", 35, "a Google API key"},
};

static bool is_alnum(char c)
{
    return c != '_' && ascii_is_name(c);
}

/* Length of what has form f at offset `at`; 0 if it has not. */
static size_t match(const struct form *f, struct str s, size_t at)
{
    size_t end = at + strlen(f->prefix), from = end;
    if (at > 0 && is_alnum(s.ptr[at - 1]))
        return 0;
    while (end < s.len && (is_alnum(s.ptr[end]) ||
                           (s.ptr[end] && strchr(f->more, s.ptr[end]))))
        end++;
    return end - from >= f->n ? end - at : 0;
}

/* The shortest form with its prefix; most values have no such word. */
enum {
    SHORTEST = 20
};

static bool has_long_word(struct str s)
{
    size_t run = 0;
    for (size_t at = 0; at < s.len && run < SHORTEST; at++)
        run = ascii_is_name(s.ptr[at]) || s.ptr[at] == '-' ? run + 1 : 0;
    return run == SHORTEST;
}

static void look_for(struct check *c, const struct instruction *i,
                     struct str value)
{
    struct str key = STR("PRIVATE KEY-----");
    size_t at = value.len < key.len ? STR_NONE : str_find(value, key, 0);
    if (at != STR_NONE)
        check_warn(c, i, str_slice(value, at, key.len), DIAG_SECRET_VALUE,
                   "this is a private key; pass it with RUN "
                   "--mount=type=secret");
    if (!has_long_word(value))
        return;
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        struct str prefix = str_from(forms[k].prefix);
        for (at = 0; (at = str_find(value, prefix, at)) != STR_NONE; at++) {
            size_t n = match(&forms[k], value, at);
            if (n)
                check_warn(c, i, str_slice(value, at, n), DIAG_SECRET_VALUE,
                           "this is %s, for everyone to read; pass it with "
                           "RUN --mount=type=secret, and have it revoked",
                           forms[k].what);
        }
    }
}

void own_secrets(struct check *c, const struct instruction *i)
{
    for (uint32_t k = 0; k < i->npairs; k++)
        look_for(c, i, i->pairs[k].value);
    for (uint32_t k = 0; k < i->args.n; k++)
        look_for(c, i, i->args.at[k]);
}
