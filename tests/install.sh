#!/bin/sh
# SPDX-License-Identifier: MIT
# make install, to another prefix than configure was told: it installs the files
# of installed.txt, a stranger can use them as README.md says, and make uninstall
# removes them. In: $builddir, $MAKE, $CC, $SAN_FLAGS, $PKG_CONFIG. Out: TAP.
# Not in TMPDIR, whose path may have a blank.
tmp_in_build=yes
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
P=$tmp/prefix
unset STAGEPP

# to_prefix GOAL: with folders that are all below $P, whatever configure was told.
to_prefix()
{
    (cd "$builddir" && ${MAKE:-make} -s "$1" prefix="$P" exec_prefix="$P" \
        bindir="$P/bin" libdir="$P/lib" includedir="$P/include" \
        datarootdir="$P/share" datadir="$P/share" mandir="$P/share/man" \
        pkgconfigdir="$P/lib/pkgconfig")
}

# --- The files ---

# As on Linux; elsewhere shared libraries have other names.
listed()
{
    find "$P" ! -type d | sed "s|^$P/||" | LC_ALL=C sort >"$tmp/installed"
    grep -v '^#' "$top/tests/installed.txt" | LC_ALL=C sort >"$tmp/wanted"
    (cd "$tmp" && diff -u wanted installed)
}

ok 'make install' to_prefix install
if [ "$(uname)" = Linux ]; then
    ok '… installs what is in the list' listed
fi

# --- What README.md says ---

mkdir "$tmp/bin" "$tmp/project" || exit 99
# instead PROGRAM COMMAND: the program is this command. (It must not find itself.)
instead()
{
    printf "#!/bin/sh\nPATH='%s'\nexec %s \"\$@\"\n" "$PATH" "$2" >"$tmp/bin/$1"
    chmod +x "$tmp/bin/$1"
}

instead cc "${CC:-cc} ${SAN_FLAGS-}"
instead pkg-config "${PKG_CONFIG:-pkg-config}"
PATH=$tmp/bin:$PATH
cd "$tmp/project" || exit 99
cat >program.c <<'END_OF_PROGRAM'
#include <stagepp.h>
#include <stdio.h>

int main(void)
{
    stagepp_session *s = stagepp_new();
    if (!s || stagepp_expand_buffer(s, "x", "FROM a@{1 + 1}\n", 15) != STAGEPP_OK)
        return 1;
    stagepp_output output = stagepp_get_output(s, 0);
    printf("%s: %.*s", stagepp_version(), (int)output.len, output.bytes);
    stagepp_free(s);
    return 0;
}
END_OF_PROGRAM
awk '/^    P=/ { on = 1 } !/^    / { on = 0 } on' "$top/README.md" |
    sed 's|P=.*|P=$1|' >lines

# as_told COMMAND...: runs it after the lines of the README.
as_told()
{
    (
        set -- "$P" "$@"
        . ./lines && shift && "$@"
    )
}

printed()
{
    as_told "$@" >"$tmp/printed" || return
    cat "$tmp/printed"
    grep -qxF -e "$wanted" "$tmp/printed"
}

version=$(sed -n 's/^#define STAGEPP_VERSION_[A-Z]* *//p' "$top/include/stagepp.h" |
    paste -sd . -)
wanted="stagepp $version"
ok 'the command is found' printed stagepp --version
wanted="$version: FROM a2"
ok 'a program is linked with the library, and runs' printed ./program
wanted=$P
ok 'stagepp.pc has the prefix' printed pkg-config --variable=prefix stagepp
wanted=$P/share/stagepp/make
ok '… and the folder of stagepp.mk' printed pkg-config --variable=makedir stagepp
wanted=$version
ok '… and the version' printed pkg-config --modversion stagepp

made()
{
    awk '/^```make$/ { on = 1; next } /^```$/ { on = 0 } on' "$top/README.md" >Makefile
    printf '@param server = "uvicorn"\nFROM @{server}\n' >web.dockerfile.in
    as_told "${MAKE:-make}" &&
        grep -x 'FROM uvicorn' web.dockerfile &&
        grep -x 'FROM gunicorn' gunicorn.dockerfile
}
if has_gnu_make; then
    ok 'the make rules work' made
else
    skip 'the make rules work' 'they need GNU make 4.0'
fi

configured()
{
    printf 'AC_INIT([x], [1])\nSTAGEPP_PROG([%s])\nAC_CONFIG_FILES([out])\nAC_OUTPUT\n' \
        "$version" >configure.ac
    echo '@STAGEPP_MAKEDIR@' >out.in
    as_told aclocal && as_told autoconf -Werror && as_told ./configure &&
        grep -xF "$P/share/stagepp/make" out
}
if command -v aclocal >/dev/null && command -v autoconf >/dev/null; then
    ok 'aclocal finds STAGEPP_PROG' configured
else
    skip 'aclocal finds STAGEPP_PROG' 'there is no autoconf'
fi

# --- Other folders ---

ok 'make uninstall' to_prefix uninstall
ok '… leaves no file' [ -z "$(find "$P" ! -type d)" ]

# staged WANTED: with DESTDIR, stagepp.pc has a line that is the place to be.
staged()
{
    (cd "$builddir" && ${MAKE:-make} -s install-data-local DESTDIR="$tmp/root" \
        prefix=/opt/s exec_prefix=/opt/s libdir=/opt/s/lib64 \
        includedir=/usr/include pkgconfigdir=/opt/s/lib64/pkgconfig) || return
    cat "$tmp/root/opt/s/lib64/pkgconfig/stagepp.pc"
    grep -qxF -e "$1" "$tmp/root/opt/s/lib64/pkgconfig/stagepp.pc"
}
ok 'with DESTDIR, stagepp.pc has the prefix' staged 'prefix=/opt/s'
ok '… folders below it refer to it' staged 'libdir=${prefix}/lib64'
ok '… others do not' staged 'includedir=/usr/include'

# refused NAME VALUE: make install says what is wrong with this folder.
refused()
{
    ! (cd "$builddir" && ${MAKE:-make} -s install "$1=$2") >"$tmp/made" 2>&1 || return
    cat "$tmp/made"
    grep -xF -e "$1 has a blank in its path: $2" "$tmp/made"
}
ok 'make install to a folder that libtool does not bear' refused DESTDIR "$tmp/a b"
ok '… with another prefix' refused prefix "$tmp/a b"
ok '… or another libdir' refused libdir "$tmp/a b"
done_testing
