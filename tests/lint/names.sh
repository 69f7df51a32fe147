#!/bin/sh
# SPDX-License-Identifier: MIT
# The names that a file exports begin with the first word of the file's name
# (parse_line.c: parse_…, output.c: outputs_…), or are public. STR_ARG is a macro
# and uses its argument three times, so that is not a call.
. "$(dirname "$0")/lint.sh"

first=$builddir/src/base/.libs/libcore_la-arena.o
[ -n "$(${NM:-nm} -g "$first" 2>/dev/null)" ] ||
    skip_all "no names can be read from $first"

check()
{
    for object in "$builddir"/src/*/.libs/libcore_la-*.o; do
        file=${object##*/libcore_la-}
        # An older build may have left objects of files that are gone.
        set -- src/*/"${file%.o}.c"
        [ -f "$1" ] || continue
        word=${file%.o}
        word=${word%%_*}
        ${NM:-nm} -g --defined-only "$object" |
            awk -v file="${file%.o}.c" -v word="$word" \
                '$2 ~ /^[TDBR]$/ && $3 !~ "^(stagepp|" word "s?)_" &&
                $3 !~ /^__/ { print file ": " $3 }'
    done
    grep -nE 'STR_ARG\([a-z_]+\(' src/*/*.[ch]
}

lint_run check
