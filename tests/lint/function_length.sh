#!/bin/sh
# SPDX-License-Identifier: MIT
# No function has more than 60 lines and no file more than 500, except those in
# too_long.txt, of which each must still be longer. Relies on the formatting: only
# the beginning of a declaration and a function's braces are in column 1.
. "$(dirname "$0")/lint.sh"

# shellcheck disable=SC2016
measure='
FNR == 1 { finish() }
FILENAME ~ /\/too_long\.txt$/ {
    if (/^[^#]/) {
        match($0, /^[^ ]+: */)
        what = substr($0, 1, RLENGTH)
        sub(/: *$/, "", what)
        if (length(substr($0, RLENGTH + 1)) < 20)
            print FILENAME ": no reason for " $0
        allowed[what]
    }
    next
}
{ file = FILENAME; lines = FNR }
# A function of Python ends before the next line that is not indented more.
name != "" && indent >= 0 && /[^ ]/ && match($0, /^ */) && RLENGTH <= indent {
    if (!/^ *\)/)
        end(last)
}
/[^ ]/ { last = FNR }
/^ *def [a-z_]+\(/ && file ~ /\.py$/ {
    match($0, /^ */)
    indent = RLENGTH
    begin()
    next
}
file !~ /\.py$/ && /^[A-Za-z_].*\(/ { begin(); indent = -1 }
file !~ /\.py$/ && /^}/ { end(FNR) }
END {
    finish()
    for (what in allowed)
        if (!(what in needed))
            print "tests/lint/too_long.txt: " what " is not too long"
}
function begin()
{
    name = $0
    sub(/\(.*/, "", name)
    sub(/.*[ *]/, "", name)
    start = FNR
}
function end(at)
{
    if (name != "")
        check(file ":" name, at - start + 1, 60)
    name = ""
}
function check(what, n, most)
{
    if (n <= most)
        return
    needed[what]
    if (!(what in allowed))
        print what ": " n " lines, more than " most
}
# Of a file.
function finish()
{
    if (file ~ /\.py$/)
        end(last)
    name = ""
    if (file != "")
        check(file, lines, 500)
    file = ""
}'

check()
{
    ${AWK:-awk} "$measure" tests/lint/too_long.txt "$@"
}

lint_run check bootstrap include/*.h src/*/*.[ch] tests/*.[ch] tests/*.sh \
    tests/*/*.[ch] tests/*/*.sh tests/*/*.awk tests/*/*.py
