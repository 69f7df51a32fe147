#!/bin/sh
# SPDX-License-Identifier: MIT
# Searches with libFuzzer, for `make fuzz` and `make fuzz-minimise`.
#
#   fuzz.sh run SECONDS [TARGET...]   runs each for SECONDS; 1 after a finding
#   fuzz.sh minimise [TARGET...]      adds what was found to the corpora
#
# In: $builddir, $FUZZ_CC, $FUZZ_OPTIONS (more options for libFuzzer), and for
# fuzz.mk the flags of the libraries. Apart from the corpora, it only writes to
# $builddir/fuzz: the programs, work/TARGET (inputs that reach something new),
# found/TARGET (findings, which stay) and TARGET.log.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit 2
root=${here%/tests/fuzz}
all='depfile docker expression json options parser session yaml'
cc=${FUZZ_CC:-clang}
builddir=${builddir:?}

# With these, the sanitizers find more, and free memory sooner: what an input
# has freed need not be remembered for long after it.
ASAN_OPTIONS=detect_stack_use_after_return=1:quarantine_size_mb=4
UBSAN_OPTIONS=print_stacktrace=1
export ASAN_OPTIONS UBSAN_OPTIONS

die()
{
    echo "fuzz.sh: $1" >&2
    exit 2
}

check_compiler()
{
    cat >probe.c <<-'EOF'
	#include <stddef.h>
	int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);
	int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
	{
	    return data && size ? 0 : 0;
	}
	EOF
    $cc -fsanitize=fuzzer,address,undefined -o probe probe.c 2>probe.log &&
        return
    {
        echo "'$cc' does not build programs for libFuzzer:"
        sed 's/^/    /' probe.log
        echo 'A clang with its sanitizers is needed (FUZZ_CC=clang). Install:'
        echo '    Debian, Ubuntu  clang libclang-rt-dev (older: clang alone)'
        echo '    Fedora          clang compiler-rt'
        echo '    Alpine          clang compiler-rt'
        echo '    Homebrew        llvm'
    } >&2
    exit 2
}

# TARGETS…
build()
{
    mkdir -p "$builddir/fuzz" && cd "$builddir/fuzz" || exit 2
    check_compiler
    ${MAKE:-make} -s -f "$here/fuzz.mk" srcdir="$root" \
        builddir="$builddir" FUZZ_CC="$cc" \
        PCRE2_CFLAGS="${PCRE2_CFLAGS-}" PCRE2_LIBS="${PCRE2_LIBS-}" \
        LIBMD_CFLAGS="${LIBMD_CFLAGS-}" LIBMD_LIBS="${LIBMD_LIBS-}" \
        YAML_CFLAGS="${YAML_CFLAGS-}" YAML_LIBS="${YAML_LIBS-}" \
        FUZZ_CFLAGS="${FUZZ_CFLAGS-}" "$@" ||
        die 'the targets do not build'
}

count()
{
    find "$1" -type f | wc -l | tr -d ' '
}

# Longer inputs take more time and do not reach more.
longest()
{
    case $1 in
    docker | expression | parser) echo 400 ;;
    options) echo 600 ;;
    session) echo 500 ;;
    *) echo 1500 ;;
    esac
}

dictionary()
{
    case $1 in
    expression | parser | session) echo "$here/language.dict" ;;
    *) echo "$here/$1.dict" ;;
    esac
}

# SECONDS TARGET: prints a line with the result; 1 after a finding. Weighing the
# inputs by how rare is what they reach (-entropic) would take as long as to run
# them, and there is nobody else who adds to the work folder (-reload).
search()
{
    mkdir -p "work/$2" "found/$2"
    before=$(count "found/$2")
    # shellcheck disable=SC2086 # several options
    ./"$2" -max_total_time="$1" -timeout=10 -rss_limit_mb=2048 \
        -entropic=0 -reload=0 -max_len="$(longest "$2")" \
        -dict="$(dictionary "$2")" -artifact_prefix="found/$2/" \
        -print_final_stats=1 ${FUZZ_OPTIONS-} \
        "work/$2" "$here/corpus/$2" >"$2.log" 2>&1
    status=$?
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$2.log")
    found=$(($(count "found/$2") - before))
    printf '%-12s %11s executions  %s findings\n' "$2" "${runs:-?}" "$found"
    [ $status -eq 0 ] && return
    grep -e 'ERROR:' -e 'broken promise:' -e 'runtime error:' "$2.log" |
        head -n 5 | sed 's/^/    /'
    echo "    see $builddir/fuzz/$2.log and $builddir/fuzz/found/$2"
    return 1
}

run()
{
    seconds=$1
    shift
    failed=0
    build "$@"
    for target; do
        search "$seconds" "$target" || failed=1
    done
    return $failed
}

# FILES…: prints those that libFuzzer has named after their contents.
unnamed()
{
    for file; do
        name=${file##*/}
        [ ${#name} -eq 40 ] || continue
        case $name in *[!0-9a-f]*) ;; *) printf '%s\n' "$file" ;; esac
    done
}

# Files with a name of their own stay. Of the others, those stay that reach code
# that these files and smaller ones do not. How often code runs does not matter,
# so that a corpus is small.
minimise()
{
    build "$@"
    for target; do
        corpus=$here/corpus/$target
        rm -rf "merged/$target"
        mkdir -p "work/$target" "merged/$target" &&
            cp "$corpus"/* "merged/$target" || exit 2
        unnamed "merged/$target"/* | while IFS= read -r file; do
            rm -f "$file"
        done
        ./"$target" -set_cover_merge=1 -use_counters=0 -timeout=10 "merged/$target" \
            "$corpus" "work/$target" >"$target-merge.log" 2>&1 ||
            die "see $builddir/fuzz/$target-merge.log"
        unnamed "$corpus"/* | while IFS= read -r file; do
            rm -f "$file"
        done
        before=$(count "$corpus")
        cp "merged/$target"/* "$corpus" || exit 2
        echo "$target: $(count "$corpus") files, $before of them with a name"
    done
}

[ $# -gt 0 ] || die 'run or minimise?'
what=$1
shift
case $what in
run)
    seconds=${1:?}
    shift
    case $seconds in '' | *[!0-9]*) die "'$seconds' is not a number" ;; esac
    [ $# -gt 0 ] || eval "set -- $all"
    ;;
minimise)
    [ $# -gt 0 ] || eval "set -- $all"
    ;;
*) die "what is '$what'?" ;;
esac
for target; do
    case " $all " in
    *" $target "*) ;;
    *) die "no target '$target'; there are: $all" ;;
    esac
done
if [ "$what" = run ]; then
    run "$seconds" "$@"
else
    minimise "$@"
fi
