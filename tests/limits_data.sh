#!/bin/sh
# SPDX-License-Identifier: MIT
# Hostile data files, as limits.sh has hostile templates.
# shellcheck source=tests/ends.sh
. "$(dirname "$0")/ends.sh"

# --- JSON ---

json="nested deeper than the limit 'json' of 200 .--limit json=N"
use='@{data("d.json") | type}'
repeated '[' 1000000 >d.json
echo "$use" >t.in
ends 'JSON: open lists' 1 "$place$json"
{ repeated '{"a":' $deep; echo 1; repeated '}' $deep; } >d.json
echo "$use" >t.in
ends 'JSON: maps in maps' 1 "$place$json"
{ echo '[1'; repeated ',[[]]' $deep; echo ']'; } >d.json
echo "$use" >t.in
ends 'JSON: a long list' 0 ''
{ printf '["'; repeated '\\u0041' $deep; printf '", 1'; repeated 9 $deep
  echo ']'; } >d.json
echo "$use" >t.in
ends 'JSON: a long string and a long number' 0 ''
cat >t.in <<'END'
@let l = []
@for i in range(0, 1000)
@set l = [l]
@end
@{l | json}
END
ends 'a deep value' 1 "$(limit json 200)"

# --- YAML ---

echo '@{data("d.yaml") | type}' >t.in
for open in '[' '{a: ' '- ' '[{a: '; do
    repeated "$open" $deep >d.yaml
    ends "YAML: open $open" 1 "$place$json"
done
$awk 'BEGIN { for (i = 0; i < 1000; i++)
    printf "%" 3 * i "s- a:\n", "" }' >d.yaml
ends 'YAML: maps in lists' 1 "$place$json"
{ echo 'a0: &a0 [[]]'; $awk 'BEGIN { for (i = 1; i < 1000; i++)
    printf "a%d: &a%d [*a%d]\n", i, i, i - 1 }'; } >d.yaml
ends 'YAML: depth by aliases' 1 "$place$json"
{ echo '? &a a'; echo ': b'; repeated '? [' $deep; } >d.yaml
ends 'YAML: keys that are lists' 1 "${place}a key is text"
# A file of 30 lines, and what would be 8^29 words.
{ echo 'a0: &a0 [lol]'; $awk 'BEGIN { for (i = 1; i < 30; i++)
    printf "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i,
        i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1 }'; } >d.yaml
ends 'YAML: a billion laughs' 0 ''
echo '@{data("d.yaml") | json | len}' >t.in
ends 'YAML: a billion laughs, written' 1 "$(limit steps 1000000)" \
    --limit steps=1000000
cp d.yaml e.yaml
echo '@{data("d.yaml") == data("e.yaml")}' >t.in
ends 'YAML: a billion laughs, compared' 1 "$(limit steps 1000000)" \
    --limit steps=1000000
echo '@{data("d.yaml") | type}' >t.in
{ echo 'a: &a b'; echo 'l:'; repeated '- *a\n' $deep; } >d.yaml
ends 'YAML: many aliases' 0 ''
ends 'YAML: more aliases than steps' 1 "$(limit steps 10000)" \
    --limit steps=10000
{ echo 'a: &a'; numbered '  k%d: 1' 1000; numbered 'm%d: {<<: *a}' 100000
} >d.yaml
ends 'YAML: maps that are merged' 1 "$(limit steps 500000)" \
    --limit steps=500000
ends 'YAML: their memory' 1 "$(limit memory 50000000)" \
    --limit memory=50000000
numbered '- &a%d b' $deep >d.yaml
ends 'YAML: many anchors' 0 ''
repeated '- &a b\n' $deep >d.yaml
ends 'YAML: one anchor, many times' 0 ''
{ numbered '%%TAG !a%d! b' $deep; echo '--- a'; } >d.yaml
ends 'YAML: many tags' 1 "${place}%TAG is not taken"
{ printf '# a\r'; numbered '%%TAG !a%d! b' $deep | tr '\n' '\r'; } >d.yaml
ends 'YAML: many tags, after another line end' 1 "${place}%TAG is not taken"
{ printf 'a: !!'; repeated x $deep; echo ' b'; } >d.yaml
ends 'YAML: a long tag' 1 "${place}the tag '!!xxx"
{ printf 'a: "'; repeated '\\L' $deep; echo '"'; } >d.yaml
ends 'YAML: a long string' 0 ''
{ echo 'a: |'; repeated '\n' $deep; echo ' b'; } >d.yaml
ends 'YAML: many blank lines' 0 ''
{ numbered 'k%d: 1' $deep; echo 'k0: 2'; } >d.yaml
ends 'YAML: many keys, and one of them twice' 1 \
    "${place}the key 'k0' occurs twice"
repeated '---\n' $deep >d.yaml
ends 'YAML: many documents' 1 "${place}a second document"
repeated x 1000001 >d.yaml
ends 'YAML: a long file' 1 "'d.yaml' is longer than 1000000 bytes, the limit" \
    --limit input=1000000

done_testing
