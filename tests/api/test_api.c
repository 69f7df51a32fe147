/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stagepp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void version_is_known(void **state)
{
    (void)state;
    assert_non_null(stagepp_version());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_is_known),
    };
    return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
