#!/bin/sh
# SPDX-License-Identifier: MIT
# README.md names a test for each of its security promises: the test exists, and
# `make check` runs it.
. "$(dirname "$0")/lint.sh"

# The tests that the section names, one per line.
named()
{
    awk '/^## /{ inside = ($0 == "## Security") } inside && /^\|/' README.md |
        tr '`()' '\n\n\n' | grep '^tests/' | sort -u
}

# Promises without a test.
without()
{
    awk '/^## /{ inside = ($0 == "## Security") }
        inside && /^\| / && !/tests\// &&
            !/^\| promise/ { print $0 ": no test" }' README.md
}

check()
{
    named >"$tmp/named"
    [ "$(wc -l <"$tmp/named")" -gt 10 ] || echo 'found no tests in README.md'
    without
    while read -r test; do
        [ -e "$test" ] || echo "$test: there is no such test"
        case $test in
        tests/cases/*) ;; # run.sh runs all of them
        *) grep -qF "${test%.c}" Makefile.am || echo "$test: nothing runs it" ;;
        esac
    done <"$tmp/named"
}

lint_run check
