# SPDX-License-Identifier: MIT
# What the tests of hostile inputs share: they source this file instead of
# tap.sh, write t.in, and call ends(). In: $STAGEPP, $builddir (for
# tests/confine).
# shellcheck shell=sh disable=SC2034
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
confine=$builddir/tests/confine
awk=${AWK:-awk}
cd "$tmp" || exit 99

# A sanitizer takes terabytes of address space, and its shadow is memory, too.
space=1024 peak=65536
if ${NM:-nm} "$STAGEPP" 2>/dev/null | grep -q __asan_init; then
    echo '# sanitized: memory is not checked'
    space=0 peak=
fi

# Prints the text $1, $2 times.
repeated()
{
    $awk -v text="$1" -v n="$2" 'BEGIN {
        ORS = ""
        n *= length(text)
        while (length(text) < n) text = text text
        print substr(text, 1, n)
    }'
}

# Prints $2 lines: the numbers from 0 in printf's format $1.
numbered()
{
    $awk -v format="$1" -v n="$2" 'BEGIN { for (i = 0; i < n; i++)
        printf format "\n", i, i }'
}

# ends TITLE STATUS PATTERN [ARGUMENT]...: with the template t.in. The first line
# of the messages must match the pattern; if it is empty, there must be no
# messages.
ends()
{
    title=$1 want=$2 pattern=$3
    shift 3
    chosen "$title" || return 0
    "$confine" 10 "$space" out err "$STAGEPP" "$@" t.in >used
    read -r status time memory <used
    first=$(head -n 1 err | cut -c 1-200)
    why=
    [ "$status" = "$want" ] || why="status $status, not $want"
    [ -z "$peak" ] || [ "$memory" -le "$peak" ] || why="$why, $memory KiB"
    if [ -z "$pattern" ]; then
        [ -z "$first" ] || why="$why, messages"
    elif ! printf '%s\n' "$first" | grep -Eq -e "$pattern"; then
        why="$why, another message"
    fi
    printf '%s\n' "\$ stagepp${*:+ $*} t.in" "${why:+$why: }$first" >"$tmp/tap.log"
    [ -z "$why" ]
    report $? "$title"
    echo "# $time ms, $memory KiB"
}

place='^[a-z./0-9]+:[0-9]+:[0-9]+: error: '
# limit NAME VALUE: the pattern for the message.
limit()
{
    echo "${place}the limit '$1' of $2 is reached: .*--limit $1=N"
}

# Far beyond all limits of nesting.
deep=100000
