/* SPDX-License-Identifier: MIT */
/* Secrets in ARG, ENV and LABEL. They are recognised by the name of the
 * variable, or by their form: nobody writes forty such characters after "ghp_"
 * for anything else. */
#include "docker/check.h"
#include "docker/text.h"

/* --- by name --- */

/* True if a word of the name means that the value is a secret, and none that it
 * is about one. */
static bool is_secret(struct arena *a, struct str name)
{
    bool secret = false;
    struct str lower = text_lower(a, name);
    while (lower.ptr) {
        struct str word = text_cut(&lower, '_');
        if (text_is_one_of(word, "public file version"))
            return false;
        secret = secret ||
                 text_is_one_of(word, "apikey auth credential credentials key "
                                      "password pword passwd secret token");
    }
    return secret;
}

void check_secrets_name(struct check *c, const struct spot *at)
{
    if (is_secret(c->f.arena, at->value))
        check_report(c, at, at->part,
                     "the value of '%.*s' stays in the image for everyone to "
                     "read; pass a secret with RUN --mount=type=secret",
                     STR_ARG(at->value));
}

/* --- by form --- */

struct form {
    const char *prefix;
    const char *chars; /* that may follow it */
    size_t n;          /* how many must follow */
    const char *what;
};

static const struct form forms[] = {
    {"AKIA", TEXT_ALNUM, 16, "an AWS access key"},
    {"ASIA", TEXT_ALNUM, 16, "an AWS access key"},
    {"ghp_", TEXT_ALNUM, 36, "a GitHub token"},
    {"gho_", TEXT_ALNUM, 36, "a GitHub token"},
    {"ghs_", TEXT_ALNUM, 36, "a GitHub token"},
    {"ghr_", TEXT_ALNUM, 36, "a GitHub token"},
    {"github_pat_", TEXT_ALNUM "_", 60, "a GitHub token"},
    {"glpat-", TEXT_ALNUM "_-", 20, "a GitLab token"},
    {"npm_", TEXT_ALNUM, 36, "an npm token"},
    {"pypi-AgEIcHlwaS5vcmc", TEXT_ALNUM "_-", 50, "a PyPI token"},
    {"xoxb-", TEXT_ALNUM "-", 40, "a Slack token"},
    {"xoxp-", TEXT_ALNUM "-", 40, "a Slack token"},
    {"sk_live_", TEXT_ALNUM, 24, "a Stripe key"},
    {"AIza", TEXT_ALNUM "_-", 35, "a Google API key"},
};

static void look_for(struct check *c, const struct spot *at, struct str value,
                     const struct form *form)
{
    struct str prefix = str_from(form->prefix);
    if (value.len < prefix.len + form->n)
        return;
    for (size_t k = 0; (k = str_find(value, prefix, k)) != STR_NONE; k++) {
        struct str rest = str_from_off(value, k + prefix.len);
        size_t n = text_span(rest, form->chars);
        bool begins =
            k == 0 || !text_span(str_slice(value, k - 1, 1), TEXT_ALNUM);
        if (begins && n >= form->n)
            check_report(c, at, str_slice(value, k, prefix.len + n),
                         "this is %s that everyone can read; pass it with RUN "
                         "--mount=type=secret, and revoke this one",
                         form->what);
    }
}

static void check_value(struct check *c, const struct spot *at,
                        struct str value)
{
    struct str key = STR("PRIVATE KEY-----");
    size_t k = str_find(value, key, 0);
    if (k != STR_NONE)
        check_report(
            c, at, str_slice(value, k, key.len),
            "this is a private key; pass it with RUN --mount=type=secret");
    for (size_t n = 0; n < sizeof forms / sizeof *forms; n++)
        look_for(c, at, value, &forms[n]);
}

void check_secrets_value(struct check *c, const struct spot *at)
{
    for (uint32_t k = 0; k < at->i->pairs.n; k++)
        check_value(c, at, at->i->pairs.at[k].value);
    for (uint32_t k = 0; k < at->i->args.n; k++)
        check_value(c, at, at->i->args.at[k]);
}
