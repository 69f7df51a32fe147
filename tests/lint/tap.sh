# SPDX-License-Identifier: MIT
# What the lints share; they source it. Each lint is one TAP test: it prints the
# verdict, and a comment for each objection. The working directory becomes the
# top of the source, and $tmp is a folder that is removed at the end.
# shellcheck shell=sh disable=SC2034
LC_ALL=C
export LC_ALL
lint=$(basename "$0" .sh)
builddir=${builddir:-$(pwd)}
cd "$(dirname "$0")/../.." || exit 99
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
trap 'exit 99' HUP INT TERM

# Runs a check; whatever it prints is an objection.
lint_run()
{
    "$@" >"$tmp/objections" 2>&1
    echo 1..1
    if [ -s "$tmp/objections" ]; then
        echo "not ok 1 - $lint"
        sed 's/^/# /' "$tmp/objections"
    else
        echo "ok 1 - $lint"
    fi
    exit 0
}

lint_skip()
{
    echo "1..0 # SKIP $*"
    exit 0
}

# The functions that the public header declares, one per line.
header_functions()
{
    tr '\n' ' ' <include/stagepp.h | sed 's/STAGEPP_API/\
&/g' | sed -n 's/^STAGEPP_API [^(;]*[ *]\(stagepp_[a-z0-9_]*\)(.*/\1/p'
}
