# SPDX-License-Identifier: MIT
"""Tests whether SARIF logs are valid, and say what the text format says.

In: a schema, and a folder with a folder for each chapter. Each example EX has
EX (its files), EX.title, and from a run EX.status, EX.sarif and EX.err (the
same as text). Out: TAP, one line per chapter.

Beyond the schema, this tests what the standard and GitHub require and a schema
cannot express: valid indices and links, URIs of files that exist, regions inside
them, one location for each result.
"""

import json
import pathlib
import re
import sys
import urllib.parse

import jsonschema

ROOT = "%SRCROOT%"
# RFC 3986, as far as file names need it.
URI = re.compile(r"(file://(?=/))?([\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+", re.A)
# An embedded link in a plain text message: no bare bracket in its text.
LINK = re.compile(r"(?<!\\)\[((?:[^\\\[\]]|\\[\\\[\]])*)\]\(([^()]*)\)")
EXCERPT = re.compile(r" *[0-9]+ \|| {6}\|")


class Wrong(Exception):
    """What is wrong with a log."""


def must(condition, what):
    if not condition:
        raise Wrong(what)


def without_twice(pairs):
    must(len(dict(pairs)) == len(pairs), "a key occurs twice")
    return dict(pairs)


def check_descriptors(items, used):
    names = [item["id"] for item in items]
    must(len(set(names)) == len(names), "a rule occurs twice")
    must(set(names) == used, "rules that are used: %s" % used)
    for item in items:
        for key in ("shortDescription", "fullDescription", "help"):
            must(len(item[key]["text"]) <= 1024, "a long " + key)
        must(item["defaultConfiguration"]["level"], "no level")


def lines_of(data):
    """The lines with their ends, as strings; an invalid byte is one character."""
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    lines = text.split("\n")
    whole = [line + "\n" for line in lines[:-1]]
    return whole + lines[-1:] if lines[-1] or not whole else whole


def check_region(region, data):
    lines = lines_of(data)
    start = (region["startLine"], region["startColumn"])
    end = (region["endLine"], region["endColumn"])
    must((1, 1) <= start <= end, "the region ends before it starts")
    for line, column in start, end:
        must(line <= len(lines), "there is no line %d" % line)
        must(column <= len(lines[line - 1]) + 1, "no column %d" % column)


def check_place(place, folder, output=False):
    place = place["physicalLocation"]
    where = place["artifactLocation"]
    uri = where["uri"]
    must(URI.fullmatch(uri), "not a URI: " + uri)
    path = urllib.parse.unquote_to_bytes(uri)
    if path.startswith(b"file://"):
        must("uriBaseId" not in where, "a base of an absolute URI")
        path = path[len(b"file://"):]
    else:
        must(where.get("uriBaseId") == ROOT, "no base: " + uri)
    file = pathlib.Path(folder, path.decode("utf-8", "surrogateescape"))
    if output and not file.exists():
        return  # it was not written, because of errors
    must(file.is_file(), "no such file: %s" % file)
    check_region(place["region"], file.read_bytes())


def check_result(result, rules, folder):
    must(rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex")
    must(result["level"] in ("error", "warning"), "level")
    must(len(result["locations"]) == 1, "not one location")
    output = "\n- this is line " in result["message"]["text"]
    check_place(result["locations"][0], folder, output)
    related = result.get("relatedLocations", [])
    for place in related:
        check_place(place, folder, output)
    links = LINK.findall(result["message"]["text"])
    texts = [re.sub(r"\\([\\\[\]])", r"\1", text) for text, _ in links]
    must([int(to) for _, to in links] == [place["id"] for place in related]
         and [text.replace("](", "\\](") for text in texts]
         == [place["message"]["text"] for place in related], "links")


def check_log(log, folder, status):
    must(log["$schema"].endswith("/sarif-2.1.0.json"), "$schema")
    (run,) = log["runs"]
    (invocation,) = run["invocations"]
    driver = run["tool"]["driver"]
    must(run["columnKind"] == "unicodeCodePoints", "columnKind")
    must(ROOT in run["originalUriBaseIds"], "no " + ROOT)
    results = run["results"]
    notes = [note for key in ("toolConfigurationNotifications",
                              "toolExecutionNotifications")
             for note in invocation[key]]
    check_descriptors(driver["rules"], {r["ruleId"] for r in results})
    check_descriptors(driver["notifications"],
                      {n["descriptor"]["id"] for n in notes})
    for result in results:
        check_result(result, driver["rules"], folder)
    for note in notes:
        to = note["descriptor"]
        must(driver["notifications"][to["index"]]["id"] == to["id"], "index")
        must(not LINK.search(note["message"]["text"]), "a link to nowhere")
    failed = status == 2 or any(n["level"] == "error" for n in notes)
    must(invocation["executionSuccessful"] != failed, "executionSuccessful")
    return sorted([(r["level"], r["ruleId"]) for r in results]
                  + [(n["level"], n["descriptor"]["id"]) for n in notes])


def names_of(text):
    """What the text format reports. A message may have several lines."""
    names = []
    level = None
    for line in text.splitlines():
        start = re.match(r".*?: (error|warning): ", line)
        if EXCERPT.match(line):
            continue
        if start:
            level = start[1]
        end = re.search(r" \[([A-Za-z-]+)\]$|^\[([A-Za-z-]+)\]$", line)
        if end and level:
            names.append((level, end[1] or end[2]))
            level = None
    return sorted(names)


def check_example(folder, validator):
    data = folder.with_name(folder.name + ".sarif").read_bytes()
    status = int(folder.with_name(folder.name + ".status").read_text())
    text = folder.with_name(folder.name + ".err")
    wanted = names_of(text.read_text("utf-8", "replace"))
    if status == 2 and not wanted and data.startswith(b"stagepp: "):
        return  # mistakes in options are reported as text
    log = json.loads(data.decode("utf-8"), object_pairs_hook=without_twice)
    for error in validator.iter_errors(log):
        raise Wrong("/".join(map(str, error.path)) + ": " + error.message)
    got = check_log(log, folder, status)
    must(got == wanted, "has %s instead of %s" % (got, wanted))


def check_chapter(chapter, validator):
    """What is wrong, and the number of examples."""
    wrong = []
    titles = sorted(chapter.glob("*.title"), key=lambda p: int(p.stem))
    for title in titles:
        try:
            check_example(title.with_suffix(""), validator)
        except (Wrong, ValueError, KeyError, IndexError) as error:
            wrong.append("%s: %r" % (title.read_text().strip(), error))
    return wrong, len(titles)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_bytes())
    jsonschema.Draft4Validator.check_schema(schema)
    validator = jsonschema.Draft4Validator(schema)
    chapters = [p for p in sorted(pathlib.Path(sys.argv[2]).iterdir())
                if p.is_dir()]
    print("1..%d" % len(chapters))
    for number, chapter in enumerate(chapters, 1):
        wrong, count = check_chapter(chapter, validator)
        bad = wrong or not count
        print("%sok %d - %s: %d logs" % ("not " if bad else "", number,
                                         chapter.name, count))
        for line in wrong:
            print("# " + line)


main()
