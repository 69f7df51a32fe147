#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests --diagnostics=sarif against the schema of the standard: runs each
# example of the language reference once more, and tests/sarif/check.py checks
# the logs. In: chapters (by default all), $STAGEPP, $AWK, $PYTHON. Out: TAP, one
# line per chapter.
set -u
LC_ALL=C
export LC_ALL
: "${STAGEPP:?must be the path of the program to test}"
here=$(cd "$(dirname "$0")" && pwd) || exit 99
STAGEPP=$(cd "$(dirname "$STAGEPP")" && pwd)/$(basename "$STAGEPP")

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
    echo '1..0 # SKIP needs Python 3.9 and its module jsonschema' \
        '(Debian, Ubuntu, Fedora: python3-jsonschema)'
    exit 0
fi

all=$(mktemp -d) || exit 99
trap 'rm -rf "$all"' EXIT
trap 'exit 99' HUP INT TERM

spec=$here/spec
# shellcheck source=tests/spec/example.sh
. "$spec/example.sh"

# First as text, then as SARIF. Skips examples that print something else to
# standard error.
run()
{
    case " $* " in
    *' --trace '* | *' --diagnostics'*) return ;;
    esac
    (
        cd "$folder" || exit 99
        "$STAGEPP" "$@" t.in >/dev/null 2>"$folder.err"
        "$STAGEPP" --diagnostics=sarif "$@" t.in >/dev/null 2>"$folder.sarif"
        echo $? >"$folder.status"
    ) </dev/null
    printf '%s\n' "$title" >"$folder.title"
}

[ $# -gt 0 ] ||
    set -- "$here"/spec/[0-9]*.md "$here"/regress/*.md "$here"/sarif/*.md
for chapter; do
    tmp=$all/$(basename "$chapter")
    mkdir "$tmp" || exit 99
    chapter_script "$chapter" >"$all/script" || exit 99
    . "$all/script"
done
"$python" "$here/sarif/check.py" "$here/sarif/sarif-2.1.0-rtm.5.json" "$all" ||
    exit 99
