#!/bin/sh
# SPDX-License-Identifier: MIT
# At least one test expects each diagnostic of the catalogue: it contains the
# name as it is printed, "[name]". And the reference says of each what it means,
# which --why prints.
. "$(dirname "$0")/lint.sh"

# An entry may span several lines.
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
        grep -qxF "[$name]" "$tmp/wanted" || echo "$name: no test expects it"
        "$STAGEPP" --why "$name" | sed -n 3p | grep -q . ||
            echo "$name: no chapter says what it means"
    done <"$tmp/names"
}

lint_run check
