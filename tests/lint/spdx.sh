#!/bin/sh
# SPDX-License-Identifier: MIT
# Each source, script and macro file names its licence in the first 3 lines.
. "$(dirname "$0")/lint.sh"

check()
{
    for file; do
        # .ci is not part of a release.
        [ -f "$file" ] || continue
        sed 3q "$file" | grep -q 'SPDX-License-Identifier: MIT' ||
            echo "$file: no SPDX line"
    done
}

lint_run check bootstrap configure.ac Makefile.am .ci/run include/*.h \
    src/*/*.[ch] src/*/*.in src/cli/*.1 macros/*/*.spp \
    tests/*.sh tests/*.[ch] tests/*/*.[ch] tests/*/*.sh tests/*/*.awk \
    tests/*/*.py
