#!/bin/sh
# SPDX-License-Identifier: MIT
# Same inputs, same bytes. In: $STAGEPP, $chapters. Out: TAP, one line for each
# way to run it: repeatedly (each run has its own seeds), in other locales, time
# zones and folders, without an environment, with other memory. The test compares
# outputs, rules for make, source maps, bake files, graphs, targets, and
# diagnostics as text, JSON and SARIF, for projects in examples/ and for every
# sixteenth example of the language reference.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
cd "$top" || exit 99

# --- the inputs: folders with a template t.in ---

mkdir "$tmp/in" || exit 99
# shellcheck disable=SC2086
set -- ${chapters:-README.md tests/spec/[0-9]*.md}
${AWK:-awk} -v top="$tmp/in" '
/^````example/ {
    open = ++n % 16 == 0
    dir = sprintf("%s/%03d", top, n)
    if (open) system("mkdir " dir)
    file = dir "/t.in"
    if (open) printf "" >file
    next
}
/^````$/ { if (open) close(file); open = 0; next }
!open { next }
/^--- file / {
    close(file)
    file = dir "/" substr($0, 10)
    folder = file
    sub(/\/[^\/]*$/, "", folder)
    system("mkdir -p \"" folder "\"")
    next
}
# Without its --limit it might take long.
/^--- args .*--limit/ {
    close(file)
    system("rm -r " dir)
    open = 0
    next
}
/^--- / { close(file); file = dir "/.expected"; next }
{ print >file }' "$@"
for project in web adopt/5-library compose shared-library; do
    for template in examples/"$project"/*.in; do
        [ -f "$template" ] || continue
        to=$tmp/in/$(basename "$project")-$(basename "$template" .in)
        cp -R "examples/$project" "$to" && chmod -R u+w "$to" &&
            cp "$template" "$to/t.in" || exit 99
    done
done

# Everything that a template gives, in its folder.
cat >"$tmp/work" <<'END'
for folder in */; do
    cd "$folder" || exit
    "$STAGEPP" --trace -MD -MP -o out/main.dockerfile -C out \
        --bake bake.json t.in >.1 2>&1
    "$STAGEPP" $options --map map -o main.dockerfile --diagnostics=json \
        t.in >.2 2>&1
    "$STAGEPP" --diagnostics=sarif --checks --targets=json t.in >.3 2>&1
    "$STAGEPP" --graph -C out t.in >.4 2>&1
    cd ..
done
END

# run FOLDER: does the work there, in the shell's environment.
run()
{
    mkdir -p "$1" && cp -R "$tmp/in/." "$1" &&
        (cd "$1" && STAGEPP=$STAGEPP sh "$tmp/work")
}

like_first()
{
    diff -r "$tmp/first" "$1" >"$tmp/why" && return
    head -n 20 "$tmp/why"
    return 1
}

# same TITLE FOLDER: its contents are those of the first run.
same()
{
    ok "$1" like_first "$2"
    rm -rf "$2"
}

written()
{
    find "$tmp/first" -name '*.dockerfile' | tee "$tmp/written"
    [ "$(wc -l <"$tmp/written")" -gt 15 ] &&
        [ -s "$tmp/first/web-web.dockerfile/map" ]
}

run "$tmp/first"
ok 'outputs are written' written
for again in 2 3 4; do
    run "$tmp/again"
    same "run $again" "$tmp/again"
done
run "$tmp/a folder/much deeper/down"
same 'another folder' "$tmp/a folder/much deeper/down"
(umask 077 && run "$tmp/umask")
same 'umask 077' "$tmp/umask"
# Another environment: a language with other letters, time zone, memory contents.
for locale in $(locale -a 2>/dev/null | grep -v -x -e C -e POSIX | head -n 2) \
    tr_TR.UTF-8; do
    (LC_ALL=$locale LANG=$locale LANGUAGE=$locale && export LC_ALL LANG LANGUAGE
     run "$tmp/locale")
    same "LC_ALL=$locale" "$tmp/locale"
done
(TZ=Asia/Kathmandu HOME=/nonexistent USER=nobody TERM=xterm COLUMNS=40 \
    SOURCE_DATE_EPOCH=1 CLICOLOR_FORCE=1 PWD=/ MALLOC_PERTURB_=165
 export TZ HOME USER TERM COLUMNS SOURCE_DATE_EPOCH CLICOLOR_FORCE PWD
 export MALLOC_PERTURB_
 run "$tmp/changed")
same 'a changed environment' "$tmp/changed"
mkdir "$tmp/bare" && cp -R "$tmp/in/." "$tmp/bare" &&
    (cd "$tmp/bare" && env -i STAGEPP="$STAGEPP" /bin/sh "$tmp/work" '')
same 'no environment' "$tmp/bare"
if setarch -R true 2>/dev/null; then
    mkdir "$tmp/fixed" && cp -R "$tmp/in/." "$tmp/fixed" &&
        (cd "$tmp/fixed" && STAGEPP=$STAGEPP setarch -R sh "$tmp/work" '')
    same 'fixed addresses' "$tmp/fixed"
fi
done_testing
