#!/bin/sh
# SPDX-License-Identifier: MIT
# A template cannot make the library call what it does not contain: functions for
# the environment, clock, locale, network, users or processes. The command reads
# the environment for colours (main) and runs one program, Graphviz' dot for
# --graph=svg (svg). Calls that do not need a system call are only found here;
# tests/seccomp finds the rest, too.
. "$(dirname "$0")/lint.sh"

library=$builddir/.libs/libstagepp.so
[ -f "$library" ] || skip_all 'there is no .libs/libstagepp.so'
[ "${COVERAGE-}" != yes ] || skip_all 'counting lines calls more functions'

environment='(secure_)?getenv|setenv|putenv|unsetenv|clearenv|environ'
clock='time|ftime|clock|clock_.*|gettimeofday|times|timespec_get|getrusage'
date='(local|gm|mk|asc|c)time(_r)?|tz(set|name)|strf?[fp]time'
locale='setlocale|uselocale|newlocale|localeconv|nl_langinfo|strcoll|strxfrm'
network='socket.*|connect|bind|listen|accept4?|send(to|msg)?|recv(from|msg)?'
names='getaddrinfo|gethost.*|getpw.*|getlogin(_r)?|getuid|geteuid|uname'
process='exec[lv]p?e?|execve(at)?|fexecve|v?fork|clone|posix_spawn.*|system'
more='popen|kill|raise|signal|sigaction|ptrace|wait.*|getp?pid|sleep|usleep'
others='dlopen|dlsym|rand(_r)?|srand|random|srandom|drand48|[ln]?rand48'
refused="$environment|$clock|$date|$locale|$network|$names|$process|$more|$others"

# FILE OPTION PATH: prints the refused functions that a file calls; with
# _FORTIFY_SOURCE they have other names.
calls()
{
    ${NM:-nm} "$2" "$3" >"$tmp/called" || echo "$3: cannot be read"
    awk -v file="$1" '{
        name = $NF
        sub(/@.*/, "", name)
        if (name ~ /^__.*_chk$/) { sub(/^__/, "", name); sub(/_chk$/, "", name) }
        print file, name
    }' "$tmp/called" >"$tmp/called_by" || echo "$3: awk has failed"
    grep -E " ($refused)\$" "$tmp/called_by"
}

# The command's own objects; those that tests are made of have longer names.
of_command()
{
    for object in "$builddir"/src/cli/*.o; do
        case $object in */tests_*) continue ;; esac
        name=${object##*/}
        calls "${name%.o}" -u "$object"
    done >"$tmp/of_command" 2>&1
    grep -vx -e 'main getenv' -e 'io signal' -e 'svg posix_spawn.*' \
        -e 'svg \(environ\|signal\|waitpid\)' "$tmp/of_command"
}

check()
{
    ${NM:-nm} -D "$library" | grep -q ' U read' ||
        echo "$library: cannot see what it calls"
    calls libstagepp -Du "$library"
    of_command
}

lint_run check
