#!/bin/sh
# SPDX-License-Identifier: MIT
# make install installs the files of installed.txt, no more, no less. The list
# names folders as the Makefile does, so it holds for every --prefix.
. "$(dirname "$0")/tap.sh"

case $(uname) in
Linux) ;;
*) lint_skip 'shared libraries have other names here' ;;
esac
# make check tells where things go.
: "${bindir:?}" "${includedir:?}" "${libdir:?}"
: "${man1dir:?}" "${pkgconfigdir:?}" "${pkgdatadir:?}" "${aclocaldir:?}"

# The longest first: pkgconfigdir is commonly below libdir.
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
    # Not with the options of the make that runs the tests.
    (cd "$builddir" && MAKEFLAGS='' ${MAKE:-make} -s install \
        DESTDIR="$tmp/root" >"$tmp/log" 2>&1) || cat "$tmp/log"
    installed >"$tmp/installed"
    grep -v '^#' tests/lint/installed.txt | sort >"$tmp/wanted"
    (cd "$tmp" && diff -u wanted installed)
}

lint_run check
