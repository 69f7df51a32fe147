#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests the parts of README.md that are not examples of the language: the make
# rule, with this make and with BSD make (it expands if a file that was read has
# changed, and not otherwise), and the graph. In: $STAGEPP, $MAKE. Out: TAP.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
readme=$top/README.md

expands()
{
    $MAKE >"$tmp/made" 2>&1 || { cat "$tmp/made"; return 1; }
    cat "$tmp/made"
    grep -q 'stagepp -MD' "$tmp/made"
}

rests()
{
    ! expands
}

# Newer than everything that was made, even if the file system counts seconds.
change()
{
    echo "$2" >"$1"
    touch -t "$next" "$1"
    touch -t 202001010000 web.dockerfile
}

# The rule, with the make $1.
rule()
{
    MAKE=$1
    rm -rf "$tmp/project"
    mkdir "$tmp/project"
    cd "$tmp/project" || exit 99
    awk '/^```makefile$/ { on = 1; next } /^```$/ { on = 0 } on' "$readme" >Makefile
    echo 'FROM alpine:3.20' >inner.in
    echo '@include "inner.in"' >web.dockerfile.in
    touch -t 202001010000 Makefile inner.in web.dockerfile.in
    ok "$1: the first run expands" expands
    ok "$1: the second has nothing to do" rests
    change inner.in 'FROM alpine:3.21'
    ok "$1: an included file has changed" expands
    ok "$1: the output has the change" grep -q 3.21 web.dockerfile
    ok "$1: and again nothing to do" rests
    rm inner.in
    echo 'FROM debian:13' >web.dockerfile.in
    touch -t "$next" web.dockerfile.in
    touch -t 202001010000 web.dockerfile
    ok "$1: an included file is gone" expands
    ok "$1: the template alone remains" grep -q debian web.dockerfile
}

mkdir "$tmp/bin"
ln -s "$STAGEPP" "$tmp/bin/stagepp"
PATH=$tmp/bin:$PATH
next=202001020000
rule "${MAKE:-make}"
if command -v bmake >/dev/null; then
    rule bmake
else
    skip 'BSD make' 'there is no bmake'
fi

# The graph is what the command gives for the example in the README.
drawn()
{
    awk '/^```mermaid$/ { on = 1; next } /^```$/ { on = 0 } on' "$readme" \
        >"$tmp/wanted"
    stagepp --graph=mermaid "$top/examples/web/web.dockerfile.in" >"$tmp/got"
    [ -s "$tmp/wanted" ] && diff -u "$tmp/wanted" "$tmp/got"
}
ok 'the graph' drawn
done_testing
