# SPDX-License-Identifier: MIT
# What the shell tests share. Each sources this file first, which sets
#
#   $top        the folder of the source        $builddir  that of the build
#   $STAGEPP    the program to test             $tmp       an empty folder that is
#                                                          removed at the end
#
# (in $builddir if $tmp_in_build is set: the path of TMPDIR may have a blank),
# then calls ok() and the like, which print a line of TAP, and last of all
# done_testing(). A test that ends before that has failed, since it prints no
# plan. With $TEST_ONLY, a pattern for titles, tests may leave out all others; the
# log of one that passes is shown then, too.
# shellcheck shell=sh disable=SC2034
set -u
LC_ALL=C
export LC_ALL
# The make that runs a test must not influence those that the test runs.
unset MAKEFLAGS MFLAGS MAKELEVEL

top=$(cd "$(dirname "$0")" && pwd) || exit 99
top=${top%/tests*}
builddir=${builddir:-$top}
STAGEPP=${STAGEPP:-$builddir/tests/stagepp}
case $STAGEPP in
/*) ;;
*/*) STAGEPP=$(pwd)/$STAGEPP ;;
esac
export STAGEPP

if [ -n "${tmp_in_build-}" ]; then
    tmp=$(mktemp -d "$builddir/test.XXXXXX") || exit 99
else
    tmp=$(mktemp -d) || exit 99
fi
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM
number=0 failed=0
also=

# Whether the title is asked for.
chosen()
{
    # shellcheck disable=SC2254 # a pattern
    case $1 in
    ${TEST_ONLY:-*}) ;;
    *) false ;;
    esac
}

# report STATUS TITLE: one test, whose log is $tmp/tap.log. After a failure, the
# end of the file $also is shown as well, and the status is 1.
report()
{
    number=$((number + 1))
    if [ "$1" = 0 ]; then
        echo "ok $number - $2"
        [ -z "${TEST_ONLY-}" ] || ! chosen "$2" || sed 's/^/# /' "$tmp/tap.log"
    else
        failed=$((failed + 1))
        echo "not ok $number - $2"
        sed 's/^/# /' "$tmp/tap.log"
        [ ! -f "$also" ] || tail -n 30 "$also" | sed 's/^/# . /'
        return 1
    fi
}

# ok TITLE COMMAND...: the command succeeds.
ok()
{
    tap_title=$1
    shift
    "$@" >"$tmp/tap.log" 2>&1
    report $? "$tap_title"
}

# silent TITLE COMMAND...: the command prints nothing; what it prints is wrong. A
# status above 1 (which is that of a grep without a result) is wrong, too.
silent()
{
    tap_title=$1
    shift
    "$@" >"$tmp/tap.log" 2>&1
    tap_status=$?
    [ $tap_status -le 1 ] || echo "exit status $tap_status" >>"$tmp/tap.log"
    [ ! -s "$tmp/tap.log" ]
    report $? "$tap_title"
}

# skip TITLE REASON
skip()
{
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2"
}

# skip_all REASON: instead of any test.
skip_all()
{
    echo "1..0 # SKIP $*"
    exit 0
}

has_gnu_make()
{
    case $(${MAKE:-make} --version 2>/dev/null) in
    "GNU Make "[4-9].* | "GNU Make "[1-9][0-9].*) ;;
    *) false ;;
    esac
}

# done_testing [COUNT]: the plan. Without COUNT, it is what ran, but not nothing.
done_testing()
{
    [ $number -gt 0 ] || exit 99
    echo "1..${1:-$number}"
}
