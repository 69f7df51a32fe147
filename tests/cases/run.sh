#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests of whole runs. In: folders with a case each (by default all), $STAGEPP.
# Out: TAP, one line per case.
#
# A case has its input files, `cmd`, and `expected/`:
#
#   cmd                a script that sh runs in a copy of the folder, without
#                      expected/; $STAGEPP is the program; status 77 skips the
#                      case if the system lacks what it needs
#   expected/stdout    what it must print; default: nothing
#   expected/stderr    the same for standard error
#   expected/status    the exit status; default: 0
#   expected/absent    names, one per line, that must not exist afterwards
#   expected/FILE      what must be in FILE afterwards
. "$(dirname "$0")/../tap.sh"

# compare NAME WANTED GOT
compare()
{
    if [ ! -f "$3" ]; then
        echo "$1: was not written"
    elif ! cmp -s "$2" "$3"; then
        echo "$1:"
        diff -a -u "$2" "$3" | sed '1s/.*/--- wanted/; 2s/.*/+++ got/'
    fi
}

# Runs the case in folder $1 and prints what is wrong, if anything.
check()
{
    wanted=$1/expected
    [ -d "$wanted" ] || echo 'there is no expected/'
    # The source may be read-only, as in make distcheck.
    rm -rf "$tmp/work"
    cp -R "$1" "$tmp/work" && chmod -R u+w "$tmp/work"
    rm -rf "$tmp/work/expected" "$tmp/work/cmd"
    (cd "$tmp/work" && sh "$1/cmd") </dev/null >"$tmp/stdout" 2>"$tmp/stderr"
    echo $? >"$tmp/status"
    ! grep -qx 77 "$tmp/status" || return

    for name in stdout stderr status; do
        if [ -f "$wanted/$name" ]; then
            compare $name "$wanted/$name" "$tmp/$name"
        else
            case $name in
            status) echo 0 ;;
            esac >"$tmp/default"
            compare $name "$tmp/default" "$tmp/$name"
        fi
    done
    (cd "$wanted" && find . -type f) >"$tmp/names"
    while IFS= read -r name; do
        name=${name#./}
        case $name in
        stdout | stderr | status) ;;
        absent)
            while IFS= read -r path; do
                [ ! -e "$tmp/work/$path" ] || echo "$path: exists"
            done <"$wanted/absent"
            ;;
        *) compare "$name" "$wanted/$name" "$tmp/work/$name" ;;
        esac
    done <"$tmp/names"
}

# What the case in folder $1 does and prints.
show()
{
    sed 's/^/$ /' "$1/cmd"
    cat "$tmp/stdout" "$tmp/stderr"
}

[ $# -gt 0 ] || set -- "$top"/tests/cases/*/
for folder; do
    if [ ! -f "$folder/cmd" ]; then
        echo "there is no $folder/cmd" >"$tmp/tap.log"
        report 1 "$(basename "$folder")"
        continue
    fi
    folder=$(cd "$folder" && pwd)
    title=$(basename "$folder")
    chosen "$title" || continue
    check "$folder" >"$tmp/why" 2>&1
    if grep -qx 77 "$tmp/status"; then
        skip "$title" "the system lacks what it needs"
        continue
    fi
    {
        [ -z "${TEST_ONLY-}" ] || show "$folder"
        cat "$tmp/why"
    } >"$tmp/tap.log" 2>&1
    [ ! -s "$tmp/why" ]
    report $? "$title"
done
done_testing
