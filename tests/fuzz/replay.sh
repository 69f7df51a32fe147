#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs each fuzz target with the files of its corpus, and with a few variants of
# each. In: $builddir, where the programs are. Out: TAP, one line per target. A
# minute is far more than any of them needs.
. "$(dirname "$0")/../tap.sh"
limit=
command -v timeout >/dev/null && limit='timeout 60'

for target in depfile docker expression json options parser session yaml; do
    set -- "$top/tests/fuzz/corpus/$target"/*
    # shellcheck disable=SC2086 # a command and its argument, or nothing
    ok "$target: $# inputs, and changed ones" \
        $limit "$builddir/tests/fuzz/replay_$target" -m 8 "$@"
done
done_testing
