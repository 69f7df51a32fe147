#!/bin/sh
# SPDX-License-Identifier: MIT
# Every public macro of the standard library is documented, with each of its
# parameters (there, or in the head of its library), and used in a chapter.
# In: $STAGEPP.
. "$(dirname "$0")/lint.sh"

# From the output of --macros: objections to the documentation, and the names of
# the macros, each on a line after an "=".
# shellcheck disable=SC2016
examine='
function finish(    i, n, names) {
    if (macro == "")
        return
    print "=" macro
    if (text ~ /^ *$/)
        print macro ": no documentation"
    n = split(parameters, names, ",")
    for (i = 1; i <= n; i++)
        if ((head text) !~ ("(^|[^A-Za-z_])" names[i] "([^A-Za-z_]|$)"))
            print macro ": parameter " names[i] " is not documented"
}
# The names in a signature; defaults may contain commas and brackets.
function names_of(signature,    i, c, depth, out, name, value) {
    sub(/^[^(]*\(/, "", signature)
    for (i = 1; i < length(signature); i++) {
        c = substr(signature, i, 1)
        if (c ~ /[[({]/) depth++
        if (c ~ /[])}]/) depth--
        if (c == "," && !depth) {
            out = out name ","; name = ""; value = 0
        } else if (c == "=" && !depth)
            value = 1
        else if (!value && c ~ /[a-z_0-9]/)
            name = name c
    }
    return out name
}
/^[a-z_]+\.[a-z_0-9]+\(/ {
    finish()
    macro = $0; sub(/\(.*/, "", macro)
    parameters = names_of($0); text = ""
    next
}
macro == "" { head = head " " $0; next }
{ text = text " " $0 }
END { finish() }'

check()
{
    find macros -name '*.spp' | sort >"$tmp/files"
    while IFS= read -r library; do
        name=${library#macros/}
        name=${name%.spp}
        "$STAGEPP" "--macros=$name" >"$tmp/macros"
        ${AWK:-awk} "$examine" "$tmp/macros" >"$tmp/out"
        grep -v '^=' "$tmp/out"
        grep -q '^=' "$tmp/out" || echo "$name: no macros"
        # From disk its names are judged; what is compiled in relies on that.
        printf '@import "%s" as all\n' "$name" >"$tmp/all.in"
        "$STAGEPP" -I macros "$tmp/all.in" 2>&1
        "$STAGEPP" -I macros "--macros=$name" | cmp - "$tmp/macros"
        sed -n 's/^=//p' "$tmp/out" >>"$tmp/names"
    done <"$tmp/files"
    cat tests/spec/*.md >"$tmp/chapters"
    while IFS= read -r macro; do
        grep -q -F "$macro(" "$tmp/chapters" ||
            echo "$macro: not in any chapter of tests/spec"
    done <"$tmp/names"
}

lint_run check
