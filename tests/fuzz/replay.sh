#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs each fuzz target with the files of its corpus, and with a few variants of
# each. In: $builddir, where the programs are. Out: TAP, one line per target. A
# minute is far more than any of them needs.
set -u
here=$(dirname "$0")
number=0
limit=
command -v timeout >/dev/null && limit='timeout 60'

# TARGET
replay()
{
    number=$((number + 1))
    set -- "$1" "$here/corpus/$1"/*
    target=$1
    shift
    # shellcheck disable=SC2086 # a command and its argument, or nothing
    if report=$($limit "${builddir:-.}/tests/fuzz/replay_$target" -m 8 "$@" \
        2>&1) && [ -f "$1" ]; then
        echo "ok $number - $target: $# inputs, and changed ones"
    else
        echo "not ok $number - $target"
        printf '%s\n' "$report" | tail -n 60 | sed 's/^/# /'
    fi
}

for name in depfile docker expression json options parser session; do
    replay "$name"
done
echo "1..$number"
