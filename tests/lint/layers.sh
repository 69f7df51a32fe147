#!/bin/sh
# SPDX-License-Identifier: MIT
# Who may include whom: a file includes only its own layer and those listed for
# it in the table, and a library only where it is wrapped. Headers do not include
# one another in a circle.
. "$(dirname "$0")/lint.sh"

allowed()
{
    case $1 in
    base) echo base ;;
    source) echo source base ;;
    lang) echo lang source base ;;
    library) echo library lang source base ;;
    eval) echo eval library lang source base ;;
    docker) echo docker source base ;;
    driver) echo driver docker eval library lang source base stagepp.h ;;
    cli) echo cli stagepp.h ;;
    esac
}

# FILE INCLUDED, one per line; a name keeps its quotes or <>.
includes()
{
    for file in src/*/*.[ch]; do
        sed -n "s|^#[ ]*include[ ]*\\([\"<][^\">]*[\">]\\).*|$file \\1|p" \
            "$file"
    done
}

check()
{
    includes >"$tmp/includes"
    [ -s "$tmp/includes" ] || echo 'found no #include'
    while read -r file included; do
        layer=${file#src/}
        layer=${layer%%/*}
        part=
        name=${included#?}
        name=${name%?}
        case $included in
        \"*/../* | \"../*) echo "$file: $included has .. in it" ;;
        \"*/*) part=${name%%/*} ;;
        \"*) echo "$file: $included has no folder" ;;
        '<stagepp.h>') part=stagepp.h ;;
        '<pcre2.h>') [ "$file" = src/base/rx.c ] ||
            echo "$file: only src/base/rx.c includes $included" ;;
        '<sha2.h>') [ "$file" = src/base/digest.c ] ||
            echo "$file: only src/base/digest.c includes $included" ;;
        '<yaml.h>') [ "$file" = src/base/yaml.c ] ||
            echo "$file: only src/base/yaml.c includes $included" ;;
        esac
        [ -n "$part" ] || continue
        case " $(allowed "$layer") " in
        *" $part "*) ;;
        *) echo "$file: layer $layer must not include $included" ;;
        esac
    done <"$tmp/includes"
    for folder in src/*/; do
        [ -n "$(allowed "$(basename "$folder")")" ] ||
            echo "$folder: tests/lint/layers.sh does not know this layer"
    done
}

# tsort names the members of each circle.
circles()
{
    sed -n 's|^src/\([^ ]*\.h\) "\([^"]*\)"$|\1 \2|p' \
        "$tmp/includes" | tsort 2>&1 >/dev/null | sed 's|^tsort: ||'
}

check_all()
{
    check
    circles
}

lint_run check_all
