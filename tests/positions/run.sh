#!/bin/sh
# SPDX-License-Identifier: MIT
# Checks where bytes came from, for every template: the examples of the
# chapters, the cases, the projects in examples/. In: chapters (by default all),
# $CHECK (see command.c), $AWK. Out: TAP, one line per chapter or folder.
. "$(dirname "$0")/../tap.sh"
CHECK=${CHECK:-$builddir/tests/positions/check}

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

examples=$tmp/examples
# shellcheck source=tests/spec/example.sh
. "$top/tests/spec/example.sh"

run()
{
    check "$@" t.in
}

all=$#
[ $all -gt 0 ] || set -- "$top"/tests/spec/[0-9]*.md \
    "$top"/tests/regress/*.md "$top"/README.md
for chapter; do
    : >"$tmp/why"
    run_chapter "$chapter"
    rm -rf "$examples"
    silent "$(basename "$chapter")" cat "$tmp/why"
done

# --- folders ---

# Checks each template of a copy of $1, where the folder may hold libraries.
templates()
{
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
        : >"$tmp/why"
        for case in "$top/$name"/*/; do
            templates "$case"
        done
        silent "$name" cat "$tmp/why"
    done
fi
done_testing
