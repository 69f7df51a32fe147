/* SPDX-License-Identifier: MIT */
/* Ports, modes, signals, durations, platforms, images, mounts, substitutions:
 * the values of value_cases.h and remote_cases.h are accepted or refused as
 * BuildKit does. */
#include "base/buf.h"
#include "docker/docker.h"
#include "fixture.h"

struct value_case {
    const char *prefix, *suffix; /* of a kind */
    const char *value;           /* else */
    bool good;
};

#define KIND(prefix, suffix) {prefix, suffix, NULL, false},
#define YES(value) {NULL, NULL, value, true},
#define NO(value) {NULL, NULL, value, false},

static const struct value_case cases[] = {
#include "value_cases.h"

#include "remote_cases.h"
};

static const struct value_case template_cases[] = {
#include "template_cases.h"
};

static bool is_taken(struct fixture *f, const struct value_case *kind,
                     const char *value, bool any_values)
{
    struct check c = {.any_values = any_values};
    struct str text =
        arena_printf(&f->arena, "%s%s%s", kind->prefix, value, kind->suffix);
    docker_check(&c, &f->arena, text);
    return c.f.errors == 0;
}

static void test_all(struct fixture *f, const struct value_case *all, size_t n,
                     bool any_values)
{
    const struct value_case *kind = NULL;
    unsigned bad = 0;
    for (size_t i = 0; i < n; i++) {
        const struct value_case *c = &all[i];
        if (c->prefix) {
            kind = c;
        } else if (is_taken(f, kind, c->value, any_values) != c->good) {
            print_error("%s%s%s is %s\n", kind->prefix, c->value, kind->suffix,
                        c->good ? "refused" : "taken");
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

static void test_values(void **state)
{
    test_all(*state, cases, sizeof cases / sizeof *cases, false);
}

static void test_templates(void **state)
{
    test_all(*state, template_cases,
             sizeof template_cases / sizeof *template_cases, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_values), TEST(test_templates)};
    return tap_run(tests, NULL, NULL);
}
