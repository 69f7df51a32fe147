#!/bin/sh
# SPDX-License-Identifier: MIT
# The language reference as a test. In: chapters (by default all), $STAGEPP,
# $AWK. Out: TAP, one line per example.
#
# A chapter is prose; its fences of four backticks are examples (other blocks
# have three, or five):
#
#   ````example TITLE WORDS
#   @let x = 1
#   RUN echo @{x}
#   --- output
#   RUN echo 1
#   ````
#
# First comes the template, then sections in any order:
#
#   --- file NAME          a further file; NAME may have folders
#   --- args ARGUMENTS     shell words that come before the template's name
#   --- alone ARGUMENTS    the same, but the template is not named
#   --- output             what standard output must be; default: empty
#   --- output-file NAME   what must be in a file that the run writes
#   --- errors             what standard error must be; default: empty
#   --- status N           exit status; default: 1 if a line of the errors has
#                          "error:" in it, else 0
#
# The template is written to an empty folder as t.in, with the further files,
# and `stagepp ARGUMENTS t.in` runs there. There must be at least one of output,
# output-file, errors and status. Each line of a section ends with a newline,
# including the last one. With the word `example-bytes` instead of `example`,
# lines are joined without line ends and decoded as printf '%b' does: \n, \r,
# \t, \\, \0 and \303 (three digits) are written out.
#
# run.awk turns a chapter into a script that calls functions (example.sh), so
# that an example costs two processes, stagepp itself and one cmp.
. "$(dirname "$0")/../tap.sh"
examples=$tmp/examples
# shellcheck source=tests/spec/example.sh
. "$top/tests/spec/example.sh"

begin()
{
    begin_example "$@"
    status=0
    outputs=0
    : >"$tmp/want.out"
    : >"$tmp/want.err"
    : >"$tmp/names"
    : >"$tmp/why"
}

want()
{
    content "$2" >"$tmp/want.$1"
}

want_status()
{
    status=$1
}

want_file()
{
    outputs=$((outputs + 1))
    content "$2" >"$tmp/want.$outputs"
    printf '%s\n' "$1" >>"$tmp/names"
}

mistake()
{
    echo "$1" >>"$tmp/why"
}

# compare WHAT WANTED GOT
compare()
{
    if [ ! -f "$3" ]; then
        echo "$1: was not written" >>"$tmp/why"
    elif [ ! -s "$2" ] && [ ! -s "$3" ]; then
        :
    elif ! cmp -s "$2" "$3"; then
        { echo "$1:" && difference "$2" "$3"; } >>"$tmp/why"
    fi
}

difference()
{
    if $bytes; then
        od -A n -c "$1" >"$tmp/wanted"
        od -A n -c "$2" >"$tmp/got"
    else
        cat "$1" >"$tmp/wanted"
        cat "$2" >"$tmp/got"
    fi
    (cd "$tmp" && diff -a -u wanted got) |
        sed '1s/.*/--- wanted/; 2s/.*/+++ got/'
}

# What the example runs and, if it was asked for, what it prints.
show()
{
    echo "\$ stagepp${*:+ $*}"
    if [ -n "${TEST_ONLY-}" ]; then
        cat "$tmp/out" "$tmp/err"
    fi
}

# The end of an example.
run()
{
    run_alone "$@" t.in
}

run_alone()
{
    chosen "$title" || return 0
    (cd "$folder" && exec "$STAGEPP" "$@") \
        </dev/null >"$tmp/out" 2>"$tmp/err"
    got=$?
    [ $got = "$status" ] ||
        echo "exit status: wanted $status, got $got" >>"$tmp/why"
    compare 'standard output' "$tmp/want.out" "$tmp/out"
    compare 'standard error' "$tmp/want.err" "$tmp/err"
    outputs=0
    while IFS= read -r output; do
        outputs=$((outputs + 1))
        compare "$output" "$tmp/want.$outputs" "$folder/$output"
    done <"$tmp/names"
    { show "$@" && cat "$tmp/why"; } >"$tmp/tap.log"
    [ ! -s "$tmp/why" ]
    report $? "$title"
}

[ $# -gt 0 ] || set -- "$top"/tests/spec/[0-9]*.md "$top"/tests/regress/*.md
for chapter; do
    run_chapter "$chapter"
    rm -rf "$examples"
done
done_testing
