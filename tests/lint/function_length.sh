#!/bin/sh
# SPDX-License-Identifier: MIT
# No function over 100 lines, except those in long_functions.txt, and no file
# over 800. Relies on the formatting: only a function's braces are in column 1.
. "$(dirname "$0")/lint.sh"

check()
{
    awk '
        FILENAME ~ /long_functions\.txt$/ {
            if ($0 !~ /^#/)
                allowed[$1]
            next
        }
        FNR == 801 { print FILENAME ": more than 800 lines" }
        FILENAME !~ /\.c$/ { next }
        /^[A-Za-z_].*\(/ {
            start = FNR
            name = $0
            sub(/\(.*/, "", name)
            sub(/.*[ *]/, "", name)
        }
        /^\{$/ { body = start }
        /^\}$/ {
            if (body && FNR - body + 1 > 100 && !(name in allowed))
                print FILENAME ":" body ": " name " has " FNR - body + 1 \
                    " lines"
            body = 0
        }
    ' tests/lint/long_functions.txt "$@"
}

lint_run check src/*/*.[ch] include/*.h tests/*/*.[ch] tests/*/*.sh
