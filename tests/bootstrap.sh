#!/bin/sh
# SPDX-License-Identifier: MIT
# bootstrap on a system of fakes: what it installs, what it goes on without, and
# what it says. Also which paths it and configure refuse. In: $builddir. Out: TAP.
# Not in TMPDIR, whose path may have a blank.
tmp_in_build=yes
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
also=$tmp/said

# --- The packages: each is a folder that is copied over the system ---

# program PACKAGE NAME LINE...: the package has this program.
program()
{
    mkdir -p "$tmp/pool/$1/bin"
    file=$tmp/pool/$1/bin/$2
    shift 2
    printf '%s\n' '#!/bin/sh' "$@" >"$file" && chmod +x "$file"
}

# module PACKAGE NAME: the package has what pkg-config knows by this name.
module()
{
    mkdir -p "$tmp/pool/$1/modules"
    : >"$tmp/pool/$1/modules/$2"
}

system=$tmp/system tree=$tmp/tree
program gcc cc 'exit 0'
mkdir "$tmp/pool/libc6-dev"
program make make 'exit 0'
program autoconf autoreconf ': >Makefile.in'
program automake automake 'exit 0'
program libtool libtoolize 'exit 0'
program pkg-config pkg-config "[ -e \"$system/modules/\${2%% *}\" ]"
module libpcre2-dev libpcre2-8
module libmd-dev libmd
module libyaml-dev yaml-0.1
module libcmocka-dev cmocka
program sudo sudo 'exec "$@"'
# What cannot be installed is not in this list.
program apt apt-get "echo \"\$*\" >>'$tmp/asked'" \
    "[ \"\$1\" = install ] || exit 0" \
    'for package; do' \
    '    case $package in' \
    '    install | -*) ;;' \
    "    *) grep -qx \"\$package\" '$tmp/list' &&" \
    "        cp -R \"$tmp/pool/\$package/.\" '$system' || exit 100 ;;" \
    '    esac' \
    'done'
tools='gcc libc6-dev make pkg-config'
autotools='autoconf automake libtool'
libraries='libpcre2-dev libmd-dev libyaml-dev'
everything="$tools $autotools $libraries libcmocka-dev"

# on USER PACKAGE...: a new system with these packages, and a new clone.
on()
{
    user=$1
    shift
    rm -rf "$system" "$tree"
    mkdir -p "$system/bin" "$tree/include" "$tree/build-aux"
    for name in sh cat chmod cp cut dirname env find grep mkdir mktemp rm sed tr; do
        ln -s "$(command -v $name)" "$system/bin/$name" || exit 99
    done
    program id id "[ $user != root ] || echo 0" "[ $user = root ] || echo 1000"
    for package in id "$@"; do
        cp -R "$tmp/pool/$package/." "$system"
    done
    for package in $everything; do
        echo "$package"
    done >"$tmp/list"
    cp "$top/bootstrap" "$tree"
    : >"$tree/configure.ac" && : >"$tree/Makefile.am"
    : >"$tree/include/stagepp.h"
    : >"$tree/build-aux/tap-driver.sh" && : >"$tree/build-aux/ltmain.sh"
    printf '#!/bin/sh\necho "$*" >%s\n' "'$tmp/configured'" >"$tree/configure"
    chmod +x "$tree/configure"
}

# The same as a release: with all that configure needs.
release()
{
    on "$@"
    : >"$tree/Makefile.in"
}

# bootstrap ARGUMENT...: its status. $tmp/said has what it said, $tmp/asked what
# apt-get was asked for, $tmp/configured the arguments of configure.
bootstrap()
{
    rm -f "$tmp/asked" "$tmp/configured"
    (
        unset CC PKG_CONFIG LIBTOOLIZE
        PATH=$system/bin
        export PATH
        sh "$tree/bootstrap" "$@"
    ) >"$tmp/said" 2>&1
}

# It runs configure, and …
goes_on()
{
    bootstrap "$@" && [ -e "$tmp/configured" ]
}

# It fails without having run configure, and …
stops()
{
    ! bootstrap "$@" && [ ! -e "$tmp/configured" ]
}

# … says this.
says()
{
    grep -F -e "$1" "$tmp/said"
}

says_nothing_missing()
{
    ! grep 'missing' "$tmp/said"
}

asked_for()
{
    grep -e "^install .*$1" "$tmp/asked"
}

# --- What is missing ---

# shellcheck disable=SC2086 # lists of packages
{
on joe $everything
ok 'nothing is missing' goes_on --enable-lto 'CFLAGS=-g  -O0'
ok '… and nothing is said' says_nothing_missing
ok '… configure gets the arguments' grep -x -e '--enable-lto CFLAGS=-g  -O0' "$tmp/configured"

on joe $tools $autotools $libraries apt
ok 'no cmocka, no sudo' goes_on
ok '… says what for' says 'only make check needs that'
ok '… and how to get it' says 'install it as root with: apt-get install libcmocka-dev'
on root $tools $autotools $libraries apt
ok 'no cmocka, but --no-install' goes_on --no-install
ok '… says it, too' says 'only make check needs that; install it'
ok '… installs nothing' [ ! -e "$tmp/asked" ]
ok 'no cmocka, as root' goes_on
ok '… installs it' asked_for ' libcmocka-dev$'
on joe $tools $autotools $libraries apt sudo
ok 'no cmocka, with sudo' goes_on
ok '… installs it' asked_for ' libcmocka-dev$'
on root $tools $autotools $libraries apt
: >"$tmp/list"
ok 'no cmocka, and there is no package' goes_on
ok '… says that it is missing' says 'only make check needs that; install it'
on joe $tools $autotools $libraries
ok 'no cmocka, and a system that we do not know' goes_on
ok '… says so' says 'missing: cmocka 1.1.5'
ok '… and what to do' says 'install it; there is no apt-get, dnf, apk or brew'

on joe $tools $autotools libpcre2-dev libyaml-dev libcmocka-dev apt
ok 'no libmd, no sudo' stops
ok '… says what is missing' says 'missing: libmd 1.0.4'
ok '… and how to get it' says 'as root with: apt-get install libmd-dev'
ok 'no libmd, but --no-install' stops --no-install
ok '… says how to get it' says 'as root with: apt-get install libmd-dev'
on root $tools $autotools libpcre2-dev libyaml-dev libcmocka-dev apt
grep -v libmd "$tmp/list" >"$tmp/new" && mv "$tmp/new" "$tmp/list"
ok 'no libmd, and there is no package' stops
ok '… says that it is missing' says 'missing: libmd 1.0.4'
on joe apt sudo
grep -v cmocka "$tmp/list" >"$tmp/new" && mv "$tmp/new" "$tmp/list"
ok 'nothing is there, and cmocka has no package' goes_on
ok '… installs all the rest' [ -e "$system/modules/yaml-0.1" ]

on joe apt
ok 'nothing is there, no sudo' stops
ok '… names all packages' says "apt-get install $(echo gcc libc6-dev make \
    $autotools pkg-config $libraries libcmocka-dev)"
on root apt
ok 'nothing is there, as root' goes_on
ok '… installs everything' [ -e "$system/modules/cmocka" ]
ok '… after it has asked what there is, once' [ "$(grep -c update "$tmp/asked")" = 1 ]

release joe $tools $libraries libcmocka-dev
ok 'a release needs no autotools' goes_on
on joe $tools $libraries libcmocka-dev
ok 'but a clone does' stops
ok '… says so' says 'missing: autoconf, automake, libtool'
}

# --- Paths ---

# The function of bootstrap that configure has, too.
eval "$(sed -n '/^path_problem()/,/^}/p' "$top/bootstrap")"

# fine PATH
fine()
{
    path_problem 'the source' "$1" >"$tmp/said" && [ ! -s "$tmp/said" ]
}

# refused NAME PATH: a sentence names what is wrong with it, and the path.
refused()
{
    path_problem 'the source' "$2" >"$tmp/said"
    says "the source has $1 in its path: $2"
}

ok 'letters, digits and signs' fine '/home/joe/aZ09._-+=@%^~'
ok 'letters of other languages' fine '/home/José/日本'
ok 'any other bytes' fine "$(printf '/\200\377')"
ok 'a blank' refused 'a blank' '/some path/with blanks'
ok 'a tab' refused 'a tab' "$(printf '/a\tb')"
ok 'a line break' refused 'a line break' "$(printf '/a\nb')"
ok 'a line break at the end' refused 'a line break' '/a
'
ok 'a control character' refused 'a control character' "$(printf '/a\001b')"
for c in '!' '"' '#' '$' '&' "'" '(' ')' '*' ',' ':' ';' '<' '>' '?' '[' '\' ']' \
    '`' '{' '|' '}'; do
    ok "the character $c" refused "the character $c" "/a${c}b"
done

# shellcheck disable=SC2086
on root $everything apt
mv "$tree" "$tmp/a b"
tree=$tmp/a\ b
ok 'bootstrap in such a folder' stops
ok '… says what is wrong' says "the source has a blank in its path: $tmp/a b"
ok '… before it installs anything' [ ! -e "$tmp/asked" ]

# configure FOLDER ARGUMENT...: it fails in this folder, and makes nothing.
not_configured()
{
    mkdir -p "$tmp/$1" && cd "$tmp/$1" || exit 99
    shift
    ! sh "$@" >"$tmp/said" 2>&1 && [ ! -e Makefile ] && [ ! -e config.status ]
}

rm -rf "$tree"
mkdir "$tree"
for name in configure build-aux include; do
    ln -s "$top/$name" "$tree"
done
ok 'configure in such a folder' not_configured 'a b' ./configure
ok '… says what is wrong' says "the source has a blank in its path: $tmp/a b"
ok 'from elsewhere' not_configured build "$tree/configure"
ok '… says what is wrong' says "the source has a blank in its path: $tmp/a b"
ok 'to build in such a folder' not_configured 'a;b' "$top/configure"
ok '… says what is wrong' says "the build directory has the character ; in its path: $tmp/a;b"
for name in prefix exec-prefix bindir datadir libdir with-pkgconfigdir; do
    ok "to install there, with --$name" not_configured build \
        "$top/configure" "--$name=\${prefix}/a b"
    ok '… says what is wrong' says "$(echo $name | tr - _) has a blank in its path: /a b"
done
done_testing
