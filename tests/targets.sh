#!/bin/sh
# SPDX-License-Identifier: MIT
# What the Makefile does for someone who asks for one target only, or if a tool is
# missing or fails. In: $MAKE, $builddir. Out: TAP.
# Not in TMPDIR, whose path may have a blank.
tmp_in_build=yes
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
cd "$builddir" || exit 99

case $(${MAKE:-make} --version 2>/dev/null) in
"GNU Make "*) ;;
*) skip_all 'GNU make is needed, for --what-if' ;;
esac

# In a clean tree the macros, and the chapters that --why prints, must be turned
# into bytes before the library is compiled. make says whether it would do so if
# they were new.
bytes_first()
{
    ${MAKE:-make} -n --what-if=macros/std/apk.spp \
        --what-if=tests/spec/23-checks.md "$1" >"$tmp/made" || return
    for name in library/stdmacros source/diag_why; do
        awk -v data="${name#*/}_data.inc.tmp" \
            -v object="-c -o src/${name%/*}/libcore_la-${name#*/}.lo" '
            index($0, data) { made = NR }
            index($0, object) { used = NR }
            END { exit !(made && made < used) }' "$tmp/made" || return
    done
}

for target in stagepp libcore.la libstagepp.la tests/stagepp tests/seccomp \
    tests/unit/test_arena tests/fuzz/replay_parser tests/positions/check; do
    ok "make $target" bytes_first $target
done

# without PROGRAM TARGET WORDS: make fails and says this. It is really run, with
# a PATH that has all but this program.
without()
{
    mkdir -p "$tmp/bin"
    oldifs=$IFS
    IFS=:
    for folder in $PATH; do
        ln -s "$folder"/* "$tmp/bin" 2>/dev/null
    done
    IFS=$oldifs
    rm -f "$tmp/bin/$1"
    ! PATH=$tmp/bin ${MAKE:-make} "$2" >"$tmp/made" 2>&1 || return
    cat "$tmp/made"
    grep -F -e "$3" "$tmp/made"
}

ok 'make bench without Python' without python3 bench 'python3 is missing'
ok 'make bench-scaling without Python' without python3 bench-scaling 'python3 is missing'

# As make dist calls it.
archive()
{
    printf 'include Makefile\narchive:\n\ttardir=$(distdir) && $(am__tar) | cat\n' |
        TAR=$1 ${MAKE:-make} -s -f - archive distdir="$tmp/dist" >"$tmp/archive"
}

fails()
{
    ! "$@"
}

mkdir "$tmp/dist" && echo 'what is shipped' >"$tmp/dist/file"
# Releases are made with GNU tar.
if tar --version 2>/dev/null | grep GNU >/dev/null; then
    ok 'an archive has the files' archive tar
    ok '… with their contents' grep -a 'what is shipped' "$tmp/archive"
    ok '… and nothing is left' [ ! -e "$tmp/dist.tar" ]
fi
ok 'if tar fails, so does make dist' fails archive false
done_testing
