#!/bin/sh
# SPDX-License-Identifier: MIT
# The commands of the chapters on writing and on sharing libraries, in real git
# repositories: the library of chapter 30, and a project that uses it as a
# submodule, a subtree and a copy. The commands are those of the chapters: a
# fence of three backticks with a title is a block, and each block is used.
# In: $STAGEPP, $MAKE, git. Out: TAP.
#
#   ```console TITLE       lines with "$ " are run; those below are what is printed,
#                          and "…" stands for any lines. A command of stagepp
#                          prints nothing else; of others it is not looked at
#                          unless something is shown. stagepp and git fail if an
#                          error, a conflict or a diff is shown, others never
#   ```make TITLE          a makefile (and so on)
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
writing=$top/tests/spec/30-authors.md
sharing=$top/tests/spec/31-sharing.md

command -v git >/dev/null || skip_all 'there is no git'

# Nothing of the user's git, and no network: the company's server is a folder.
for variable in $(git rev-parse --local-env-vars); do
    unset "$variable"
done
HOME=$tmp/home XDG_CONFIG_HOME=$tmp/home GIT_CONFIG_GLOBAL=$tmp/home/.gitconfig
GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 GIT_EDITOR=true
export HOME XDG_CONFIG_HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_TERMINAL_PROMPT GIT_EDITOR
mkdir "$HOME" "$tmp/bin" "$tmp/git" || exit 99
git config --global user.name 'A U Thor' || exit 99
git config --global user.email author@acme.example
git config --global protocol.file.allow always
git config --global "url.$tmp/git/.insteadOf" https://git.acme.example/

ln -s "$(command -v "${MAKE:-make}")" "$tmp/bin/make"
printf '#!/bin/sh\necho "%s"\n' "$top/src/cli" >"$tmp/bin/pkg-config"
chmod +x "$tmp/bin/pkg-config"
ln -s "$STAGEPP" "$tmp/bin/stagepp"
PATH=$tmp/bin:$PATH
unset STAGEPP

# --- Blocks ---

: >"$tmp/used"

# block TITLE: what stands in it.
block()
{
    printf '%s\n' "$1" >>"$tmp/used"
    awk -v title="$1" '
        /^```[a-z]+ / && substr($0, index($0, " ") + 1) == title { on = 1; next }
        $0 == "```" { on = 0 }
        on' "$writing" "$sharing" >"$tmp/block"
    [ -s "$tmp/block" ] || { echo "no block is called '$1'" >&2; return 1; }
    cat "$tmp/block"
}

# part TITLE SECTION: of an example of the language; without SECTION its template.
part()
{
    awk -v title="\`\`\`\`example $1" -v wanted="${2-}" '
        $0 == title { on = 1; section = ""; next }
        $0 == "````" { on = 0 }
        on && /^--- / { section = substr($0, 5); next }
        on && section == wanted' "$writing"
}

# Whether $tmp/got is what $tmp/want shows.
as_shown()
{
    awk 'NR == FNR { want[++n] = $0; next }
        { got[++m] = $0 }
        END {
            i = 1
            for (j = 1; j <= m; j++) {
                if (want[i] == "…") { any = 1; i++ }
                if (i <= n && got[j] == want[i]) { any = 0; i++ }
                else if (!any) exit 1
            }
            if (want[i] == "…") i++
            exit i <= n
        }' "$tmp/want" "$tmp/got" && return
    echo "shown:" && cat "$tmp/want"
    return 1
}

# A command, and below it what it prints.
step()
{
    cat >"$tmp/step"
    line=$(sed -n '1s/^\$ //p' "$tmp/step")
    sed 1d "$tmp/step" >"$tmp/want"
    echo "\$ $line"
    eval "$line" >"$tmp/got" 2>&1 </dev/null
    status=$?
    cat "$tmp/got"
    fails=0
    case $line in
    stagepp* | git*) ! grep -q -e 'error: ' -e '^CONFLICT' -e '^---' "$tmp/want" || fails=1 ;;
    esac
    [ $((status != 0)) = $fails ] || { echo "exit status $status"; return 1; }
    case $line in
    stagepp*) ;;
    *) [ -s "$tmp/want" ] || return 0 ;;
    esac
    as_shown
}

# play TITLE [SED]: runs a block, perhaps with other commands, in this folder.
play()
{
    block "$1" >/dev/null || return
    sed -e "${2-}" "$tmp/block" | awk '
        /^\$ / { if (NR > 1) print "END_OF_STEP"; print "step <<'\''END_OF_STEP'\'' || return" }
        { print }
        END { print "END_OF_STEP" }' >"$tmp/play"
    # shellcheck source=/dev/null
    . "$tmp/play"
}

# --- The library and its tests ---

files_of_library()
{
    rm -rf "$tmp/git/dockerfiles.git"
    git init --quiet "$tmp/git/dockerfiles.git" && cd "$tmp/git/dockerfiles.git" &&
        git symbolic-ref HEAD refs/heads/main && mkdir -p acme tests/refused || return
    part 'the whole library' 'file acme/service.spp' >acme/service.spp
    part 'the whole library' >tests/orders.dockerfile.in
    block tests/refused/types.in >tests/refused/types.in
    block tests/refused/guards.in >tests/refused/guards.in
    block 'Makefile of the library' >Makefile && echo '*.d' >.gitignore
}

# release VERSION [SED]: another version of the library.
release()
{
    sed -e "s/^\(@library.*version\) .*/\1 \"$1\"/" -e "${2-}" acme/service.spp >"$tmp/new" &&
        cp "$tmp/new" acme/service.spp && git add . &&
        git commit --quiet --message "$1" && git tag "v$1"
}

# library FROM: versions 1.0.0 and 1.1.0, and 1.2.0, which follows FROM.
library()
{
    files_of_library && release 1.0.0 &&
        release 1.1.0 's/port: port = 8000/port: port = 8080/' &&
        git checkout --quiet "$1" && release 1.2.0 's/acme.team/acme.owner/' &&
        git checkout --quiet main
}

# gives TEXT COMMAND...: the command fails, and prints TEXT.
gives()
{
    text=$1
    shift
    ! "$@" >"$tmp/got" 2>&1 || return
    cat "$tmp/got"
    grep -qF -e "$text" "$tmp/got"
}

edit()
{
    sed "$1" "$2" >"$tmp/new" && cp "$tmp/new" "$2"
}

expected()
{
    part 'the whole library' output | diff -u - tests/orders.dockerfile
}

ok 'the files of the library' files_of_library
ok '… its tests are written' play 'tests of the library'
ok '… the Dockerfile is that of the chapter' expected
if has_gnu_make; then
    ok '… they pass' play 'a check of the library'
    edit 's/@{_mirror}/mirror.example/' acme/service.spp
    ok 'another mirror is found' gives '+FROM mirror.example/python' make check
    files_of_library && play 'tests of the library' >/dev/null
    edit '/at metrics/d' acme/service.spp
    ok 'a guard that is gone is found' gives 'a port of their own' make check
else
    block 'a check of the library' >/dev/null
    skip 'they pass' 'stagepp.mk needs GNU make 4.0'
fi

# --- The project ---

# A project of which nothing is committed but a README.
project()
{
    rm -rf "$tmp/git/orders.git"
    git init --quiet "$tmp/git/orders.git" && cd "$tmp/git/orders.git" &&
        git symbolic-ref HEAD refs/heads/main && echo Orders >README &&
        block orders.dockerfile.in >orders.dockerfile.in && git add README &&
        git commit --quiet --message start
}

elsewhere()
{
    rm -rf "$tmp/elsewhere" && mkdir "$tmp/elsewhere" && cd "$tmp/elsewhere" || exit 99
}

home()
{
    cd "$tmp/git/orders.git" || exit 99
}

# locked VERSION: everything is committed, and is this version of the library;
# the lock has nothing else, and a new one is the same.
locked()
{
    git status --porcelain >"$tmp/status" && cat "$tmp/status" && [ ! -s "$tmp/status" ] &&
        grep -q "\"acme/service\", \"version\": \"$1\"" stagepp.lock &&
        stagepp -I vendor/dockerfiles --lock="$tmp/new.lock" orders.dockerfile.in &&
        diff -u "$tmp/new.lock" stagepp.lock && rm "$tmp/new.lock" &&
        stagepp -I vendor/dockerfiles --check --locked -o orders.dockerfile orders.dockerfile.in
}

# The job of the workflow, with what actions/checkout does as it is told.
job()
{
    block workflow >"$tmp/workflow" || return
    recurse=
    ! grep -q 'submodules: true' "$tmp/workflow" || recurse=--recurse-submodules
    # shellcheck disable=SC2086 # an option, or nothing
    git clone --quiet $recurse "$tmp/git/orders.git" && cd orders || return
    sed -n 's/^ *- run: //p' "$tmp/workflow" >"$tmp/job"
    cat "$tmp/job"
    [ "$(grep -c '^stagepp ' "$tmp/job")" = 1 ] && sh -e "$tmp/job"
}

# upgrade WAY VERSION: the library alone; other versions by the same lines.
upgrade()
{
    case $1 in
    submodule) git -C vendor/dockerfiles checkout --quiet "v$2" ;;
    subtree) play 'the next version of a subtree' "s/v1\.1\.0/v$2/" ;;
    copy) play 'copy a version' "s/v1\.0\.0/v$2/" ;;
    esac
}

# What is committed here, and the submodule with it.
at()
{
    git checkout --quiet "$@" && git submodule --quiet update --init
}

# Two branches that upgraded, from the commit "before": main is at 1.1.0.
branches()
{
    at -b newer before && upgrade "$1" 1.2.0 && play 'commit an upgrade' && at main
}

resolve()
{
    if [ "$1" = submodule ]; then
        play 'resolve the conflict'
    else
        play 'take the files of one branch' &&
            play 'resolve the conflict' '/^\$ git -C vendor/d'
    fi
}

# merged WAY
merged()
{
    ok "$1: two branches" branches "$1"
    ok "$1: … a merge is a conflict of the lock" play 'a merge'
    ok "$1: … which is resolved" resolve "$1"
    ok "$1: … and all is 1.2.0" locked 1.2.0
}

# upgraded WAY: from what was committed, and on to 1.1.0.
upgraded()
{
    git tag before
    if [ "$1" = submodule ]; then
        ok "$1: the next version" play 'the next version of a submodule'
    else
        ok "$1: the next version" upgrade "$1" 1.1.0
        ok "$1: … is not locked" gives 'it had version 1.0.0, and has version 1.1.0' \
            stagepp -I vendor/dockerfiles --locked orders.dockerfile.in
    fi
    ok "$1: … what it changes" play 'what an upgrade changes'
    ok "$1: … is committed" play 'commit an upgrade'
    ok "$1: … and all is 1.1.0" locked 1.1.0
}

added()
{
    project
    ok "$1: add" play "$2"
    ok "$1: commit" play 'the first commit'
    ok "$1: all is 1.0.0" locked 1.0.0
    elsewhere
    ok "$1: a job checks it" job
    home
}

# --- A submodule ---

ok 'versions that follow each other' library v1.1.0
added submodule 'add a submodule'
elsewhere
ok 'a clone without the submodule' play 'a clone without its submodule'
elsewhere
ok 'a job of another service' play 'a job'
edit 's/shop/billing/' orders.dockerfile.in
ok '… finds a Dockerfile that is stale' gives '+    acme.team="billing"' \
    stagepp -I vendor/dockerfiles --check --locked -o orders.dockerfile orders.dockerfile.in
home
upgraded submodule
git checkout --quiet before
ok 'a submodule that was not updated' gives 'it had version 1.0.0, and has version 1.1.0' \
    stagepp -I vendor/dockerfiles --locked orders.dockerfile.in
at main
merged submodule

# --- make ---

with_make()
{
    at main && git reset --quiet --hard before && git submodule --quiet update &&
        block 'Makefile of the project' >Makefile && echo '*.d' >.gitignore &&
        git add Makefile .gitignore && git commit --quiet --message make && make &&
        make check-dockerfiles && git -C vendor/dockerfiles checkout --quiet v1.1.0 &&
        gives 'has version 1.1.0' make check-dockerfiles &&
        play 'an upgrade with make' && make check-dockerfiles && locked 1.1.0
}
if has_gnu_make; then
    ok 'an upgrade with make' with_make
else
    block 'an upgrade with make' >/dev/null && block 'Makefile of the project' >/dev/null
    skip 'an upgrade with make' 'stagepp.mk needs GNU make 4.0'
fi

# --- Versions that do not follow each other: then git cannot choose one ---

ok 'versions side by side' library v1.0.0
added submodule 'add a submodule'
upgraded submodule
merged submodule

# --- A subtree ---

if [ -x "$(git --exec-path)/git-subtree" ]; then
    added subtree 'add a subtree'
    upgraded subtree
    merged subtree
else
    block 'add a subtree' >/dev/null
    block 'the next version of a subtree' >/dev/null
    skip 'a subtree' 'there is no git subtree'
fi

# --- A copy ---

added copy 'copy a version'
upgraded copy
merged copy
ok 'a copy that was changed' play 'a copy that was changed'

# --- All of it ---

unused()
{
    sed -n 's/^```[a-z][a-z]* //p' "$writing" "$sharing" | sort -u >"$tmp/titles"
    [ -s "$tmp/titles" ] || echo 'there are no blocks'
    sort -u "$tmp/used" | comm -23 "$tmp/titles" -
}
silent 'each block was used' unused
done_testing
