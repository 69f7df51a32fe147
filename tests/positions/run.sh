#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks where bytes came from, for every template: the examples of the
# chapters, the cases, the projects in examples/. In: chapters (by default all),
# $CHECK (see command.c), $AWK. Out: TAP, one line per chapter or folder.
set -u
LC_ALL=C
export LC_ALL
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 99
CHECK=${CHECK:-${builddir:-$top}/tests/positions/check}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
number=0

# verdict NAME: $tmp/why has what is wrong, if anything.
verdict()
{
    number=$((number + 1))
    if [ -s "$tmp/why" ]; then
        echo "not ok $number - $1"
        sed 's/^#* */# /' "$tmp/why"
    else
        echo "ok $number - $1"
    fi
}

# Checks it once as a second expansion and once as the first one. Other tests
# check the messages of the template.
check()
{
    for record in '' 1; do
        (cd "$folder" && STAGEPP_RECORD=$record exec "$CHECK" "$@") \
            </dev/null 2>"$tmp/said" && continue
        echo "$title:"
        grep '^#' "$tmp/said" || tail -n 3 "$tmp/said"
    done >>"$tmp/why"
}

# --- chapters ---

spec=$top/tests/spec
# shellcheck source=tests/spec/example.sh
. "$spec/example.sh"

run()
{
    check "$@" t.in
}

all=$#
[ $all -gt 0 ] || set -- "$top"/tests/spec/[0-9]*.md \
    "$top"/tests/regress/*.md "$top"/README.md
for chapter; do
    rm -rf "${tmp:?}"/*
    : >"$tmp/why"
    chapter_script "$chapter" >"$tmp/script" || exit 99
    . "$tmp/script"
    verdict "$(basename "$chapter")"
done

# --- folders ---

# Checks each template of a copy of $1, where the folder may hold libraries.
templates()
{
    : >"$tmp/why"
    rm -rf "$tmp/work"
    cp -R "$1" "$tmp/work"
    folder=$tmp/work
    for template in "$tmp"/work/*.in "$tmp"/work/*/*.in; do
        [ -f "$template" ] || continue
        title=$(basename "$1")/${template#"$tmp/work/"}
        check -I . "$template"
    done
}

if [ $all -eq 0 ]; then
    for name in tests/cases examples; do
        : >"$tmp/all"
        for case in "$top/$name"/*/; do
            templates "$case"
            cat "$tmp/why" >>"$tmp/all"
        done
        cp "$tmp/all" "$tmp/why"
        verdict "$name"
    done
fi
echo "1..$number"
