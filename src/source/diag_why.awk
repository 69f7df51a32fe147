# SPDX-License-Identifier: MIT
# In: chapters of the reference. Out: for each example that is called like a
# diagnostic, a form feed, the name, what the chapter says of it, and the
# example. That is the last paragraph before the example, or, below a heading
# with that name, all that stands between.

function plain(line) {
    while (match(line, /\[[^][]*\]\([^()]*\)/)) {
        link = substr(line, RSTART + 1, RLENGTH - 2)
        sub(/\].*/, "", link)
        line = substr(line, 1, RSTART - 1) link substr(line, RSTART + RLENGTH)
    }
    return line
}

function begin(name) {
    title = name
    text = heading == name ? section : paragraph
    sub(/^\n+/, "", text)
    sub(/\n+$/, "", text)
    part = /example/ ? "t.in" : "stagepp t.in"
    arguments = "t.in"
    shown = ""
    count = 0
}

function show(line) {
    if (part == "")
        return
    if (count++ == 0)
        shown = shown "\n" part ":\n"
    shown = shown "    " line "\n"
}

function begin_part() {
    count = 0
    part = ""
    if ($2 == "file")
        part = $3
    else if ($2 == "errors")
        part = "stagepp " arguments
    else if ($2 == "args" || $2 == "alone") {
        arguments = substr($0, length($2) + 6) ($2 == "args" ? " t.in" : "")
    }
}

function finish() {
    if (title != "" && !(title in seen) && text != "")
        printf "\f%s\n%s\n%s", title, text, shown
    seen[title] = 1
    heading = section = paragraph = ""
}

# Between fences, which are as long as the first one.
fence != "" {
    if ($0 == fence) {
        fence = ""
        finish()
    } else if (title != "" && /^--- /)
        begin_part()
    else if (title != "")
        show($0)
    next
}
/^````*/ {
    fence = $1
    gsub(/[^`]/, "", fence)
    title = ""
    if (NF == 2)
        begin($2)
    next
}
/^#/ {
    section = paragraph = ""
    heading = NF == 2 ? $2 : ""
    next
}
{
    if ($0 == "")
        ended = 1
    else if (ended) {
        paragraph = ""
        ended = 0
    }
    paragraph = paragraph plain($0) "\n"
    section = section plain($0) "\n"
}
