#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the fuzz target with each file of the corpus. In: $builddir, where the
# program is. Out: TAP, one line a file. A minute is far more than any needs.
set -u
corpus=$(dirname "$0")/corpus
program=${builddir:-.}/tests/fuzz/replay
number=0
limit=
command -v timeout >/dev/null && limit='timeout 60'

for file in "$corpus"/*; do
    number=$((number + 1))
    if report=$($limit "$program" "$file" 2>&1); then
        echo "ok $number - $(basename "$file")"
    else
        echo "not ok $number - $(basename "$file")"
        printf '%s\n' "$report" | sed 's/^/# /'
    fi
done
echo "1..$number"
