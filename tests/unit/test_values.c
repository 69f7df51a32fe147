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

static const struct value_case cases[] = {
#define KIND(prefix, suffix) {prefix, suffix, NULL, false},
#define YES(value) {NULL, NULL, value, true},
#define NO(value) {NULL, NULL, value, false},
#include "value_cases.h"

#include "remote_cases.h"
};

static bool is_taken(struct fixture *f, const struct value_case *kind,
                     const char *value)
{
    struct check c = {.ignore = NULL};
    struct str text =
        arena_printf(&f->arena, "%s%s%s", kind->prefix, value, kind->suffix);
    docker_check(&c, &f->arena, text);
    return c.f.errors == 0;
}

static void test_values(void **state)
{
    const struct value_case *kind = NULL;
    unsigned bad = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct value_case *c = &cases[i];
        if (c->prefix) {
            kind = c;
        } else if (is_taken(*state, kind, c->value) != c->good) {
            print_error("%s%s%s is %s\n", kind->prefix, c->value, kind->suffix,
                        c->good ? "refused" : "taken");
            bad++;
        }
    }
    assert_int_equal(bad, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(test_values)};
    return tap_run(tests, NULL, NULL);
}
