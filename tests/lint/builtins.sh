#!/bin/sh
# SPDX-License-Identifier: MIT
# The reference has a line for each builtin of the table, in the same order:
#     - `name(parameters)`: documentation
. "$(dirname "$0")/lint.sh"

quote=$(printf '\001')

# The entries of the table, one per line; $quote stands for a quote in a string.
entries()
{
    awk '/^[ *\/]/ && !entry { next } { entry = 1; printf "%s", $0 }' \
        src/eval/builtin_list.h | sed "s/\\\\\"/$quote/g"'
        s/"  *"//g
        s/)X(/)\
X(/g'
    echo
}

check()
{
    entries | sed 's/^X(\([a-z]*\), [A-Z]*, *"\([^"]*\)", *"\([^"]*\)")$/- `\1(\2)`: \3/
        s/'"$quote"'/"/g' >"$tmp/table"
    [ -s "$tmp/table" ] || echo 'found no builtin'
    grep '^- `[a-z]*(' tests/spec/13-builtins.md >"$tmp/chapter"
    diff -u "$tmp/table" "$tmp/chapter"
}

lint_run check
