#!/bin/sh
# SPDX-License-Identifier: MIT
# The command and the library are hardened as configure said: $HARDENING has its
# words. Flags that the compiler does not know, and those that the user decides,
# are skipped.
. "$(dirname "$0")/tap.sh"

elf=${READELF:-readelf}
command=$builddir/stagepp
library=$builddir/.libs/libstagepp.so
[ -n "$HARDENING" ] || lint_skip 'configured without hardening'
command -v "$elf" >/dev/null || lint_skip 'there is no readelf'
"$elf" -h "$command" >/dev/null 2>&1 || lint_skip 'the command is not an ELF file'
[ -f "$library" ] || lint_skip 'there is no .libs/libstagepp.so'

n=0
echo 1..11

# check WORD FILE WHAT PATTERN READELF_OPTION...: readelf's output has a line
# that matches.
check()
{
    word=$1 file=$2 what=$3 pattern=$4
    shift 4
    n=$((n + 1))
    what="${file##*/} $what"
    case " $HARDENING " in
    *" $word "*) ;;
    *)
        echo "ok $n - $what # SKIP configure did not add it"
        return
        ;;
    esac
    if "$elf" -W "$@" "$file" 2>&1 | tee "$tmp/answer" |
        grep -E "$pattern" >/dev/null; then
        echo "ok $n - $what"
    else
        echo "not ok $n - $what"
        echo "# readelf $* has no line like: $pattern"
        echo '# (are the objects older than the last configure? make clean)'
    fi
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
