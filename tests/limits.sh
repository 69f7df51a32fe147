#!/bin/sh
# SPDX-License-Identifier: MIT
# Hostile inputs. In: $STAGEPP, $builddir (for tests/confine). Out: TAP, one
# line per case, with the time and memory that it took. Each must end by itself
# with the expected status and message: never by a signal, never with more than
# 64 MiB, and in less than 10 s of processor time; on an idle machine none takes
# more than one second, and most take milliseconds.
#
# Limits have their defaults, except where that would take more than a second
# or 64 MiB: what doubles needs half of `value` (1 GiB) before it is refused,
# and so do `output`, `memory` (4 GiB) and `input` (256 MiB, read at once);
# `errors` is raised instead. Those cases say --limit.
# shellcheck source=tests/ends.sh
. "$(dirname "$0")/ends.sh"

# --- nesting: brackets and operators, 100 000 deep ---

nesting=$(limit nesting 200)

# nested TITLE OPEN INNER CLOSE
nested()
{
    { printf '@let x = '; repeated "$2" $deep; printf '%s' "$3"
      repeated "$4" $deep; echo; } >t.in
    ends "$1" 1 "$nesting"
}

nested 'lists' '[' 1 ']'
nested 'lists that nobody closes' '[' '' ''
nested 'brackets' '(' 1 ')'
nested 'maps' '{a: ' 1 '}'
nested 'calls' 'trim(' '"a"' ')'
nested 'splices' '[*' '[1]' ']'
nested 'comprehensions' '[' 1 ' for a in [1]]'
nested 'comprehensions in their lists' '[a for a in ' '[1]' ']'
nested 'strings in strings' '"@{' 1 '}"'
nested 'not' 'not ' 1 ''
nested 'minus' '-' 1 ''
nested 'conditions' '1 if false else ' 2 ''
nested 'conditions in conditions' '(' '1 if true else 2' ') if true else 2'
nested 'pipes' '' '"a"' ' | trim'
nested 'indices' '[' 1 '][0]'
{ printf 'RUN @{'; repeated '"@{' $deep; echo; } >t.in
ends 'strings in an insertion' 1 "$nesting"

# Operators in a row are not nesting.
for row in '1| + 1' '1| * 1' '"a"| + "a"' 'null| ?? null' 'true| and true' \
    'false| or false'; do
    { printf '@let x = %s' "${row%%|*}"; repeated "${row#*|}" $deep; echo; } >t.in
    ends "a row of${row#*|}" 0 ''
done
{ printf '@let a = {}\n@let x = a'; repeated '.b' $deep; echo '? ?? 1'; } >t.in
ends 'a chain of names' 0 ''

# --- nesting: blocks ---

for head in '@if true' '@for i in [1]' '@call f()' '@join "x"' '@defer' \
    '@file "x"'; do
    { repeated "$head\\n" $deep; echo x; repeated '@end\n' $deep; } >t.in
    ends "blocks: $head" 1 "$nesting"
    repeated "$head\\n" $deep >t.in
    ends "open blocks: $head" 1 "$nesting"
done
repeated '@define f()\n' $deep >t.in
ends 'blocks: @define' 1 "$place@define is only allowed at the level"
repeated '@raw\n' $deep >t.in
ends 'blocks: @raw' 1 "${place}this @raw has no @end"
repeated '@end\n' $deep >t.in
ends 'nothing but @end' 1 "$place@end without a block"

# --- depth ---

depth=$(limit depth 400)
cat >t.in <<'END'
@define f()
  @f()
  @f()
@end
@f()
END
ends 'macros that call themselves' 1 "$depth"
cat >t.in <<'END'
@define f(x) = [f(x + 1), f(x + 2)]
@{f(0) | len}
END
ends 'functions that call themselves' 1 "$depth"
cat >t.in <<'END'
@define f(body)
@call g()
@{body}
@end
@end
@define g(body)
@call f()
@{body}
@end
@end
@call f()
x
@end
END
ends 'macros that call each other with blocks' 1 "$depth"
cat >t.in <<'END'
@define again()
@defer
@again()
@end
@end
@again()
END
ends 'deferred texts that defer' 1 "$depth"
$awk 'BEGIN { for (i = 0; i < 500; i++) {
    printf "@include \"i%d\"\n", i + 1 >("i" i); close("i" i) } }'
echo '@include "i0"' >t.in
ends 'includes of includes' 1 "$depth"
$awk 'BEGIN { for (i = 0; i < 500; i++) {
    printf "@import \"m%d\"\n", i + 1 >("m" i ".spp"); close("m" i ".spp") } }'
echo '@import "m0"' >t.in
ends 'imports of imports' 1 "limit 'depth' of 400"

# --- circles, through links ---

ln -s t.in symlink
echo '@include "symlink"' >t.in
ends 'a link to itself' 1 \
    "${place}circular include: t.in"
echo '@include "hard"' >t.in
ln t.in hard
echo '@include "hard"' >t.in
ends 'a hard link' 1 "${place}circular include: t.in"
rm hard
mkdir d
ln -s . d/d
echo '@include "d/d/self"' >d/self
echo '@include "d/self"' >t.in
ends 'links to a folder' 1 "circular include: d/self"
cat >t.in <<'END'
@define grow(p) = text(p + "self") + grow(p + "d/")
@{grow("d/")}
END
ends 'a path that grows by a link to its folder' 2 'levels of symbolic links'
ln -s round round
echo '@include "round"' >t.in
ends 'a link in a circle' 2 'symbolic links'
echo '@import "l2"' >l1.spp
ln -s l1.spp l2.spp
echo '@import "l1"' >t.in
ends 'an import through a link' 1 'circular import: l1.spp'
if [ -e /proc/self/fd/0 ]; then
    echo '@include "/proc/self/fd/9"' >self
    echo '@include "/proc/self/fd/9"' >t.in
    ends 'itself as a descriptor' 1 \
        'circular include' 9<self
fi

# --- steps ---

steps=$(limit steps 50000000)
cat >t.in <<'END'
@let many = range(0, 900000)
@for i in many
@for j in many
@end
@end
END
ends 'loops in loops' 1 "$(limit steps 1000000)" --limit steps=1000000
echo '@{range(-9223372036854775807, 9223372036854775807) | len}' >t.in
ends 'a huge range' 1 "$steps"
echo '@let n = range(0, 10000)
@{matrix({a: n, b: n, c: n, d: n}) | len}' >t.in
ends 'a huge matrix' 1 "$steps"
echo '@let n = {"a@{i}": [1, 2] for i in range(0, 62)}
@{matrix(n + {x: [1], y: [1]}) | len}' >t.in
ends 'a matrix whose size overflows' 1 "$steps"
{ echo '@define m0()'; echo '@end'; $awk 'BEGIN { for (i = 1; i <= 60; i++)
    printf "@define m%d()\n@m%d()\n@m%d()\n@end\n", i, i - 1, i - 1 }'
  echo '@m60()'; } >t.in
ends 'macros that call two others' 1 \
    "$(limit steps 2000000)" --limit steps=2000000
cat >t.in <<'END'
@let a = [1]
@let b = [1]
@for i in range(0, 60)
@set a = [a, a]
@set b = [b, b]
@end
@{a == b}
END
ends 'lists that double' 1 "$steps"

# --- sizes ---

value=$(limit value 1073741824)
cat >t.in <<'END'
@let s = "0123456789abcdef"
@for i in range(0, 60)
@set s = s + s
@end
END
ends 'a string that doubles' 1 "$(limit value 10000000)" \
    --limit value=10000000
{ echo '@let a0 = "lol"'; $awk 'BEGIN { for (i = 1; i <= 60; i++)
    printf "@let a%d = \"@{a%d}@{a%d}\"\n", i, i - 1, i - 1 }'; } >t.in
ends 'strings of two others' 1 "$(limit value 10000000)" \
    --limit value=10000000
# With the defaults, since these values are never built.
for huge in 'repeat("x", 9223372036854775807)' 'repeat(s, 20000)' \
    'replace(s, "x", s)' 'join([s for i in range(0, 20000)], "")' \
    'join(range(0, 20000), s)' 'indent(repeat("y\n", 20000), s)'; do
    printf '%s\n' '@let s = repeat("x", 100000)' "@{$huge | len}" >t.in
    ends "too long: $huge" 1 "$value"
done
cat >t.in <<'END'
@let s = repeat("x", 1000)
@for i in range(0, 1000000)
@{s}
@end
END
ends 'much text' 1 "$(limit output 10000000)" --limit output=10000000
cat >t.in <<'END'
@let s = repeat("x", 1000)
@for i in range(0, 1000000)
@file "f@{i}"
@{s}
@end
@end
END
ends 'much text in files' 1 "$(limit output 10000000)" --limit output=10000000
cat >t.in <<'END'
@let l = []
@for i in range(0, 1000000)
@set l = l + [repeat("x", 1000)]
@end
END
ends 'much memory' 1 "$(limit memory 40000000)" --limit memory=40000000
repeated x 1000001 >long
echo '@include "long"' >t.in
ends 'a long file' 1 \
    "${place}'long' is longer than 1000000 bytes, the limit 'input'" \
    --limit input=1000000
repeated x 10000000 >t.in
ends 'a line of ten megabytes' 0 ''
if [ -e /dev/zero ]; then
    echo '@{text("/dev/zero")}' >t.in
    ends 'a file without an end' 2 "'/dev/zero': it is a directory or a device"
fi

# What a block has needed is given back at its end: without that, these would
# take half a gigabyte.
cat >part <<'END'
@let own = []
@define keep(x)
@set own = own + [x]
@end
@for i in range(0, 50)
@keep("@{i} of a part")
@end
END
cat >lib.spp <<'END'
@let all = []
@define add(x)
@set all = all + [x]
@end
END
cat >t.in <<'END'
@let list = ["first"]
@let text = "first"
@let map = {first: 1}
@define need(x)
@set list = list + [x]
@set text = text + "a string @{x}"
@set map = map + {(x): "a value @{x}"}
@end
@for i in range(0, 4000)
@file "f@{i}"
@import "lib"
@include "part"
@for j in range(0, 100)
@need("@{j} of @{i}")
@lib.add("@{j} of @{i}")
@defer
@{j if j == 99}
@end
@end
@end
@end
END
ends 'much that is undone' 0 '' --list

# --- regular expressions ---

backtracks="${place}matches: (match|heap) limit exceeded .*--limit match=N"
echo '@{matches(repeat("a", 40) + "b", "^(a+)+$")}' >t.in
ends 'a pattern that backtracks' 1 "$backtracks"
echo '@{matches(repeat("ab", 100000), "^(?:(a)|(b))*$")}' >t.in
ends 'a pattern that needs memory' 1 "$backtracks"
echo '@{matches(repeat(repeat("a", 18) + "c", 100000), "(*NO_JIT)(a|a)+$")}' >t.in
ends 'a pattern that backtracks at each offset' 1 "$steps"
# PCRE2 does not count the bytes that it scans at one offset. (The limit is a
# hundredth of the default.)
echo '@{matches(repeat("ab", 500000), "(?:a|b)(?s:[^c])*+c|d")}' >t.in
ends 'a look to the end at each offset' 1 "$(limit steps 500000)" --limit steps=500000
echo '@{matches(repeat("ab", 500000), "zebra")}' >t.in
ends 'a look to the end, once' 0 ''
{ printf "@{matches('a', '"; repeated '(' $deep; printf a; repeated ')' $deep
  echo "')}"; } >t.in
ends 'nested groups' 1 "${place}matches: parentheses are too"
echo "@{matches('a', '(((a{1,1000}){1,1000}){1,1000}){1,1000}')}" >t.in
ends 'nested repetitions' 1 "${place}matches: regular expression is too"
{ printf '@{glob(repeat("a", 10000), "'; repeated '*a' 1000; echo 'b")}'; } >t.in
ends 'a pattern of many stars' 0 ''

# --- many of them ---

many=20000
numbered '@param p%d = %d' $many >t.in
ends 'many parameters' 0 ''
ends 'many parameters, listed' 0 '' --params=json
numbered '@define m%d()\n@end' $many >t.in
ends 'many macros' 0 ''
{ printf '@define f(*_rest)\n@end\n@f('; repeated '1,' 200000; echo ')'; } >t.in
ends 'many arguments' 0 ''
{ printf '@define f('; numbered 'a%d,' 2000 | tr -d '\n'; echo ')'; echo '@end'
} >t.in
ends 'many parameters of a macro' 1 \
    "${place}a macro has at most 256 parameters"
echo 'RUN x' >t.in
# shellcheck disable=SC2046
ends 'many options' 1 'error: .*p0' $(numbered '-Dp%d=1' 5000)
{ numbered '@define qwert%d()\n@end' 5000; numbered '@{qwerty%d}' 5000; } >t.in
ends 'many names that nothing has' 1 "${place}unknown name"
{ numbered '@let qwert%d = 1' 10000; numbered '@{qwerty%d}' 10000; } >t.in
ends 'the same, all to be shown' 1 "${place}unknown name" \
    --limit errors=1000000
numbered '@set a%d = 1' $many >t.in
ends 'many errors' 1 "${place}" --limit errors=1000000
ends 'many errors as JSON' 1 '^\[' --limit errors=1000000 \
    --diagnostics json
ends 'many errors as SARIF' 1 '^\{' --limit errors=1000000 \
    --diagnostics sarif
{ repeated x 10000000; repeated '@{x}' 200; echo; } >t.in
ends 'many errors at the end of a long line' 1 '^t.in:1:10000003: error: '
cat >t.in <<'END'
@define f(n)
@if n > 0
@f(n - 1)
@else
@for i in range(0, 1000)
@error "x@{i}"
@end
@end
@end
@f(398)
END
ends 'errors in the depth' 1 "${place}x0"

# --- text that is almost something else ---

{ echo '@define f(x) = x'; echo '@{f(1)}'; repeated 'a(' 500000; echo; } >t.in
ends 'brackets in a long line' 0 ''
{ echo '@define f(x) = x'; printf '@{f(1)}\nx'; repeated ' f()' 300000; echo; } >t.in
ends 'calls in a long line' 0 ''
{ printf 'RUN x'; repeated ' @end' 200000; echo; } >t.in
ends 'directives in a long line' 0 "^t.in:1:7: warning: '@end' is text here"
{ printf 'RUN x "'; repeated ' @end' 200000; echo; } >t.in
ends 'directives in a long string' 0 ''
{ echo '@define fun() = 1'; echo 'RUN <<E'; repeated 'fun()\n@fun\n@{fun()}\n' 20000
  echo E; } >t.in
ends 'lines like calls in a heredoc' 0 ''

{ numbered '@define m%d() = 1' 50000; repeated '@abc def\n' 100000; } >t.in
ends 'lines that begin with a sign' 0 ''
{ repeated '@if false\n@define f(a=1) = a\n@end\n' 60000; echo '@{f()}'
} >t.in
ends 'many conditional macros of one name' 1 "${place}unknown"
{ numbered 'x <<A%d' 100000; echo '# <<<<<<<'; } >t.in
ends 'heredocs without an end beside a marker' 0 ''

# --- Dockerfiles ---

{ echo 'FROM alpine AS a0'; $awk 'BEGIN { for (i = 1; i < 10000; i++)
    printf "FROM a%d AS a%d\nCOPY --from=a0 / /\n", i - 1, i }'; } >stages
cp stages t.in
for mode in --check-only --graph=mermaid --targets=json; do
    ends "many stages: $mode" 0 '' $mode
done
{ cat stages; numbered 'COPY --from=a%d / /' 9000; } >t.in
ends 'copies of many stages' 0 '' --check-only
{ printf 'FROM alpine\nWORKDIR /a\n'; repeated 'WORKDIR a\n' 20000; } >t.in
ends 'a path that grows' 0 '' --check-only
{ printf 'FROM alpine\nENV A=lol\n'; repeated 'ENV A=$A$A$A\n' 10000; } >t.in
ends 'variables that grow' 0 '' --check-only
# shellcheck disable=SC2016
{ printf 'FROM alpine\nENV A='; repeated a 60000; echo
  repeated 'ENV B=${A//*b/c}\n' 100; } >t.in
ends 'patterns at each place' 1 "the limit 'steps' of 50000000 is reached" \
    --check-only
{ printf 'FROM alpine\nENV A='; repeated '${A:-' 10000; repeated '}' 10000
  echo; } >t.in
ends 'nested variables' 1 "$place" --check-only
{ printf 'FROM alpine\nENV A=1'; repeated ' \\\n {{ <%% {{ <%%' 50000; echo; } >t.in
ends 'marks that nobody closes' 1 "$place" --check-only
{ printf 'FROM alpine\nRUN '; repeated '[' 60000; echo; } >t.in
ends 'open JSON' 0 '' --check-only
{ printf 'FROM alpine\nRUN a'; repeated ' \\\n b' $deep; echo; } >t.in
ends 'many continuations' 0 '' --check-only
{ echo 'FROM alpine'; repeated 'RUN <<E\nE\n' 20000; } >t.in
ends 'many heredocs' 0 '' --check-only
{ echo 'FROM alpine'; numbered 'RUN <<E%d\nx' 10000; } >t.in
ends 'heredocs without an end' 1 "$place" --check-only
{ repeated '# syntax=a\n' $deep; echo 'FROM alpine'; } >t.in
ends 'many parser directives' 1 "$place" --check-only
{ echo 'FROM alpine'; repeated x 1000000; echo; } >t.in
ends 'a long line of a Dockerfile' 1 "${place}this line has 1000001 bytes" \
    --check-only

done_testing
