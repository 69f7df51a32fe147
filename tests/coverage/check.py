#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""check.py [--list | --prune] LINES.json [SRCDIR]: which lines of src/ ran.

LINES.json is gcovr's. Prints a table of the folders and, as TAP, whether at
least 95 % of the lines ran and whether uncovered.txt beside this file is right:
it has each line that did not run, with a reason, and no other line. --list
prints the lines that are missing there, in its format; --prune prints the list
without the lines that have run or are gone. The status is 1 if a test failed.

A line is identified by its file, its function and its text, so that the list
stays right when lines move. If a function has the same line twice, so has the
list.
"""
import collections
import json
import pathlib
import re
import sys

LEAST = 95.0


def functions(text):
    """The function of each line. Relies on the formatting: only the beginning
    of a declaration and a function's braces are in column 1."""
    name, names = "-", []
    for line in text:
        match = re.match(r"[A-Za-z_][^(;={]*?(\w+)\(", line)
        if match:
            name = match.group(1)
        names.append(name)
        if line.startswith("}"):
            name = "-"
    return names


class Line(collections.namedtuple("Line", "file function text")):
    def __str__(self):
        return f"{self.file} {self.function}: {self.text}"


def read_counts(path, source):
    """The lines that did not run, with their line numbers; all other lines; and
    (covered, lines) of each folder."""
    missing, covered = collections.defaultdict(list), collections.Counter()
    folders = collections.defaultdict(lambda: [0, 0])
    for entry in json.loads(path.read_text())["files"]:
        text = (source / entry["file"]).read_text().splitlines()
        names = functions(text)
        folder = folders[str(pathlib.PurePath(entry["file"]).parent)]
        # A line that is compiled several times has run if any of these did.
        counts = collections.Counter()
        for line in entry["lines"]:
            if not line.get("gcovr/noncode"):
                counts[line["line_number"]] += line["count"]
        # The arguments of a call run together; gcc may count only some lines.
        after = 0
        for number in sorted(counts, reverse=True):
            if text[number - 1].endswith((",", "(")) and not counts[number]:
                counts[number] = after
            after = counts[number]
        for number, count in sorted(counts.items()):
            folder[1] += 1
            line = Line(entry["file"], names[number - 1],
                        " ".join(text[number - 1].split()))
            if count:
                folder[0] += 1
                covered[line] += 1
            else:
                missing[line].append(number)
    return missing, covered, folders


def read_list(path):
    """The lines of the list that never run, and those that sometimes run."""
    never, sometimes = collections.Counter(), collections.Counter()
    into = place = None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith(("never:", "sometimes:")):
            kind, reason = line.split(":", 1)
            if len(reason.split()) < 2:
                sys.exit(f"{path}:{number}: no reason")
            into, place = (never if kind == "never" else sometimes), None
        elif line[0] != " ":
            place = line.split()
            if into is None or len(place) != 2:
                sys.exit(f"{path}:{number}: not a reason, nor FILE FUNCTION")
        elif place is None:
            sys.exit(f"{path}:{number}: no FILE FUNCTION before it")
        else:
            into[Line(*place, " ".join(line.split()))] += 1
    return never, sometimes


def pruned(path, missing):
    """The text of the list, with each line as often as it did not run. Lines
    that sometimes run stay."""
    left = {line: len(numbers) for line, numbers in missing.items()}
    place, kept = [], []
    for line in path.read_text().splitlines():
        if line.startswith(("never:", "sometimes:")):
            sometimes = line.startswith("sometimes:")
        elif line and line[0] not in " #":
            place = line.split()
        elif line.startswith(" ") and not sometimes:
            entry = Line(*place, " ".join(line.split()))
            if left.get(entry, 0) == 0:
                continue
            left[entry] -= 1
        kept.append(line)
    # Drop a place without lines, and a reason without places.
    for first, empty in (("src/", (" ",)), (("never", "some"), (" ", "src/"))):
        kept = [line for line, below in zip(kept, kept[1:] + [""])
                if not line.startswith(first) or below.startswith(empty)]
    return re.sub("\n\n+", "\n\n", "\n".join(kept).rstrip() + "\n")


def unlisted(missing, never, sometimes):
    for line, numbers in missing.items():
        known = never[line] + sometimes[line]
        for number in numbers[known:]:
            yield line, number


def untrue(missing, covered, never, sometimes):
    for line, n in never.items():
        if line not in missing and line not in covered:
            yield f"{line} (is not there)"
        elif n > len(missing.get(line, [])):
            yield f"{line} (has run)"
    for line in sometimes:
        if line not in missing and line not in covered:
            yield f"{line} (is not there)"


def verdict(number, what, objections):
    print(f"{'not ok' if objections else 'ok'} {number} - {what}")
    for objection in objections:
        print("# " + objection)
    return not objections


def print_list(lines):
    place = None
    for line, _ in lines:
        if place != line[:2]:
            place = line[:2]
            print(*place)
        print("   ", line.text)


def percent(counts):
    return 100.0 * counts[0] / counts[1] if counts[1] else 0.0


def main(arguments):
    paths = [pathlib.Path(a) for a in arguments if not a.startswith("--")]
    where = pathlib.Path(__file__).with_name("uncovered.txt")
    source = paths[1] if len(paths) > 1 else pathlib.Path(".")
    missing, covered, folders = read_counts(paths[0], source)
    never, sometimes = read_list(where)
    news = list(unlisted(missing, never, sometimes))
    if "--list" in arguments:
        print_list(news)
        return 0
    if "--prune" in arguments:
        sys.stdout.write(pruned(where, missing))
        return 0
    total = [sum(f[i] for f in folders.values()) for i in (0, 1)]
    for name, counts in [*sorted(folders.items()), ("all", total)]:
        print(f"# {name:12} {counts[0]:6} of {counts[1]:6} lines, "
              f"{percent(counts):5.1f} %")
    print("1..3")
    good = [
        verdict(1, f"{LEAST:.0f} % of the lines run",
                [f"{percent(total):.2f} %"] if percent(total) < LEAST else []),
        verdict(2, "a line that does not run is in the list",
                [f"{line.file}:{n}: {line.function}: {line.text}"
                 for line, n in news]),
        verdict(3, "a line in the list does not run",
                list(untrue(missing, covered, never, sometimes))),
    ]
    return 0 if all(good) else 1


sys.exit(main(sys.argv[1:]))
