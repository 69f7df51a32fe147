# SPDX-License-Identifier: MIT
# The script that run.awk makes from a chapter calls these functions. A script
# that runs examples sources this file and defines run(), which ends an example.
# These functions only write an example's files and ignore what it expects;
# spec/run.sh replaces those. In: $examples, a folder for
# them, $top, and $AWK.
# shellcheck shell=sh disable=SC2154

# Runs the examples of a chapter.
run_chapter()
{
    "${AWK:-awk}" -v name="$(basename "$1")" -f "$top/tests/spec/run.awk" "$1" \
        >"$tmp/script" || exit 99
    . "$tmp/script"
}

# begin FOLDER BYTES "CHAPTER:LINE TITLE": BYTES is true or false.
begin_example()
{
    folder=$examples/$1
    bytes=$2
    # shellcheck disable=SC2034
    title=$3
}

begin()
{
    begin_example "$@"
}

content()
{
    if $bytes; then
        printf %b "$1"
    else
        printf %s "$1"
    fi
}

# A file of the example's folder.
file()
{
    content "$2" >"$folder/$1"
}

# What standard output (out) or standard error (err) must be.
want() { :; }
want_status() { :; }
# What a file that the run writes must be.
want_file() { :; }
# A mistake in the example itself.
mistake() { :; }
# The end of an example that does not name its template.
run_alone() { :; }
