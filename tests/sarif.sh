#!/bin/sh
# SPDX-License-Identifier: MIT
# --diagnostics=sarif against the schema of the standard: each example of the
# language reference is run once more, and tests/sarif/check.py looks at what it
# gives. In: chapters (all of them, if none is named), $STAGEPP, $AWK, $PYTHON.
# Out: TAP, one line a chapter.
set -u
LC_ALL=C
export LC_ALL
: "${STAGEPP:?must be the path of the program to test}"
here=$(cd "$(dirname "$0")" && pwd) || exit 99
STAGEPP=$(cd "$(dirname "$STAGEPP")" && pwd)/$(basename "$STAGEPP")

# The first on the path may be another one than that of the system, which has
# the module.
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

# As text first. Without those that want something else on standard error.
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
