#!/bin/sh
# SPDX-License-Identifier: MIT
# Really builds and runs the images of examples/web and examples/shared-library,
# with docker and BuildKit, podman, or buildah and podman. In: $STAGEPP, and
#
#   IMAGES_BUILDER  one of them; default: the first that works
#   IMAGES_BASE     base image with Python and pip instead of the examples' own
#   IMAGES_INDEX    URL of a package index instead of PyPI
#   IMAGES_OPTIONS  further options of the build, such as --network=none
#
# Out: TAP, and status 1 if a test failed. Without a builder, or if no base image
# is available, it says what is missing and skips everything. Requests go over the
# loopback device of a container that has no other network.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
also=$tmp/build
tag=stagepp-check-$$
container=

clean_up()
{
    [ -z "$container" ] || $run rm -f "$container" >/dev/null 2>&1
    for image in $($run images --format '{{.Repository}}:{{.Tag}}' 2>/dev/null |
        grep "$tag"); do
        $run rmi -f "$image" >/dev/null 2>&1
    done
    rm -rf "$tmp"
}

# --- the builder ---

works()
{
    case $1 in
    docker) docker info >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1 ;;
    podman) podman info >/dev/null 2>&1 ;;
    buildah) buildah info >/dev/null 2>&1 && podman info >/dev/null 2>&1 ;;
    *) false ;;
    esac
}

builder=${IMAGES_BUILDER-}
if [ -n "$builder" ]; then
    works "$builder" || skip_all "$builder does not work here (IMAGES_BUILDER)"
else
    for candidate in docker podman buildah; do
        if works $candidate; then
            builder=$candidate
            break
        fi
    done
    [ -n "$builder" ] || skip_all 'no builder: docker with BuildKit and buildx,' \
        'podman, or buildah with podman; one of them must work'
fi
case $builder in
docker)
    run=docker
    export DOCKER_BUILDKIT=1 BUILDKIT_PROGRESS=plain
    ;;
*) run=podman ;;
esac
trap clean_up EXIT

# Builds target $3 of $2 in folder $1 as image $4; the log is in $tmp/build.
# There may be no network to fetch a frontend, so the line that asks for one is
# left out; all builders know Dockerfile syntax 1.
build()
{
    sed '/^# syntax=/d' "$2" >"$tmp/Dockerfile" || return
    # shellcheck disable=SC2086
    case $builder in
    docker) docker build ${IMAGES_OPTIONS-} -f "$tmp/Dockerfile" \
        --target "$3" -t "$4" "$1" ;;
    podman) podman build --format docker --layers ${IMAGES_OPTIONS-} \
        -f "$tmp/Dockerfile" --target "$3" -t "$4" "$1" ;;
    buildah) buildah build --format docker --layers ${IMAGES_OPTIONS-} \
        -f "$tmp/Dockerfile" --target "$3" -t "$4" "$1" ;;
    esac >"$tmp/build" 2>&1
}

# Steps of the log in $tmp/build that came from the cache, one per line.
cached()
{
    if [ "$builder" = docker ]; then
        # "#9 [builder 2/2] RUN …", and later "#9 CACHED".
        awk '/^#[0-9]+ \[/ { step[$1] = $0 } /^#[0-9]+ CACHED/ { print step[$1] }' \
            "$tmp/build"
    else
        # "STEP 2/5: RUN …", and then "--> Using cache …".
        awk '/STEP [0-9/]+: / { step = $0 } /Using cache/ { print step }' "$tmp/build"
    fi
}

# --- what an image must do ---

inside()
{
    $run exec "$container" "$@"
}

start()
{
    container=$($run run -d --network=none "$1")
}

remove()
{
    $run rm -f "$container"
    container=
}

# GET $2 on port $1: the status must be $3, and the text must contain $4.
answers()
{
    for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        inside python -c "
import http.client
c = http.client.HTTPConnection('127.0.0.1', $1, timeout=2)
c.request('GET', '$2')
r = c.getresponse()
print(r.status, r.read().decode())" >"$tmp/answer" 2>&1 && break
        sleep 0.5
    done
    cat "$tmp/answer"
    echo "try $try"
    grep -q "^$3 .*$4" "$tmp/answer"
}

# No process of the container runs as root or has a capability.
not_root()
{
    inside python -c "
import glob
for name in glob.glob('/proc/[0-9]*/status'):
    for line in open(name):
        if line.startswith(('Uid:', 'Gid:')):
            print(name, line)
            assert '0' not in line.split()[1:]
        if line.startswith('CapEff:'):
            print(name, line)
            assert int(line.split()[1], 16) == 0"
}

# The image's own HEALTHCHECK succeeds.
healthy()
{
    probe=$(sed -n 's/^    CMD \(\["python", "-c", .*\)$/\1/p' "$1")
    [ -n "$probe" ] || return
    inside python -c "
import subprocess, sys
sys.exit(subprocess.call($probe))"
}

# Nothing that is only needed for building or testing is in the image.
lean()
{
    inside sh -c '
status=0
for program in cc gcc g++ clang make ld pytest py.test; do
    if command -v $program; then
        status=1
    fi
done
if python -c "import pytest"; then
    echo pytest is there
    status=1
fi
find / -xdev \( -path "*/.cache/pip" -o -path "*/.cache/pip/*" \) 2>/dev/null | grep . && status=1
find /app \( -name "test_*" -o -name "requirements*" \) | grep . && status=1
exit $status'
}

# It ends on the signal that Docker sends, long before it would be killed.
stops()
{
    before=$(date +%s)
    $run stop -t 20 "$container" >/dev/null || return
    [ $(($(date +%s) - before)) -lt 10 ]
}

tests_ran()
{
    grep -E '[0-9]+ passed' "$tmp/build"
}

fails()
{
    ! "$@"
}

from_cache()
{
    cached >"$tmp/cached"
    cat "$tmp/cached"
    grep -e 'pip install' "$tmp/cached" && ! grep -e "COPY $1" "$tmp/cached"
}

# try NAME FOLDER TEMPLATE PORT WORD CODE OPTION...: the whole life of a service,
# up to a step without which there is nothing more to test. CODE is the folder of
# its code.
try()
{
    name=$1 folder=$2 template=$3 port=$4 word=$5 code=$6
    context=$tmp/$folder
    shift 6
    image=$tag:$(echo "$name" | tr -d , | tr ' ' '-')
    rm -rf "$context"
    cp -R "$top/examples/$folder" "$context" && chmod -R u+w "$context" &&
        # A layer with the code cannot come from an earlier run.
        echo "# $image" >>"$context/$code/__init__.py" || exit 99
    ok "$name: expands" expand "$@" || return
    ok "$name: the dev stage builds" build "$context" "$tmp/expanded" dev "$image-dev"
    ok "$name: … and has run the tests" tests_ran
    ok "$name: production builds" build "$context" "$tmp/expanded" production "$image" ||
        return
    ok "$name: starts" start "$image" || return
    ok "$name: answers" answers "$port" / 200 "$word"
    ok "$name: answers an unknown path with 404" answers "$port" /none 404 ''
    ok "$name: is healthy by its own check" healthy "$tmp/expanded"
    ok "$name: is not root" not_root
    ok "$name: has nothing for building or testing" lean
    ok "$name: stops when it is asked to" stops
    remove >/dev/null 2>&1
    sed "s/b\"$word/b\"new $word/" "$context/$code/main.py" >"$tmp/new" &&
        cat "$tmp/new" >"$context/$code/main.py" || exit 99
    ok "$name: changed code builds" build "$context" "$tmp/expanded" production "$image"
    ok "$name: … without installing again" from_cache "$code"
    ok "$name: … a broken test fails the dev stage" broken "$context" "$image-dev"
    ok "$name: … starts" start "$image" || return
    ok "$name: … and is served" answers "$port" / 200 "new $word"
    remove >/dev/null 2>&1
}

# Expands the template in its folder.
expand()
{
    (cd "$context" && "$STAGEPP" -I . -D image="$base" \
        ${IMAGES_INDEX:+-D index="$IMAGES_INDEX"} "$@" -o "$tmp/expanded" "$template")
}

# The code no longer gives what its tests expect.
broken()
{
    fails build "$1" "$tmp/expanded" dev "$2" && grep -E '[0-9]+ failed' "$tmp/build"
}

# If the base image is not here and cannot be pulled, or cannot install anything,
# that is not a failure of stagepp.
base=${IMAGES_BASE:-python:3.12-slim}
$run image inspect "$base" >/dev/null 2>&1 || $run pull "$base" >/dev/null 2>&1 ||
    skip_all "the base image $base is not here and cannot be pulled" \
        '(IMAGES_BASE names another)'
printf 'FROM %s AS probe\nRUN pip download -d /d %s uvicorn\n' "$base" \
    "${IMAGES_INDEX:+--index-url $IMAGES_INDEX}" >"$tmp/probe"
mkdir "$tmp/empty"
if ! build "$tmp/empty" "$tmp/probe" probe "$tag:probe"; then
    tail -n 8 "$tmp/build" | sed 's/^/# /'
    skip_all "in $base, pip cannot download uvicorn with $builder" \
        '(IMAGES_BASE, IMAGES_INDEX, IMAGES_OPTIONS)'
fi

# The other layout of std/python, in the same project.
user_template()
{
    cat <<'END'
@import "std/python"
@param server = "uvicorn"
@param image = ""
@param index = ""
@let pip = ["--index-url", index] if index != "" else []
@python.base(image=image)
@python.builder(layout="user", args=pip)
@python.dev(args=pip)
@python.production(server=server, interface="asgi", app="app.main:app", health="/health")
END
}

for server in uvicorn gunicorn; do
    try "web, $server" web web.dockerfile.in 8000 hello app -D server=$server
    user_template >"$tmp/user.dockerfile.in"
    try "web, $server, layout user" web "$tmp/user.dockerfile.in" 8000 hello app -D server=$server
done
try 'shared-library, orders' shared-library orders.dockerfile.in 8001 orders orders
try 'shared-library, billing' shared-library billing.dockerfile.in 8002 billing billing
done_testing
[ $failed = 0 ]
