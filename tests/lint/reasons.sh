#!/bin/sh
# SPDX-License-Identifier: MIT
# Each line of the source that tests/mutation/reasons.txt speaks of is still
# there.
. "$(dirname "$0")/lint.sh"

check()
{
    grep -v '^#' tests/mutation/reasons.txt | awk '
        function content(file,    line, all) {
            while ((getline line <file) > 0)
                all = all " " line
            close(file)
            gsub(/[ \t]+/, " ", all)
            return all
        }
        NF == 0 { at = 0; next }
        { at++ }
        at == 1 { file = $0; n++ }
        at == 2 && !index(content(file), $0) { print file ": no line " $0 }
        END { if (!n) print "found no reasons" }'
}

lint_run check
