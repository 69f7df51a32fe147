#!/bin/sh
# SPDX-License-Identifier: MIT
# No variable outlives a session: the objects of the library and of the command
# have no writable data, so nothing in .data or .bss.
. "$(dirname "$0")/lint.sh"

elf=${READELF:-readelf}
command -v "$elf" >/dev/null || skip_all 'there is no readelf'
[ "${COVERAGE-}" != yes ] || skip_all 'line counts are such data'
first=$builddir/src/base/.libs/libcore_la-arena.o
"$elf" -SW "$first" 2>/dev/null | grep ' \.data ' >/dev/null ||
    skip_all "$first is not an ELF object with sections"
! ${NM:-nm} "$first" | grep -E ' __([amt]|ub)san_' >/dev/null ||
    skip_all 'the sanitizers have such data'

check()
{
    for object in "$builddir"/src/*/.libs/libcore_la-*.o "$builddir"/src/cli/*.o
    do
        "$elf" -SW "$object" | sed 's/^ *\[ *[0-9]*\]//' |
            awk -v object="${object##*/}" '$1 ~ /^\.(data|bss|tdata|tbss)$/ &&
                $5 !~ /^0+$/ { print object ": " $1 " has 0x" $5 " bytes" }'
    done
}

lint_run check
