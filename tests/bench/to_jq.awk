# SPDX-License-Identifier: MIT
# Turns a template with {{ jq expressions }} into a jq program that prints its
# text, like the generators that people build from awk and jq. "{{ EXPR -}}" also
# swallows the rest of its line; each {{ def … -}} comes before everything else.
function text(s)
{
    gsub(/\\/, "\\\\", s)
    gsub(/"/, "\\\"", s)
    gsub(/\t/, "\\t", s)
    gsub(/\n/, "\\n", s)
    return s
}

function add(part)
{
    printf "%s%s", parts++ ? ",\n" : "", part
}

function flush_text()
{
    if (out != "")
        add("\"" out "\"")
    out = ""
}

{
    line = $0 "\n"
    while ((at = index(line, "{{"))) {
        out = out text(substr(line, 1, at - 1))
        line = substr(line, at + 2)
        end = index(line, "}}")
        code = substr(line, 1, end - 1)
        line = substr(line, end + 2)
        if (sub(/-$/, "", code))
            line = ""
        if (code ~ /^ *def /) {
            print code
        } else {
            flush_text()
            add("(" code ")")
        }
    }
    out = out text(line)
    if (length(out) > 65536)
        flush_text()
}

END {
    flush_text()
    print parts ? "" : "empty"
}
