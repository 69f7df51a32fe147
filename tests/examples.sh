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

# Expands the template in the working directory to file $2 and others beside.
write()
{
    mkdir -p "$to/$name"
    if "$STAGEPP" -C "$to/$name" -o "$to/$name/$2" "$1"; then
        echo "examples/$name/$2 <- examples/$name/$1"
    else
        result=1
    fi
}

check()
{
    if report=$("$STAGEPP" --check -o "$2" "$1" 2>&1); then
        echo "ok $number - $name/$2"
    else
        echo "not ok $number - $name/$2"
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
    $mode "$(basename "$template")" "$(basename "$template" .in)"
done
if [ "$mode" = check ]; then
    echo "1..$number"
fi
[ $number -gt 0 ] && exit $result
