#!/bin/sh
# SPDX-License-Identifier: MIT
# make install installs exactly the files of installed.txt. The list names
# folders as the Makefile does, so it is right for every --prefix.
. "$(dirname "$0")/tap.sh"

case $(uname) in
Linux) ;;
*) lint_skip 'shared libraries have other names here' ;;
esac
# make check sets these.
: "${bindir:?}" "${includedir:?}" "${libdir:?}"
: "${man1dir:?}" "${pkgconfigdir:?}" "${pkgdatadir:?}" "${aclocaldir:?}"

# The longest first: pkgconfigdir is usually below libdir.
installed()
{
    find "$tmp/root" ! -type d | sed \
        -e "s|^$tmp/root||" \
        -e "s|^$aclocaldir/|aclocaldir/|" \
        -e "s|^$pkgconfigdir/|pkgconfigdir/|" \
        -e "s|^$pkgdatadir/|pkgdatadir/|" \
        -e "s|^$man1dir/|man1dir/|" \
        -e "s|^$includedir/|includedir/|" \
        -e "s|^$bindir/|bindir/|" \
        -e "s|^$libdir/|libdir/|" | sort
}

check()
{
    # Without the options of the make that runs the tests.
    (cd "$builddir" && MAKEFLAGS='' ${MAKE:-make} -s install \
        DESTDIR="$tmp/root" >"$tmp/log" 2>&1) || cat "$tmp/log"
    installed >"$tmp/installed"
    grep -v '^#' tests/lint/installed.txt | sort >"$tmp/wanted"
    (cd "$tmp" && diff -u wanted installed)
}

lint_run check
