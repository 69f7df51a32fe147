#!/bin/sh
# SPDX-License-Identifier: MIT
# Makefile.am names each file that must be built, run, installed or shipped: a
# forgotten chapter would be a test that never runs. The map of tests/, in its
# README.md, has each folder and script.
. "$(dirname "$0")/lint.sh"

check()
{
    tr -s ' \t\\' '\n' <Makefile.am | sort >"$tmp/listed"
    for file; do
        # Unit tests are listed as programs; a fresh tree lacks some folders.
        [ -f "$file" ] || continue
        grep -qxF -e "$file" -e "${file%.c}" "$tmp/listed" ||
            echo "$file: not in Makefile.am"
    done
    for path in tests/*/ tests/*.sh tests/*.[ch]; do
        grep -qF "\`${path#tests/}" tests/README.md ||
            echo "$path: not in tests/README.md"
    done
}

lint_run check src/*/*.[ch] src/*/*.1 include/*.h macros/*/*.spp \
    tests/*.sh tests/*.[ch] tests/*/*.[ch] tests/*/*.sh tests/*/*.awk \
    tests/fuzz/*.dict tests/lint/*.txt tests/*.md tests/spec/*.md tests/regress/*.md
