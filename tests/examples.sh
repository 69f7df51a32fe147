#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the makefiles of the projects in examples/. In: $STAGEPP, $MAKE, the word
# `check` (the default) or `write FOLDER`. Out: with check, TAP: whether the
# committed Dockerfiles are what the templates give, and whether making
# everything again gives the same; with write, their Dockerfiles in
# FOLDER/examples.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"

# in_example FOLDER ARGUMENTS...
in_example()
{
    folder=$1
    shift
    ${MAKE:-make} -C "$folder" --no-print-directory STAGEPP="$STAGEPP" \
        STAGEPP_MAKEDIR="$top/src/cli" "$@"
}

if ! has_gnu_make; then
    if [ "${1-check}" = write ]; then
        echo 'the makefiles of examples/ need GNU make 4.0' >&2
        exit 1
    fi
    skip_all 'the makefiles of examples/ need GNU make 4.0'
fi

if [ "${1-check}" = write ]; then
    mkdir -p "$2" && to=$(cd "$2" && pwd)/examples || exit 99
    if [ "$to" != "$top/examples" ]; then
        mkdir -p "$to"
        cp -R "$top"/examples/. "$to" && chmod -R u+w "$to" || exit 99
    fi
    result=0
    for makefile in "$to"/*/Makefile; do
        folder=${makefile%/Makefile}
        echo "examples/$(basename "$folder"):"
        in_example "$folder" -B dockerfiles || result=1
    done
    exit $result
fi

# The source may be read-only, as in make distcheck.
cp -R "$top/examples" "$tmp/examples" && chmod -R u+w "$tmp/examples" || exit 99
find "$tmp/examples" \( -name '*.d' -o -name '*.stamp' \) -exec rm {} +
cp -R "$tmp/examples" "$tmp/before"

# Makes everything again from the templates.
anew()
{
    find "$2" -name '*.in' -exec touch {} +
    in_example "$2" dockerfiles &&
        diff -r -x '*.d' -x '*.stamp' "$tmp/before/$1" "$2"
}

for makefile in "$tmp"/examples/*/Makefile; do
    folder=${makefile%/Makefile}
    name=$(basename "$folder")
    ok "$name: what is committed" in_example "$folder" check
    ok "$name: made anew" anew "$name" "$folder"
done
done_testing
