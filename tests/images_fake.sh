#!/bin/sh
# SPDX-License-Identifier: MIT
# images.sh, which `make check-images` runs, with a fake of podman: its status
# says whether a test failed, and it prints a plan whatever happens.
# In: $STAGEPP, $MAKE, $builddir. Out: TAP.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
also=$tmp/said

# Builds and serves everything at once, except what $BROKEN names. The last
# argument of build is the folder, from which it answers later.
mkdir "$tmp/bin" || exit 99
cat >"$tmp/bin/podman" <<'END_OF_PODMAN'
#!/bin/sh
state=$(dirname "$0")
case " $* " in
*" ${BROKEN:-nothing} "*) exit 1 ;;
esac
case $1 in
build)
    for folder; do :; done
    # Its tests expect what the code gave before it was changed.
    changed=$(grep -rl 'b"new ' "$folder")
    case " $* " in
    *' --target dev '*)
        [ -z "$changed" ] || { echo '1 failed'; exit 1; }
        echo '1 passed'
        ;;
    esac
    echo 'STEP 1/1: RUN pip install -r requirements.txt'
    echo '--> Using cache 0123'
    # What the page "/" says.
    sed -n 's/.*"\/": b"\([a-z ]*\).*/\1/p' "$folder"/*/main.py |
        tr '\n' ' ' >"$state/page"
    ;;
run) echo 0123 ;;
exec)
    case $* in
    *"'/none'"*) echo '404 not here' ;;
    *"'GET', '/'"*) echo "200 $(cat "$state/page")" ;;
    esac
    ;;
esac
exit 0
END_OF_PODMAN
chmod +x "$tmp/bin/podman"
PATH=$tmp/bin:$PATH
mkdir "$tmp/tests" && cp "$top/tests/images.sh" "$top/tests/tap.sh" "$tmp/tests" || exit 99
unset IMAGES_BASE IMAGES_INDEX IMAGES_OPTIONS
IMAGES_BUILDER=podman
export IMAGES_BUILDER

# A fresh copy of the examples.
examples()
{
    rm -rf "$tmp/examples"
    cp -R "$top/examples" "$tmp/examples" && chmod -R u+w "$tmp/examples" || exit 99
}

# images STATUS [BROKEN]: the status of images.sh; $tmp/said has what it printed.
images()
{
    BROKEN=${2-} sh "$tmp/tests/images.sh" >"$tmp/said" 2>"$tmp/errors"
    status=$?
    cat "$tmp/errors"
    echo "status $status"
    [ $status = "$1" ]
}

# The plan is the last line, and counts the lines before it.
planned()
{
    tests=$(grep -c '^ok\|^not ok' "$tmp/said")
    echo "$tests tests"
    [ "$(tail -n 1 "$tmp/said")" = "1..$tests" ]
}

# says VERDICT WORDS: there is such a line.
says()
{
    grep -e "^$1 [0-9]* - .*$2" "$tmp/said"
}

says_not()
{
    ! says "$@"
}

examples
ok 'if all is well, the status is 0' images 0
ok '… no test fails' says_not 'not ok' ''
ok '… to the end' says ok 'shared-library, billing: … and is served$'
ok '… and there is a plan' planned
for broken in '--target production' run stop; do
    ok "podman fails with $broken: the status is 1" images 1 "$broken"
    ok '… a test fails' says 'not ok' ''
    ok '… and there is a plan' planned
done
echo '@error "boom"' >>"$tmp/examples/web/web.dockerfile.in"
ok 'a template is broken: the status is 1' images 1
ok '… a test fails' says 'not ok' 'web, uvicorn: expands$'
ok '… with its message' grep 'boom' "$tmp/said"
ok '… the others go on' says ok 'shared-library, billing: … and is served$'
ok '… and there is a plan' planned
IMAGES_BUILDER=none
ok 'without a builder, it skips all' images 0
ok '… and says so' grep '^1..0 # SKIP none does not work here' "$tmp/said"

# What the script says must reach whoever calls make.
check_images()
{
    (cd "$builddir" && BROKEN=$1 IMAGES_BUILDER=podman \
        ${MAKE:-make} check-images) >"$tmp/said" 2>&1
}

fails()
{
    ! "$@"
}

ok 'make check-images passes' check_images ''
ok 'make check-images fails' fails check_images run
ok '… because of a test' says 'not ok' 'starts$'
done_testing
