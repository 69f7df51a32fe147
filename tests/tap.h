/* SPDX-License-Identifier: MIT */
/* What each program of cmocka tests includes: cmocka with the headers that it
 * needs, and the call that ends the main function. */
#ifndef STAGEPP_TESTS_TAP_H
#define STAGEPP_TESTS_TAP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

/* Runs an array of tests, or those whose names $TEST_ONLY matches. Gives the
 * exit status. */
#define tap_run(tests, set_up, tear_down)         \
    (cmocka_set_test_filter(getenv("TEST_ONLY")), \
     cmocka_run_group_tests(tests, set_up, tear_down))

#endif
