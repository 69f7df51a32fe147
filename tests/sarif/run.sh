#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests --diagnostics=sarif against the schema of the standard: runs each
# example of the language reference once more, and check.py checks the
# logs. In: chapters (by default all), $STAGEPP, $AWK, $PYTHON. Out: TAP, one
# line per chapter.
. "$(dirname "$0")/../tap.sh"

# The first python3 on the path may not be the system's, which has the module.
python=
for candidate in "${PYTHON:-python3}" /usr/bin/python3; do
    if "$candidate" -c 'import sys, jsonschema
sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    skip_all 'needs Python 3.9 and its module jsonschema' \
        '(Debian, Ubuntu, Fedora: python3-jsonschema)'
fi

# shellcheck source=tests/spec/example.sh
. "$top/tests/spec/example.sh"

# First as text, then as SARIF. Skips examples that print something else to
# standard error, and those that write what they have read.
run()
{
    case " $* " in
    *' --trace '* | *' --diagnostics'* | *' --lock '*) return ;;
    esac
    (
        cd "$folder" || exit 99
        "$STAGEPP" "$@" t.in >/dev/null 2>"$folder.err"
        "$STAGEPP" --diagnostics=sarif "$@" t.in >/dev/null 2>"$folder.sarif"
        echo $? >"$folder.status"
    ) </dev/null
    printf '%s\n' "$title" >"$folder.title"
}

here=$top/tests
[ $# -gt 0 ] ||
    set -- "$here"/spec/[0-9]*.md "$here"/regress/*.md "$here"/sarif/*.md
mkdir "$tmp/all"
for chapter; do
    examples=$tmp/all/$(basename "$chapter")
    mkdir "$examples" || exit 99
    run_chapter "$chapter"
done
"$python" "$here/sarif/check.py" "$here/sarif/sarif-2.1.0-rtm.5.json" "$tmp/all" ||
    exit 99
