#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Whether the tests would notice a mistake: makes small ones in a copy of the tree,
one at a time, and runs the tests on each, which takes seconds or, if all pass,
minutes. In: folders of src/ ("docker"; by default all) or files
("src/docker/graph.c"). Out: for each mutant `killed`, with the test that failed,
`reasoned` or `SURVIVED`, and the line before and after; then totals. The status
is 1 if one survived without a reason. A survivor needs a test. One that no test
can kill needs a reason in reasons.txt beside this file; often its code is not
needed at all.

--count is for each folder or file (10 by default). The same seed makes the same
mutants of the same tree. What does not compile, or compiles to the same bytes,
is not counted. The copy is built in a temporary folder; with --work, in FOLDER,
which stays and makes the next run start faster.
"""
import argparse
import collections
import fnmatch
import hashlib
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from mutants import File, draw

TOP = pathlib.Path(__file__).resolve().parents[2]
JOBS = os.cpu_count()
FOLDERS = "base source lang library eval docker driver cli".split()
# What a build and its tests leave in the source tree, and only at its top.
LEFT = (".git .deps .libs .dirstamp *.o *.lo *.la *.log *.trs *.gcda *.gcno "
        "autom4te.cache __pycache__").split()
LEFT_AT_TOP = "Makefile config.status libtool fuzz coverage stagepp-*".split()

# --- the tree ---


def left_there(folder, names):
    patterns = LEFT + (LEFT_AT_TOP if pathlib.Path(folder) == TOP else [])
    return {name for name in names
            if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)}


class Tree:
    """A copy of the source tree, in which mutants are built and tested."""

    def __init__(self, folder):
        self.folder = folder
        self.copy()
        if not (folder / "Makefile").exists():
            self.run("./bootstrap", "--no-install", "--disable-hardening",
                     "CFLAGS=-O1") or sys.exit("./bootstrap fails")
        self.make("check", "TESTS=") or sys.exit("the tree does not build")
        self.objects = self.digests()
        self.kills = collections.Counter()
        self.measure()

    def copy(self):
        """Writes only what differs, so that only that is built again, and
        removes what an earlier copy had and the tree has no longer."""
        digest = hashlib.sha256()
        copied = self.folder / "mutation.files"
        gone = set(copied.read_text().split("\0")) if copied.exists() else set()
        names = set()
        with tempfile.TemporaryDirectory() as new:
            shutil.copytree(TOP, new, symlinks=True, ignore=left_there,
                            dirs_exist_ok=True)
            for path in sorted(pathlib.Path(new).rglob("*")):
                name = path.relative_to(new)
                to = self.folder / name
                if path.is_symlink() or not path.is_file():
                    continue
                names.add(str(name))
                data = path.read_bytes()
                digest.update(f"{name} {len(data)} ".encode() + data)
                if to.exists() and to.read_bytes() == data:
                    continue
                fresh = not to.exists()
                to.parent.mkdir(parents=True, exist_ok=True)
                (shutil.copy2 if fresh else shutil.copy)(path, to)
        for name in gone - names:
            (self.folder / name).unlink(missing_ok=True)
        copied.write_text("\0".join(names))
        self.digest = digest.hexdigest()

    def digests(self):
        return {path: hashlib.sha256(path.read_bytes()).digest()
                for path in (self.folder / "src").rglob("*.o")}

    def run(self, *command, limit=None, stop=lambda: False, cpu=300):
        """Whether the command succeeded, within a number of seconds. A mutant
        that does not end has a limit for time, and for memory and files."""
        def confine():
            resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 28, 1 << 28))
        process = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, preexec_fn=confine)
        end = time.monotonic() + limit if limit else float("inf")
        try:
            while process.poll() is None and time.monotonic() < end and \
                    not stop():
                time.sleep(0.2)
            return process.poll() == 0
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def make(self, *targets, **limits):
        return self.run("make", "-k", f"-j{JOBS}", *targets, **limits)

    def result(self, test):
        try:
            return (self.folder / f"{test}.trs").read_text()
        except OSError:
            return ""

    def failure(self, test):
        """The first line that says so; empty if the test has not failed."""
        if not re.search(":test-result: (FAIL|ERROR|XPASS)", self.result(test)):
            return ""
        log = (self.folder / f"{test}.log").read_text(errors="replace")
        said = re.search("^(not ok|ERROR).*", log, re.M)
        return said.group() if said else "an error"

    def failed(self, tests):
        return next((test for test in tests if self.failure(test)), None)

    def check(self, tests, limit, cpu):
        """Which test failed first, and how; None if none did."""
        for test in tests:
            for end in (".log", ".trs"):
                (self.folder / f"{test}{end}").unlink(missing_ok=True)
        start = time.monotonic()
        done = self.make(*(f"{test}.log" for test in tests), limit=limit,
                         cpu=cpu, stop=lambda: self.failed(tests))
        test = self.failed(tests)
        if test:
            self.kills[test] += 1
            return f"{test}: {self.failure(test)}"
        if done:
            return None
        if time.monotonic() - start > limit:
            return "the time limit"
        return "a test that did not run"

    def measure(self):
        """All tests, in their order, with the seconds that each takes. They
        must pass, or each mutant would be killed."""
        memory = self.folder / "mutation.json"
        known = json.loads(memory.read_text()) if memory.exists() else {}
        if known.get("digest") != self.digest:
            listed = subprocess.run(
                ["make", "-pn", "check"], cwd=self.folder, text=True,
                capture_output=True).stdout
            logs = re.findall(r"^TEST_LOGS = (tests/.*)", listed, re.M)[0]
            known = {"digest": self.digest, "seconds": {}}
            for log in logs.split():
                test = log.removesuffix(".log")
                start = time.monotonic()
                failure = self.check([test], 600, 300)
                if failure:
                    sys.exit(f"without a mutation: {failure}")
                known["seconds"][test] = time.monotonic() - start
            memory.write_text(json.dumps(known))
        self.seconds = known["seconds"]

    def stages(self):
        """First the chapters, which need no program but the command; then unit
        tests, each with a program; then the rest."""
        tests = sorted(self.seconds, key=lambda test: self.seconds[test] /
                       (1 + self.kills[test]))
        chapters = [test for test in tests
                    if (self.folder / f"{test}.md").exists()]
        # A script runs programs that only `check` builds anew.
        programs = [test for test in tests if self.seconds[test] < 5 and
                    (self.folder / f"{test}.c").exists() and
                    not (self.folder / f"{test}.sh").exists()]
        rest = [test for test in tests if test not in chapters + programs]
        return ([], chapters), ([], programs), (["check", "TESTS="], rest)

    def kill(self):
        """What notices the mutant that is in the tree; None if nothing does."""
        for targets, tests in self.stages():
            if targets and not self.make(*targets):
                return "a program that does not build"
            whole = sum(self.seconds[test] for test in tests)
            longest = max(self.seconds[test] for test in tests)
            killer = self.check(tests, 20 + 4 * whole, int(5 + 4 * longest))
            if killer:
                return killer
        return None

    def differs(self):
        """Builds the command; False if it does not compile or is the same."""
        return self.make("tests/stagepp", limit=300) and \
            self.digests() != self.objects


# --- the report ---


def line_of(mutant):
    return mutant.file.text.count("\n", 0, mutant.start) + 1


def describe(mutant):
    """FILE:LINE, and the line before and after. It may be several lines."""
    text = mutant.file.text
    first = text.rfind("\n", 0, mutant.start) + 1
    last = text.find("\n", mutant.end)
    before = text[first:last]
    after = text[first:mutant.start] + mutant.new + text[mutant.end:last]
    return " ".join(before.split()), " ".join(after.split())


def read_reasons():
    """Blocks of lines: the file, the line before, the line after or "*" for all
    mutants of the line; then the reason."""
    path = pathlib.Path(__file__).with_name("reasons.txt")
    text = re.sub("^#.*\n", "", path.read_text(), flags=re.M)
    return {tuple(block.strip().split("\n")[:3])
            for block in re.split(r"\n\s*\n", text) if block.strip()}


def mutate(tree, mutant, reasons, totals):
    """Tries one mutant; False if it is not one."""
    path = tree.folder / mutant.file.name
    text = mutant.file.text
    start = time.monotonic()
    try:
        path.write_text(text[:mutant.start] + mutant.new + text[mutant.end:])
        if not tree.differs():
            return False
        killer = tree.kill()
    finally:
        path.write_text(text)
    before, after = describe(mutant)
    reasoned = any((mutant.file.name, before, text) in reasons
                   for text in (after, "*"))
    fate = "killed" if killer else "reasoned" if reasoned else "SURVIVED"
    totals[fate] += 1
    print(f"{fate} {mutant.file.name}:{line_of(mutant)} ({mutant.kind}, "
          f"{time.monotonic() - start:.0f} s)\n  - {before}\n  + {after}")
    if killer:
        print(f"  by {killer}")
    sys.stdout.flush()
    return True


def files_of(names):
    """NAME: files, and the line if NAME is FILE:LINE."""
    for name in names or FOLDERS:
        path, _, line = name.partition(":")
        if path in FOLDERS:
            paths = sorted((TOP / "src" / path).glob("*.[ch]"))
        else:
            paths = [(TOP / path).resolve()]
            if not paths[0].is_file():
                sys.exit(f"mutate.py: no folder or file '{path}'")
        files = [File(str(path.relative_to(TOP)), path.read_text())
                 for path in paths]
        yield name, files, int(line or 0)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--work", type=pathlib.Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    parts = list(files_of(options.names))
    reasons = read_reasons()
    totals = collections.Counter()
    with tempfile.TemporaryDirectory() as temporary:
        tree = Tree((options.work or pathlib.Path(temporary)).resolve())
        for name, files, line in parts:
            left = options.count
            for mutant in draw(files, options.seed, name):
                if line and line_of(mutant) != line:
                    continue
                if left == 0:
                    break
                left -= mutate(tree, mutant, reasons, totals)
    print(f"{sum(totals.values())} mutants: {totals['killed']} killed, "
          f"{totals['SURVIVED']} survived, {totals['reasoned']} with a reason")
    return totals["SURVIVED"] > 0


if __name__ == "__main__":
    sys.exit(main())
