#!/bin/sh
# SPDX-License-Identifier: MIT
# The README promises security, each promise with its test: that test is there,
# and `make check` runs it.
. "$(dirname "$0")/tap.sh"

# The tests that the section names, a line each.
named()
{
    awk '/^## /{ inside = ($0 == "## Security") } inside && /^\|/' README.md |
        tr '`()' '\n\n\n' | grep '^tests/' | sort -u
}

# A promise without one.
without()
{
    awk '/^## /{ inside = ($0 == "## Security") }
        inside && /^\| / && !/tests\// && !/^\| promise/' README.md
}

check()
{
    [ "$(named | wc -l)" -gt 10 ] || echo 'found no tests in README.md'
    without | sed 's/$/: no test/'
    named | while read -r test; do
        [ -e "$test" ] || echo "$test: there is no such test"
        case $test in
        tests/cases/*) ;; # as a whole: run.sh runs what is there
        *) grep -qF "${test%.c}" Makefile.am || echo "$test: nothing runs it" ;;
        esac
    done
}

lint_run check
