#!/bin/sh
# SPDX-License-Identifier: MIT
# Tests std/python in every combination of installer, server, variant and
# layout: nothing that is only needed for building or testing is in production,
# which does not run as root. In: $STAGEPP. Out: TAP, one line per combination.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"

cat >"$tmp/all.in" <<'END'
@import "std/python"
@for m in matrix({
    installer: ["pip", "uv", "poetry", "pipenv"],
    server: ["uvicorn", "gunicorn", "gunicorn+uvicorn", "hypercorn", "granian"],
    variant: ["slim", "alpine"],
    layout: ["venv", "user"],
})
@let words = split(m.server, "+")
@let worker = "uvicorn" if len(words) > 1 else ""
@file "@{m.installer}_@{m.server}_@{m.variant}_@{m.layout}"
# syntax=docker/dockerfile:1
@python.base(variant=m.variant)
@python.builder(installer=m.installer, layout=m.layout, packages=["gcc"])
@python.dev(server=words[0], worker=worker, app="shop.main:app")
@python.test(base="dev")
@python.production(app="shop.main:app", server=words[0], worker=worker, workers=2, packages=["libpq5"])
@end
@end
END

# Objections to a Dockerfile, whose name says what it should be. Production is
# its last stage and derives from base, so these two are what ships.
# shellcheck disable=SC2016
examine='
BEGIN { split(name, of, "_"); user = "10001:10001" }
function object(why) { print name ":" NR ": " why }
/^FROM / { stage = $4; from[stage] = $2; last = stage; next }
stage == "base" || stage == "production" {
    if (/pip|poetry|pipenv|uv sync|venv -m|pytest|gcc|requirements|--reload/ &&
        !/^COPY --from=builder|^COPY --chown=10001:10001 --from=builder|libpq5/)
        object("not for production: " $0)
    if (/--from=/ && !/--from=builder /) object("copies from another stage")
    if (/^USER /) who = $2
    if (/^CMD/) { command = $0; if ($2 !~ /^\[/) object("CMD in shell form") }
    if (/^ENV PATH=/) path = $0
    if (/^COPY .*--from=builder/) copied = $NF
    if (/^HEALTHCHECK/) healthy = 1
    if (/adduser -u 10001/) adds = "alpine"
    if (/useradd .*--uid 10001/) adds = "slim"
}
stage == "builder" && /install|sync|pip/ { installs = 1 }
END {
    if (last != "production") object("the last stage is " last)
    if (from["production"] != "base") object("derives from " from["production"])
    if (from["dev"] != "builder" || from["test"] != "dev") object("dev or test")
    if (from["base"] != "python:3.12-" of[3]) object("base is " from["base"])
    if (who != user) object("runs as " who)
    if (adds != of[3]) object("adds its user as on " adds)
    if (!healthy) object("no HEALTHCHECK")
    if (!installs) object("the builder installs nothing")
    server = of[2]; sub(/\+.*/, "", server)
    if (index(command, "[\"" server "\"") == 0) object("starts " command)
    if ((of[2] ~ /\+/) != (command ~ /UvicornWorker/)) object("worker")
    home = of[4] == "venv" ? "/opt/venv" : "/home/app/.local"
    if (copied != home) object("environment in " copied)
    if (path != "ENV PATH=\"" home "/bin:$PATH\"") object(path)
}'

# They are checked as Dockerfiles, despite their names; nothing must be found.
"$STAGEPP" --checks -Werror -C "$tmp/out" "$tmp/all.in" || exit 99
for path in "$tmp"/out/*; do
    name=$(basename "$path")
    silent "$name" ${AWK:-awk} -v name="$name" "$examine" "$path"
done
done_testing 80
