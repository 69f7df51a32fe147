#!/bin/sh
# SPDX-License-Identifier: MIT
# Each header compiles by itself; the public one also as C++, where its
# functions must have C linkage. Lists (*_list.h) are left out.
. "$(dirname "$0")/lint.sh"

# One run of the compiler for all: a file with one #include for each header.
check_c()
{
    n=0
    for header in include/*.h src/*/*.h; do
        case $header in
        *_list.h) continue ;;
        esac
        n=$((n + 1))
        printf '#include "%s"\ntypedef int nothing;\n' "${header#*/}" \
            >"$tmp/$n.c"
    done
    (cd "$tmp" && ${CC:-cc} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror \
        -I"$top/src" -I"$top/include" -fsyntax-only ./*.c)
}

check_cxx()
{
    {
        echo '#include <stagepp.h>'
        echo 'typedef void function(void);'
        echo 'function *const *everything(void);'
        echo 'function *const *everything(void) {'
        echo 'static function *const all[] = {'
        header_functions | sed 's/.*/reinterpret_cast<function *>(&),/'
        echo '}; return all; }'
    } >"$tmp/a.cc"
    $CXX -std=c++11 -Wall -Wextra -Wpedantic -Werror -Iinclude \
        -c -o "$tmp/a.o" "$tmp/a.cc" || return
    ${NM:-nm} -u "$tmp/a.o" | grep '_Z.*stagepp' |
        sed 's/.*/not extern "C" for C++: &/'
}

check()
{
    check_c
    if [ -n "${CXX-}" ]; then
        check_cxx
    fi
}

lint_run check
