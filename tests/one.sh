#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs single tests by their titles, for `make check-one`. In: $NAME, $tests (all
# that make check runs), $programs (that scripts among them need), $MAKE, $AWK.
# Out: the tests with the title $NAME, or if there are none, those that have $NAME
# in their title, each with its log, and their number. Without $NAME, it prints
# all titles. The status is 0 if none failed.
makeflags=${MAKEFLAGS-}
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"

# TEST TAB TITLE, one per line: what stands in the source, and for programs and
# scripts in the log of the last run, too, which has the titles that they put
# together. In a chapter, the place comes before the title.
titles()
(
    cd "$top" || exit
    for test in ${tests:?}; do
        case $test in
        *.md) printf '%s\n' kind=chapter "test=$test" "$test" ;;
        */cases/run.sh)
            for folder in tests/cases/*/; do
                printf '%s\n' kind=case "test=$test" "${folder}cmd"
            done
            ;;
        *.sh) printf '%s\n' kind=script "test=$test" "$test" ;;
        *) printf '%s\n' kind=unit "test=$test" "$test.c" ;;
        esac
        log=$builddir/${test%.*}.log
        case $test in
        *.md | */cases/run.sh | */lint/*) ;;
        *) [ ! -f "$log" ] || printf '%s\n' kind=log "$log" ;;
        esac
    done | {
        set --
        while IFS= read -r word; do
            set -- "$@" "$word"
        done
        awk "$find_titles" "$@"
    }
)

# shellcheck disable=SC2016
find_titles='
function found(title) {
    if (!seen[test, title]++)
        print test "\t" title
}
function part_of_path(from_end,    n, parts) {
    n = split(FILENAME, parts, "/")
    return parts[n - from_end]
}
kind == "chapter" && /^````example/ {
    sub(/^[^ ]* */, "")
    found(part_of_path(0) ":" FNR " " $0)
}
kind == "case" && FNR == 1 { found(part_of_path(1)) }
kind == "script" && FNR == 1 && FILENAME ~ /\/lint\// {
    title = part_of_path(0)
    sub(/\.sh$/, "", title)
    found(title)
}
kind == "script" && match($0, /(^| )(ok|ends|nested|same|skip) (\047[^\047]*\047|"[^"$]*")/) {
    title = substr($0, RSTART, RLENGTH - 1)
    sub(/^[^\047"]*[\047"]/, "", title)
    found(title)
}
kind == "unit" && /^static void [a-z_0-9]*\(void \*\*state\)$/ {
    sub(/^static void /, "")
    sub(/\(.*/, "")
    found($0)
}
kind == "log" && /^(not )?ok [0-9]+ - / {
    sub(/^(not )?ok [0-9]+ - /, "")
    sub(/ # SKIP.*/, "")
    found($0)
}'

# Splits a line of $titles.
# shellcheck disable=SC2016
split_title='
BEGIN { FS = "\t"; name = ENVIRON["NAME"] }
{
    plain = $2
    place = ""
    if ($1 ~ /\.md$/) {
        sub(/^[^ ]* /, "", plain)
        place = substr($2, 1, length($2) - length(plain) - 1)
    }
}'

# The tests to run: "exact", "place" or "some", and the name.
select_tests()
{
    awk "$split_title"'
        $2 == name || plain == name { exact[$1]; found = 1 }
        place == name { print "place", $1; exit }
        index(plain, name) { some[$1] }
        END {
            if (found)
                for (test in exact) print "exact", test
            else
                for (test in some) print "some", test
        }' "$tmp/titles" | sort
}

# Titles that share the most sequences of three characters with the name, and at
# least half of its own.
near()
{
    awk "$split_title"'
        {
            score = 0
            n = length(name) - 2
            for (i = 1; i <= n; i++)
                if (index(tolower(plain), tolower(substr(name, i, 3))))
                    score++
            if (score && score * 2 >= n)
                print score "\t    " $2
        }' "$tmp/titles" | sort -k 1,1nr | head -n 5 | cut -f 2
}

# In MAKEFLAGS are the jobs of the make that runs this.
build()
{
    MAKEFLAGS=$makeflags ${MAKE:-make} -s --no-print-directory "$@" >&2 || exit
}

# Whatever the driver says is an error, and the tests that were chosen.
run_test()
{
    case $1 in
    *.md) set -- "$1" "${SHELL:-sh}" "$top/tests/spec/run.sh" "$top/$1" ;;
    *.sh) set -- "$1" "${SHELL:-sh}" "$top/$1" ;;
    *) set -- "$1" "$builddir/$1" ;;
    esac
    test=$1
    shift
    echo "# $test"
    AM_TAP_AWK=${AWK:-awk} "${SHELL:-sh}" "$top/build-aux/tap-driver.sh" --merge \
        --test-name "$test" --log-file "$tmp/one.log" --trs-file "$tmp/one.trs" \
        -- "$@" </dev/null >"$tmp/results" || exit
    grep '^ERROR:' "$tmp/results" && failed=$((failed + 1))
    keep=false
    while IFS= read -r line; do
        case $line in
        'ok '* | 'not ok '*)
            title=${line#*ok }
            title=${title#*[0-9] - }
            keep=false
            if chosen "${title%% # SKIP*}"; then
                keep=true
                count "$line"
            fi
            ;;
        PASS:* | FAIL:* | SKIP:* | ERROR:* | 1..*) continue ;;
        esac
        ! $keep || printf '%s\n' "$line"
    done <"$tmp/one.log"
}

count()
{
    case $1 in
    not*) failed=$((failed + 1)) ;;
    *' # SKIP'*) skipped=$((skipped + 1)) ;;
    *) passed=$((passed + 1)) ;;
    esac
}

titles >"$tmp/titles" || exit
if [ -z "${NAME-}" ]; then
    sed 's/	/: /' "$tmp/titles"
    exit
fi
# "TEST: TITLE" is a line of that list.
case " $tests " in
*" ${NAME%%: *} "*) NAME=${NAME#*: } ;;
esac
select_tests >"$tmp/selected"
if [ ! -s "$tmp/selected" ]; then
    {
        echo "no test has '$NAME' in its title; make check-one lists all"
        near
    } >&2
    exit 1
fi

# What scripts run, in addition to the command and the library.
helpers=
for program in ${programs:?}; do
    case " $tests " in
    *" $program "*) ;;
    *) helpers="$helpers $program" ;;
    esac
done

# As a pattern.
literal=$(printf '%s\n' "$NAME" | sed 's/[][*?\\]/?/g')
passed=0 failed=0 skipped=0
export TEST_ONLY
while read -r how test; do
    case $test in
    *.md | */cases/run.sh) build tests/stagepp ;;
    */lint/*.sh) build all ;;
    *.sh) build all $helpers ;;
    *) build "$test" ;;
    esac
    case $how-$test in
    some-*) TEST_ONLY="*$literal*" ;;
    place-*) TEST_ONLY="$literal *" ;;
    exact-*.md) TEST_ONLY="*[0-9] ${literal#*.md:[0-9]* }" ;;
    *) TEST_ONLY=$literal ;;
    esac
    run_test "$test"
done <"$tmp/selected"
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ] && [ $((passed + skipped)) -gt 0 ]
