#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library exports exactly what the public header declares.
. "$(dirname "$0")/lint.sh"

library=$builddir/.libs/libstagepp.so
[ -f "$library" ] || skip_all 'there is no .libs/libstagepp.so'

# Names that begin with _ belong to the compiler and the sanitizers. So does
# mangle_path, which gcc adds to count lines.
check()
{
    ${NM:-nm} -D --defined-only "$library" |
        awk '$NF !~ /^(_|mangle_path$)/ { print $NF }' | sort >"$tmp/exported"
    header_functions | sort >"$tmp/declared"
    [ -s "$tmp/declared" ] || echo 'no STAGEPP_API in the header'
    (cd "$tmp" && diff -u declared exported)
}

lint_run check
