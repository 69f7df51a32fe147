#!/bin/sh
# SPDX-License-Identifier: MIT
# Each diagnostic of the catalogue is wanted by at least one test: it occurs
# there as people see it, "[name]".
. "$(dirname "$0")/tap.sh"

# Entries may be broken over lines.
names()
{
    tr '\n' ' ' <src/source/diag_list.h | sed 's/X(/\
&/g' | sed -n 's/^X([A-Z0-9_]*, *[A-Z]*, *"\([A-Za-z0-9-]*\)".*/\1/p'
}

check()
{
    names >"$tmp/names"
    [ -s "$tmp/names" ] || echo 'found no diagnostic in diag_list.h'
    find tests/*/ -type f \
        \( -name '*.md' -o -name '*.c' -o -path '*/expected/*' \) \
        -exec cat {} + | tr -c 'A-Za-z0-9[]-' '\n' | sort -u >"$tmp/wanted"
    while read -r name; do
        grep -qxF "[$name]" "$tmp/wanted" || echo "$name: no test wants it"
    done <"$tmp/names"
}

lint_run check
