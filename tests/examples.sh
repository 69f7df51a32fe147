#!/bin/sh
# SPDX-License-Identifier: MIT
# Expands the templates of examples/. In: $STAGEPP, the word `check` (without
# any: the same) or `write FOLDER`. Out: with check, TAP that says whether the
# committed Dockerfiles are what the templates give; with write, the
# Dockerfiles below FOLDER, and a line for each.
set -u
: "${STAGEPP:?is to be the path of the program to run}"
examples=$(cd "$(dirname "$0")/../examples" && pwd) || exit 99
STAGEPP=$(cd "$(dirname "$STAGEPP")" && pwd)/$(basename "$STAGEPP")
number=0
result=0

# Expands the template $1 in the working directory to its files below $to:
# file $2, unless it has nothing but @file blocks.
write()
{
    mkdir -p "$to/$name"
    set -- "$1" -C "$to/$name" ${2:+-o "$to/$name/$2"}
    if files=$("$STAGEPP" --list "$@") && "$STAGEPP" "$@"; then
        printf '%s\n' "$files" | while IFS= read -r file; do
            echo "examples/$name/${file#"$to/$name/"} <- examples/$name/$1"
        done
    else
        result=1
    fi
}

check()
{
    if report=$("$STAGEPP" --check ${2:+-o "$2"} "$1" 2>&1); then
        echo "ok $number - $name/$1"
    else
        echo "not ok $number - $name/$1"
        printf '%s\n' "$report" | sed 's/^/# /'
    fi
}

mode=${1-check}
to=${2-}
for template in "$examples"/*/*.dockerfile.in; do
    [ -f "$template" ] || continue
    number=$((number + 1))
    folder=$(dirname "$template")
    name=$(basename "$folder")
    cd "$folder" || exit 99
    main=$(basename "$template" .in)
    [ -f "$main" ] || main=
    $mode "$(basename "$template")" "$main"
done
if [ "$mode" = check ]; then
    echo "1..$number"
fi
[ $number -gt 0 ] && exit $result
