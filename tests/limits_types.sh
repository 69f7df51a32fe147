#!/bin/sh
# SPDX-License-Identifier: MIT
# Hostile types, functions and blocks, as limits.sh has hostile templates.
# shellcheck source=tests/ends.sh
. "$(dirname "$0")/ends.sh"

nesting=$(limit nesting 200)
depth=$(limit depth 400)
steps=$(limit steps 10000)

# --- how types are written ---

# nested TITLE OPEN INNER CLOSE
nested()
{
    { printf '@type a = '; repeated "$2" $deep; printf '%s' "$3"
      repeated "$4" $deep; echo; } >t.in
    ends "types: $1" 1 "$nesting"
}

nested 'lists' 'list[' int ']'
nested 'lists that nobody closes' 'list[' '' ''
nested 'maps' 'map[string, ' int ']'
nested 'records' '{a: ' int '}'
nested 'brackets' '(' int ')'
nested 'conditions in conditions' '(int where it is ' int ')'
nested 'conditions in lists' '(list[' int '] where true)'

{ printf '@type a = int'; repeated ' | string' $deep; echo; } >t.in
ends 'types: a union of too many' 1 "${place}a type has at most 1000 members"
{ printf '@type a = int'; numbered ' | "a%d"' 900 | tr -d '\n'
  printf '\n@param x: list[a]\n@for i in range(100)\n@let y: list[a] = x\n@end\n'
} >t.in
ends 'types: many choices' 0 '' -D "x=$(numbered 'a%d' 900 | tr '\n' ,)a1"
{ printf '@type a = {'; numbered 'k%d?: int, ' $deep | tr -d '\n'
  printf '}\n'; } >t.in
ends 'types: a record of too many keys' 1 "${place}a record has at most 256 keys"
numbered '@type a%d = int' $deep >t.in
ends 'types: many' 0 ''
{ echo '@type a0 = int'
  $awk -v n=5000 'BEGIN { for (i = 1; i < n; i++)
      printf "@type a%d = a%d\n", i, i - 1 }'
  echo '@let x: a4999 = 1'; } >t.in
ends 'types: a chain of names' 1 "${place}.*more than 200 types that name each"

{ echo '@type port = int in range(1, 65536)'
  printf '@define f(p: port)\n@{p}\n@end\n@let n = 8000\n'
  numbered '@f(8%03d)' 900; numbered '@f(n + %d)' 900; } >t.in
ends 'types: one of many, often' 0 ''

# --- types that name each other ---

echo '@type a = a | int' >t.in
ends 'types: one that is itself' 1 "${place}the type 'a' is made of itself"
printf '@type a = b | int\n@type b = a?\n' >t.in
ends 'types: two that are each other' 1 "${place}the type 'a' is made of itself"
cat >t.in <<'END'
@type a = list[a] | list[b] | int
@type b = list[b] | list[a] | string
@let x = 1
@for i in range(150)
@set x = [x, x]
@end
@{x is a}
END
ends 'types: a value that is shared in many ways' 0 ''
cat >t.in <<'END'
@type a = {l?: a, r?: b}
@type b = {l?: b, r?: a}
@let x = {}
@for i in range(150)
@set x = {l: x, r: x}
@end
@{x is a}
END
ends 'types: records in many ways' 1 "$steps" --limit steps=10000
{ $awk 'BEGIN { for (i = 0; i < 60; i++)
      printf "@type a%d = a%d | a%d | list[a%d]\n", i, i + 1, i + 1, i + 1 }'
  printf '@type a60 = int\n@let x: a0 = "x"\n'; } >t.in
ends 'types: unions of unions' 1 'warning: this alternative is never reached'

{ echo '@type a0 = int where it > 0'
  $awk 'BEGIN { for (i = 1; i < 60; i++)
      printf "@type a%d = (a%d | a%d) where it > 0\n", i, i - 1, i - 1 }'
  echo '@let x: a59 = "x"'; } >t.in
ends 'types: conditions on unions' 1 "$steps" --limit steps=10000 \
    -Wno-hidden-member
{ printf '@type a0 = "b"'; numbered ' | "a%d"' 300 | tr -d '\n'; echo
  for i in 1 2 3; do
      printf '@type a%d = a%d' $i $((i - 1)); repeated " | a$((i - 1))" 900; echo
  done
  echo '@let m: map[a3, int] = {}'; } >t.in
ends 'types: keys of unions' 0 '' -Wno-hidden-member
$awk 'function union(name, part, n, i, k) {
        for (i = 0; i < n; i++) {
            printf "@type %s%d = \"%d\"", part, i, i
            for (k = 0; k < n; k++) printf " | \"%d.%d\"", i, k
            print ""
        }
        printf "@type %s = ", name
        for (i = 0; i < n; i++) printf "%s%d | ", part, i
        printf "\"%s\"\n", name
    }
    BEGIN { union("x", "a", 300); union("y", "b", 300)
        print "@type z = x | y | string" }' >t.in
ends 'types: members that are unions' 0 '' -Wno-hidden-member

# --- values in messages ---

# shared LINES: a list that holds another one twice, and so on, is in x39.
shared()
{
    echo '@let x0 = [1]'
    $awk 'BEGIN { for (i = 1; i < 40; i++)
        printf "@let x%d = [x%d, x%d]\n", i, i - 1, i - 1 }'
    printf '%s\n' "$@"
}

# nested_far LINES: a list in a list, 150,000 times, is in x399.
nested_far()
{
    echo '@define f(n, x) = f(n - 1, [x]) if n > 0 else x'
    echo '@let x0 = []'
    $awk 'BEGIN { for (i = 1; i < 400; i++)
        printf "@let x%d = f(390, x%d)\n", i, i - 1 }'
    printf '%s\n' "$@"
}

shared '@let y: int = x39' >t.in
ends 'types: a misfit that is shared' 1 "${place}y is an int, not a list of 2"
shared '@for y in [x39]' '@error "e"' '@end' >t.in
ends 'a round with a list that is shared' 1 "${place}e"
shared '@define f(x)' '@{len(x)}' '@end' '@f(x39)' >t.in
ends 'a trace of a list that is shared' 0 ' f.x=\[\[\[.*\.\.\..$' --trace
nested_far '@let y: int = x399' >t.in
ends 'types: a misfit that is nested' 1 "${place}y is an int, not a list of 1"
nested_far '@for y in [x399]' '@error "e"' '@end' >t.in
ends 'a round with a list that is nested' 1 "${place}e"
{ echo '@let y: int = repeat("\u{1}", 5000000)'; } >t.in
ends 'types: a misfit that is long' 1 "${place}y is an int, not"

{ printf '@type a0 = "b"'; numbered ' | "a%d"' 190 | tr -d '\n'; echo
  $awk 'BEGIN { for (i = 1; i < 3; i++) {
      printf "@type a%d = (a%d where it != \"\")", i, i - 1
      for (k = 0; k < 190; k++)
          printf " | (a%d where it != \"x%d\")", i - 1, k
      print ""
  } }'; printf '@let x = [1]\n@let y: a2 = x[0]\n'; } >t.in
ends 'types: a type of many words' 1 "${place}y is one of \"b\", \"a0\", "
{ echo '@let x = 1'; printf '@let y: any in ['; numbered '"a%d", ' 100000
  echo '] = x'; } >t.in
ends 'types: choices of many words' 1 "${place}y is one of \"a0\", "

# --- conditions ---

cat >t.in <<'END'
@type a = int where f(it)
@define f(x) = x is a
@{1 is a}
END
ends 'types: a condition that asks itself' 1 "$depth"
cat >t.in <<'END'
@type a = string in l()
@define l() = ["x" if "y" is a]
@{"x" is a}
END
ends 'types: choices that ask for themselves' 1 "$depth"
cat >t.in <<'END'
@type a = int where len([1 for i in range(1000)]) > 0
@let x: list[a] = range(1000)
END
ends 'types: a condition that takes long' 1 "$steps" --limit steps=10000
cat >t.in <<'END'
@type a = string where matches(it, '^(a|a)*$')
@let x: a = repeat("a", 40) + "b"
END
ends 'types: a condition that matches for ever' 1 "$place"

# --- functions and blocks ---

cat >t.in <<'END'
@function f(x)
@return f(x + 1)
@end
@{f(0)}
END
ends 'a function that calls itself' 1 "$depth"
cat >t.in <<'END'
@function f(_x)
@for i in range(1000000)
@let y = [i]
@end
@end
@{f(0)}
END
ends 'a function that takes long' 1 "$steps" --limit steps=10000
{ echo '@define f(**rest) = g(**rest)'; echo '@define g(**rest) = f(**rest)'
  echo '@{f(a=1)}'; } >t.in
ends 'macros that pass on what they get' 1 "$depth"
{ echo '@define f(a: block)'; echo '@{a}'; echo '@end'
  repeated '@call f()\n@block a\n' $deep; } >t.in
ends 'blocks in blocks' 1 "$nesting"
{ echo '@define f(**rest)'; echo '@{len(rest)}'; echo '@end'; echo '@call f()'
  numbered '@block b%d
x
@end' 10000; echo '@end'; } >t.in
ends 'many blocks' 0 ''
{ printf '@define f('; numbered 'p%d=true, ' 250 | tr -d '\n'; echo '**rest)'
  printf '@{'; numbered 'p%d and ' 250 | tr -d '\n'; echo 'true}'; echo '@end'
  echo '@for i in range(150)'
  printf '@f('; numbered 'k%d=1, ' 5000 | tr -d '\n'; echo ')'; echo '@end'; } >t.in
ends 'much that is given by name' 0 'never used'

done_testing
