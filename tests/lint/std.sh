#!/bin/sh
# SPDX-License-Identifier: MIT
# Every public macro of the standard library is documented, with each of its
# parameters (there, or in the head of its library), and used in a chapter.
# In: $STAGEPP.
. "$(dirname "$0")/lint.sh"

# From the JSON of --macros, which has each library, macro and parameter on a line
# of its own: objections to the documentation, and the names of the macros, each
# on a line after an "=".
# shellcheck disable=SC2016
examine='
function member(key) {
    return match($0, "\"" key "\": \"") ? substr($0, RSTART + RLENGTH) : ""
}
function word(key,    text) {
    text = member(key)
    return substr(text, 1, index(text, "\"") - 1)
}
/^  \{"path": / { head = member("documentation"); next }
!/^ +\{"name": / { next }
/"kind": / {
    macro = alias "." word("name")
    print "=" macro
    if (word("documentation") == "")
        print macro ": no documentation"
    next
}
word("documentation") == "" && macro {
    if (head !~ ("(^|[^A-Za-z_])" word("name") "([^A-Za-z_]|$)"))
        print macro ": parameter " word("name") " is not documented"
}'

check()
{
    find macros -name '*.spp' | sort >"$tmp/files"
    while IFS= read -r library; do
        name=${library#macros/}
        name=${name%.spp}
        "$STAGEPP" --format=json "--macros=$name" >"$tmp/macros"
        ${AWK:-awk} -v alias="${name##*/}" "$examine" "$tmp/macros" >"$tmp/out"
        grep -v '^=' "$tmp/out"
        grep -q '^=' "$tmp/out" || echo "$name: no macros"
        # From disk its names are judged; what is compiled in relies on that.
        printf '@import "%s" as all\n' "$name" >"$tmp/all.in"
        "$STAGEPP" -I macros "$tmp/all.in" 2>&1
        "$STAGEPP" -I macros --format=json "--macros=$name" |
            sed "s|\"file\": \"macros/|\"file\": \"|g" | cmp - "$tmp/macros"
        sed -n 's/^=//p' "$tmp/out" >>"$tmp/names"
    done <"$tmp/files"
    cat tests/spec/*.md >"$tmp/chapters"
    while IFS= read -r macro; do
        grep -q -F "$macro(" "$tmp/chapters" ||
            echo "$macro: not in any chapter of tests/spec"
    done <"$tmp/names"
}

lint_run check
