#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs each fuzz target with each file of its corpus. In: $builddir, where the
# programs are. Out: TAP, one line a file. A minute is far more than any needs.
set -u
here=$(dirname "$0")
number=0
limit=
command -v timeout >/dev/null && limit='timeout 60'

# PROGRAM CORPUS
replay()
{
    for file in "$here/$2"/*; do
        number=$((number + 1))
        if report=$($limit "${builddir:-.}/tests/fuzz/$1" "$file" 2>&1); then
            echo "ok $number - $2/$(basename "$file")"
        else
            echo "not ok $number - $2/$(basename "$file")"
            printf '%s\n' "$report" | sed 's/^/# /'
        fi
    done
}
replay replay corpus
replay replay_docker corpus-docker
echo "1..$number"
