#!/bin/sh
# SPDX-License-Identifier: MIT
# stagepp.mk in users' projects: what is made, how often (every run of stagepp
# is counted), and what is refused; and STAGEPP_PROG in a configure.ac.
# In: $STAGEPP, $MAKE. Out: TAP.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
# The makefiles get the command from make.
real=$STAGEPP
unset STAGEPP

has_gnu_make || skip_all 'stagepp.mk needs GNU make 4.0'

# Records each run, except those with --list, then runs the command.
cat >"$tmp/stagepp" <<END
#!/bin/sh
case " \$* " in
*" --list "*) ;;
*) echo "\$*" >>"$tmp/runs" ;;
esac
exec "$real" "\$@"
END
chmod +x "$tmp/stagepp"

# make_it ARGUMENTS...: the status of make. $tmp/made has what it printed, too,
# and $tmp/runs the runs of stagepp.
make_it()
{
    : >"$tmp/runs"
    # shellcheck disable=SC2086
    PATH=$tmp:$PATH ${MAKE:-make} "$@" >"$tmp/made" 2>&1
    status=$?
    cat "$tmp/made"
    return $status
}

# made COUNT ARGUMENTS...: make succeeds, and runs stagepp COUNT times.
made()
{
    count=$1
    shift
    make_it "$@" || return
    [ "$(grep -c . <"$tmp/runs")" = "$count" ] || { cat "$tmp/runs"; false; }
}

# refused TEXT ARGUMENTS...: make fails, and prints TEXT.
refused()
{
    text=$1
    shift
    ! make_it "$@" && grep -F -e "$text" "$tmp/made"
}

# told TEXT ARGUMENTS...: make succeeds, and warns of nothing but TEXT.
told()
{
    text=$1
    shift
    make_it "$@" || return
    if [ -n "$text" ]; then
        grep -F -e "$text" "$tmp/made"
    else
        ! grep -e 'nothing reads' -e 'has no' "$tmp/made"
    fi
}

# Makes the sources look as if they had been written long ago.
age()
{
    find . -type f ! -name '*.d' ! -name '*.stamp' -name '*.in' -exec touch -t 202001010000 {} +
    find . -type f -name '*.spp' -exec touch -t 202001010000 {} +
}

touch_now()
{
    for file; do
        touch -t 203001010000 "$file"
    done
}

# Undoes touch_now: sources are old again, and outputs are newer than they.
settle()
{
    find . -type f \( -name '*.spp' -o -name '*.in' \) -exec touch -t 202001010000 {} +
    find . -type f \( -name 'Dockerfile' -o -name '*.dockerfile' -o -name '*.stamp' \) \
        -exec touch -t 202501010000 {} +
}

# A project of two services that share a library, a set, and a variant.
project()
{
    rm -rf "$tmp/project"
    mkdir -p "$tmp/project/lib" "$tmp/project/sub"
    cd "$tmp/project" || exit 99
    cat >Makefile <<END
STAGEPP_FLAGS = -I lib
STAGEPP_SETS = set.dockerfile.in
everything: dockerfiles
include $top/src/cli/stagepp.mk
\$(eval \$(call stagepp_variant,out/more.dockerfile,web.dockerfile.in,-D port=2))
END
    echo '@let image = "alpine"' >lib/shared.spp
    cat >web.dockerfile.in <<'END'
@import "shared"
@param port = 1
@param note = ""
FROM @{shared.image}
EXPOSE @{port}
# @{note}
END
    cat >set.dockerfile.in <<'END'
@import "shared"
@for n in ["a", "b"]
@file "sets/@{n}/Dockerfile"
FROM @{shared.image} AS @{n}
@end
@end
END
    echo 'FROM scratch' >Dockerfile.in
    echo 'FROM scratch' >other.dockerfile.in
    echo 'FROM scratch' >sub/Dockerfile.in
    echo 'FROM scratch' >sub/web.dockerfile.in
    age
}

# --- what is made ---

project
ok 'all of them, in parallel' made 5 -j8
ok 'with their contents' grep -x 'EXPOSE 2' out/more.dockerfile
ok 'sets, too' grep -x 'FROM alpine AS b' sets/b/Dockerfile
ok 'nothing the second time' made 0
settle
touch_now lib/shared.spp
ok 'a library: only what uses it' made 3 -j8
ok '… is made' grep -c 'web.dockerfile.in$\|set.dockerfile.in$' "$tmp/runs"
settle
ok 'and then nothing' made 0
touch_now other.dockerfile.in
ok 'a template: its Dockerfile' made 1
settle
rm sets/a/Dockerfile sets/b/Dockerfile
ok 'lost outputs of a set: one run' made 1 -j8
ok '… brings them back' test -f sets/a/Dockerfile -a -f sets/b/Dockerfile
sed 's/"a", "b"/"a", "b", "c"/' set.dockerfile.in >new && mv new set.dockerfile.in
ok 'a new member of a set' made 1 sets/c/Dockerfile
settle
ok 'options as before: nothing' made 0
sed 's/port=2/port=3/' Makefile >new && mv new Makefile
ok 'other options: only what they apply to' made 1
ok '… is made with them' grep -x 'EXPOSE 3' out/more.dockerfile
ok 'then nothing' made 0
signs="STAGEPP_FLAGS.web.dockerfile.in=-D 'port=4' -D 'note=a  \$\$b#c,d'"
ok 'options with quotes and signs' made 2 "$signs"
ok '… unchanged' grep -x '# a  $b#c,d' web.dockerfile
ok '… once' made 0 "$signs"
project
make_it >/dev/null
settle
rm web.dockerfile.d
touch_now lib/shared.spp
ok 'a Dockerfile whose dependencies are not known' made 3
settle
ok '… has them then' made 0
rm ./*.d out/*.d
ok 'as in a fresh clone: all of them' made 5
ok '… once' made 0
project
ok 'options of one template' made 5 'STAGEPP_FLAGS.web.dockerfile.in=-D port=7'
ok '… reach its Dockerfile' grep -x 'EXPOSE 7' web.dockerfile
ok 'by name, what is not in a list' made 2 sub/Dockerfile sub/web.dockerfile
touch_now sub/Dockerfile.in
ok '… and again' made 1 sub/Dockerfile sub/web.dockerfile

# --- when something is wrong ---

project
make_it >/dev/null
rm lib/shared.spp
echo 'FROM scratch' >web.dockerfile.in
printf '@file "sets/a/Dockerfile"\nFROM scratch\n@end\n' >set.dockerfile.in
touch_now web.dockerfile.in set.dockerfile.in
sed 's/-D port=2//' Makefile >new && mv new Makefile
ok 'a deleted library is not a problem' made 3
project
make_it >/dev/null
echo '@{none}' >web.dockerfile.in
touch_now web.dockerfile.in
ok 'a wrong template fails' refused "unknown name 'none'" web.dockerfile
ok '… and leaves the Dockerfile alone' grep -x 'EXPOSE 1' web.dockerfile
echo '@{none}' >set.dockerfile.in
touch_now set.dockerfile.in
ok 'so does a wrong set' refused "unknown name 'none'" dockerfiles
cp Dockerfile.in 'a b.dockerfile.in'
ok 'a template with a blank is refused' refused 'has no blanks'
rm 'a b.dockerfile.in'
ok 'a missing template, too' refused "no template 'none.in'" STAGEPP_TEMPLATES=none.in
ok 'a folder with a blank' refused 'one folder without blanks' STAGEPP_SRCDIR='a b'
printf '@file "a b"\nFROM scratch\n@end\n' >set.dockerfile.in
ok 'an output of a set with a blank' refused 'has a blank in its name'
project
echo '$(eval $(call stagepp_variant,a b,web.dockerfile.in,))' >>Makefile
ok 'a variant with a blank' refused 'one output and one template'
project
echo '$(eval $(call stagepp_variant,web.dockerfile.in,x.dockerfile,))' >>Makefile
ok 'a variant whose template comes first' refused 'takes the output first'
project
echo '$(call stagepp_variant, x.dockerfile, web.dockerfile.in, -D port=7)' >>Makefile
ok 'blanks after commas, and no eval' made 1 x.dockerfile
ok '… give the same' grep -x 'EXPOSE 7' x.dockerfile

# A name that make or a shell would obey must not have an effect.
obeyed='what make or the shell would obey'
for name in 'x;touch${IFS}obeyed;' '$(shell<obeyed)' 'SHELL=.' 'a%b' 'x#y' "it's"; do
    project
    cp Dockerfile.in "$name.dockerfile.in"
    ok "a template called $name" refused "$obeyed"
    ok '… and not obeyed' [ ! -e obeyed ]
    rm -f "$name.dockerfile.in"
    printf '@file "%s"\nFROM scratch\n@end\n' "$name" >set.dockerfile.in
    ok "an output of a set called $name" refused "$obeyed"
    ok '… and not obeyed, either' [ ! -e obeyed ]
done
project
ok 'what is set for nothing' told 'nothing reads STAGEPP_FLAG;' STAGEPP_FLAG=-Werror
ok '… for a template that is not there' told 'nothing reads STAGEPP_FLAGS.wbe.dockerfile:' STAGEPP_FLAGS.wbe.dockerfile=-Werror
ok '… and for one that is' told '' STAGEPP_FLAGS.web.dockerfile=-Werror STAGEPP_FLAGS.Dockerfile.in=-Werror
ok '… or that has rules by its name' told '' STAGEPP_FLAGS.sub/Dockerfile=-Werror sub/Dockerfile
from_outside()
{
    (
        export STAGEPP_PATHS=x
        told ''
    )
}
ok '… or comes from outside' from_outside
mkdir none && echo 'FROM scratch' >none/Containerfile.in
ok 'no template' told 'none has no Dockerfile.in' STAGEPP_SRCDIR=none STAGEPP_SETS= -f "$top/src/cli/stagepp.mk" clean-dockerfiles
echo 'FROM scratch' >Dockerfile.web.in
age
ok 'a template called Dockerfile.web.in' made 1 dockerfiles
ok '… gives Dockerfile.web' test -f Dockerfile.web

ok 'an older make' refused 'GNU make 4.0 or newer' .FEATURES=

# --- the other goals ---

project
make_it >/dev/null
ok 'check: all is well' made 5 check-dockerfiles
echo '# by hand' >>other.dockerfile
echo '# by hand' >>sets/a/Dockerfile
touch_now other.dockerfile sets/a/Dockerfile
ok 'newer than its template, edited by hand' made 0
ok '… is found by check' refused "'other.dockerfile' is not what the template gives" check-dockerfiles
ok '… which goes on' grep -F "'sets/a/Dockerfile' is not what the template gives" "$tmp/made"
ok '… and changes nothing' grep -x '# by hand' other.dockerfile
find . | sort >"$tmp/before"
: >keep.dockerfile
: >other.d
ok 'clean' made 0 clean-dockerfiles
find . -type f | sort >"$tmp/after"
cat >"$tmp/wanted" <<'END'
./Dockerfile.in
./Makefile
./keep.dockerfile
./lib/shared.spp
./other.d
./other.dockerfile.in
./set.dockerfile.in
./sub/Dockerfile.in
./sub/web.dockerfile.in
./web.dockerfile.in
END
ok '… removes what was made, and nothing else' diff "$tmp/wanted" "$tmp/after"
make_it >/dev/null
echo '@{none}' >set.dockerfile.in
ok 'clean, if a set cannot be listed' refused 'not removed: the set of set.dockerfile.in' clean-dockerfiles
ok '… says why' grep -F "unknown name 'none'" "$tmp/made"
ok '… and removes the others' [ ! -e web.dockerfile ]
cat >Makefile <<END
include $top/src/cli/stagepp.mk
include $top/src/cli/stagepp.mk
mine:
	echo mine
END
ok 'the first goal is the project'"'"'s' made 0
ok '… and a second include has no effect' diff "$tmp/made" - <<'END'
echo mine
mine
END

# --- locked libraries ---

project
ok 'a lock' made 5 lock-dockerfiles
ok '… with the shared library' grep -c '"shared.spp"' stagepp.lock
ok '… and nothing else is written' [ ! -e web.dockerfile ]
ok 'as locked' made 5 STAGEPP_LOCKED=--locked
echo '@let image = "debian"' >lib/shared.spp
touch_now lib/shared.spp
ok 'a library that has changed' refused "'shared.spp' has changed since it was locked" STAGEPP_LOCKED=--locked
ok '… changes no Dockerfile' grep -x 'FROM alpine' web.dockerfile
ok '… nor goes unnoticed' refused 'has changed since' STAGEPP_LOCKED=--locked check-dockerfiles
ok 'another name' made 5 STAGEPP_LOCKED=--locked=libraries.lock lock-dockerfiles
ok '… is that of the lock' made 3 STAGEPP_LOCKED=--locked=libraries.lock

# --- out of tree ---

project
mkdir "$tmp/project/build" && cd build || exit 99
cat >Makefile <<END
STAGEPP_SRCDIR = ..
STAGEPP_SETS = set.dockerfile.in
STAGEPP_FLAGS = -I ../lib
include $top/src/cli/stagepp.mk
\$(eval \$(call stagepp_variant,out/more.dockerfile,web.dockerfile.in,-D port=2))
END
ok 'out of tree' made 5 dockerfiles
ok '… and only there' test ! -e ../web.dockerfile -a -f web.dockerfile -a -f sets/a/Dockerfile
ok '… nothing the second time' made 0 dockerfiles
touch_now ../lib/shared.spp
ok '… a library' made 3 dockerfiles
ok '… by name' made 1 sub/Dockerfile

# --- configure ---

configure_ac()
{
    rm -rf "$tmp/configure"
    mkdir "$tmp/configure"
    cd "$tmp/configure" || exit 99
    printf 'AC_INIT([x], [1])\nSTAGEPP_PROG(%s)\nAC_CONFIG_FILES([out])\nAC_OUTPUT\n' "$1" >configure.ac
    echo '@STAGEPP@ @STAGEPP_MAKEDIR@' >out.in
    aclocal -I "$top/src/cli" && autoconf -Werror
}

configured()
{
    wanted=$1
    shift
    ./configure "$@" && grep -x -F -e "$wanted" out
}

not_configured()
{
    wanted=$1
    shift
    ! ./configure "$@" >"$tmp/made" 2>&1 && grep -F -e "$wanted" "$tmp/made" ||
        { cat "$tmp/made"; false; }
}

if command -v aclocal >/dev/null && command -v autoconf >/dev/null; then
    ok 'autoconf takes STAGEPP_PROG' configure_ac '[0.1.0]'
    ok '… and finds the command' configured '../stagepp /m' STAGEPP=../stagepp STAGEPP_MAKEDIR=/m
    PATH=$tmp:$PATH
    ok '… in PATH' configured 'stagepp /m' STAGEPP_MAKEDIR=/m
    ok '… or not' not_configured 'names no version' STAGEPP=true
    configure_ac '[10.0]' >"$tmp/made" 2>&1
    ok 'too old' not_configured 'is version 0.1.0, older than 10.0. Install stagepp 10.0 or newer'
    configure_ac '[0.0.9], [STAGEPP_MAKEDIR=yes], [STAGEPP_MAKEDIR=no]' >"$tmp/made" 2>&1
    ok 'new enough, and what to do then' configured 'stagepp yes'
    ok 'and what to do if not' configured 'false no' STAGEPP=false
else
    skip STAGEPP_PROG 'there is no autoconf'
fi
done_testing
