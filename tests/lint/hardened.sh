#!/bin/sh
# SPDX-License-Identifier: MIT
# The command and the library are hardened as configure said: $HARDENING has its
# words. Flags that the compiler does not know, and those that the user decides,
# are skipped.
. "$(dirname "$0")/lint.sh"

elf=${READELF:-readelf}
command=$builddir/stagepp
library=$builddir/.libs/libstagepp.so
[ -n "${HARDENING-}" ] || skip_all 'configured without hardening'
command -v "$elf" >/dev/null || skip_all 'there is no readelf'
"$elf" -h "$command" >/dev/null 2>&1 || skip_all 'the command is not an ELF file'
[ -f "$library" ] || skip_all 'there is no .libs/libstagepp.so'

# has PATTERN READELF_OPTION... FILE: readelf's output has a line that matches.
has()
{
    pattern=$1
    shift
    "$elf" -W "$@" >"$tmp/answer" 2>&1
    grep -E "$pattern" "$tmp/answer" && return
    echo "readelf $* has no line like: $pattern"
    echo '(are the objects older than the last configure? make clean)'
    return 1
}

# check WORD FILE WHAT PATTERN READELF_OPTION...: if configure added the word.
check()
{
    word=$1 file=$2 title="${2##*/} $3" pattern=$4
    shift 4
    case " $HARDENING " in
    *" $word "*) ok "$title" has "$pattern" "$@" "$file" ;;
    *) skip "$title" 'configure did not add it' ;;
    esac
}

check pie "$command" 'is position-independent' '^ *Type: +DYN' -h
for file in "$command" "$library"; do
    check relro "$file" 'has tables that become read-only' GNU_RELRO -l
    check now "$file" 'binds its functions at the start' \
        '\(FLAGS(_1)?\).* (BIND_)?NOW' -d
    check noexecstack "$file" 'has no executable stack' \
        'GNU_STACK.* RW +0x' -l
    check stack-protector-strong "$file" 'checks its stack' \
        ' UND __stack_chk_(fail|guard)' -s
    # At least one function of libc that is told how large its buffer is.
    check fortify "$file" 'has bounds checked' \
        ' UND __([^s]|s[^t])[a-z]*_chk(@|$)' -s
done
done_testing 11
