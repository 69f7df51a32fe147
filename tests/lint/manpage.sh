#!/bin/sh
# SPDX-License-Identifier: MIT
# The OPTIONS section of the man page is what the table of options gives.
. "$(dirname "$0")/lint.sh"

check()
{
    awk '/^\.SH /{ inside = ($0 == ".SH OPTIONS") } inside' \
        src/cli/stagepp.1 >"$tmp/page"
    "$STAGEPP" --help=man >"$tmp/table"
    cmp -s "$tmp/page" "$tmp/table" || diff -u "$tmp/page" "$tmp/table"
}

lint_run check
