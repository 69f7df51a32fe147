# SPDX-License-Identifier: MIT
# Turns a chapter of examples into a shell script that calls the functions of
# run.sh, which describes the format. Variable: name, of the chapter. The first
# line of the script makes all folders at once; file contents become shell words,
# which can hold any byte except NUL.

# Quotes a word for a shell. The replacement has no backslash and no &, which
# awks treat differently.
function quote(s)
{
    gsub(/'/, "'\"'\"'", s)
    return "'" s "'"
}

function emit(line)
{
    script[++lines] = line
}

function mistake(text)
{
    emit("mistake " quote(text))
}

# Adds a folder of the example to the mkdir.
function folder(path)
{
    folders = folders " \"$examples\"/" quote(example path)
}

# Fences: how many backticks the line begins with.
function ticks(line)
{
    return match(line, /^```+/) ? RLENGTH : 0
}

function begin(info, words)
{
    split(info, words, " ")
    in_example = 1
    bytes = words[1] == "example-bytes" ? "true" : "false"
    sub(/^[^ ]+ */, "", info)
    example++
    folder("")
    emit("begin " example " " bytes " " quote(name ":" FNR " " info))
    if (words[1] !~ /^example(-bytes)?$/)
        mistake("not a kind of example: " words[1])
    arguments = ""
    expects = fails = stated = alone = 0
    split("", seen)
    section("template", "t.in")
}

function section(kind, argument)
{
    if ((kind, argument) in seen)
        mistake("a second section " kind " " argument)
    seen[kind, argument] = 1
    part = kind
    file = argument
    text = ""
}

function finish_section()
{
    if (part == "template" || part == "file") {
        emit("file " quote(file) " " quote(text))
    } else if (part == "output") {
        emit("want out " quote(text))
    } else if (part == "errors") {
        emit("want err " quote(text))
        fails = text ~ /error:/
    } else if (part == "output-file") {
        emit("want_file " quote(file) " " quote(text))
    } else if (text != "") {
        mistake("text after --- " part)
    }
}

function end_example()
{
    finish_section()
    if (!expects)
        mistake("it expects nothing")
    if (fails && !stated)
        emit("want_status 1")
    emit((alone ? "run_alone " : "run ") arguments)
    in_example = 0
}

# --- args ARGUMENTS, --- status N and so on; anything else is content.
function begin_section(line, kind, rest, path)
{
    sub(/^--- /, "", line)
    sub(/ +$/, "", line)
    kind = rest = line
    sub(/ .*/, "", kind)
    rest = substr(line, length(kind) + 2)
    finish_section()
    if (kind == "file" && rest ~ /\//) {
        path = rest
        sub(/\/[^\/]*$/, "", path)
        folder("/" path)
    }
    if (kind ~ /^(args|alone)$/)
        arguments = rest
    alone = alone || kind == "alone"
    if (kind == "status") {
        emit("want_status " rest)
        stated = 1
    }
    if (kind !~ /^(args|alone|file)$/)
        expects = 1
    section(kind, kind ~ /file/ ? rest : "")
}

fence && ticks($0) >= fence && /^`+ *$/ {
    if (in_example)
        end_example()
    fence = 0
    next
}

!fence && ticks($0) {
    fence = ticks($0)
    info = substr($0, fence + 1)
    sub(/^ +/, "", info)
    if (fence == 4)
        begin(info)
    next
}

in_example && /^--- (output|errors) *$/ { begin_section($0); next }
in_example && /^--- (file|output-file) [^ ]+ *$/ { begin_section($0); next }
in_example && /^--- status [0-9]+ *$/ { begin_section($0); next }
in_example && /^--- (args|alone) / { begin_section($0); next }
in_example { text = text $0 (bytes == "true" ? "" : "\n") }

END {
    if (in_example) {
        mistake("no end of the example")
        end_example()
    }
    if (example)
        print "mkdir -p" folders
    for (i = 1; i <= lines; i++)
        print script[i]
}
