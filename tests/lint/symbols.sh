#!/bin/sh
# SPDX-License-Identifier: MIT
# The shared library exports what the public header declares, no more, no less.
. "$(dirname "$0")/tap.sh"

library=$builddir/.libs/libstagepp.so
[ -f "$library" ] || lint_skip 'there is no .libs/libstagepp.so'

# Names that begin with _ are the compiler's and the sanitizers'; one of gcc's
# that counts lines does not.
check()
{
    ${NM:-nm} -D --defined-only "$library" |
        awk '$NF !~ /^(_|mangle_path$)/ { print $NF }' | sort >"$tmp/exported"
    header_functions | sort >"$tmp/declared"
    [ -s "$tmp/declared" ] || echo 'no STAGEPP_API in the header'
    (cd "$tmp" && diff -u declared exported)
}

lint_run check
